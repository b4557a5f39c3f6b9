import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

/** A file system of its own with little room, that a test fills and frees. */
export class SmallDisk {
  readonly path: string;
  readonly #folder: ReturnType<typeof tempFolder>;
  readonly #filler: string;

  private constructor(folder: ReturnType<typeof tempFolder>) {
    this.#folder = folder;
    this.path = folder.path;
    this.#filler = join(folder.path, 'filler');
    // A test run that dies must not leave it mounted.
    process.once('exit', () => this.unmount());
  }

  /** The disk, or why there is none: it takes root and the right to mount. */
  static mount(megabytes: number): SmallDisk | string {
    if (process.getuid!() !== 0) return 'only root can mount a small disk';
    const folder = tempFolder('small-disk');
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder.path]);
    if (status === 0) return new SmallDisk(folder);
    folder.remove();
    return `a small disk cannot be mounted here (${String(stderr).trim()})`;
  }

  /** Until not one byte fits. */
  fill(): void {
    const file = openSync(this.#filler, 'a');
    for (let size = 1024 * 1024; size >= 1; size = size > 1 ? size >> 1 : 0) {
      const bytes = Buffer.alloc(size, 1);
      try {
        while (writeSync(file, bytes) === size);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
    closeSync(file);
  }

  free(): void {
    rmSync(this.#filler, { force: true });
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.path]);
    this.#folder.remove();
  }
}

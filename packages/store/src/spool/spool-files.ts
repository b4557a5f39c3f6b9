import { constants } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';

/** The few things the spool does with its folder; handed in so that tests can let the disk fill up. */
export interface SpoolFiles {
  /** Names in the folder, sorted. */
  list(): Promise<readonly string[]>;
  /** A new empty file that survives a power cut as such. */
  create(name: string): Promise<SpoolFile>;
  size(name: string): Promise<number>;
  /** At most `length` bytes from `offset`. */
  read(name: string, offset: number, length: number): Promise<Buffer>;
  remove(name: string): Promise<void>;
  /** Replaces a small file as a whole or not at all; not synced. */
  replace(name: string, content: string): Promise<void>;
  /** Adds to a file that need not exist, durably. */
  append(name: string, content: Buffer): Promise<void>;
}

export interface SpoolFile {
  /** Writes all of it at the end. */
  write(bytes: Buffer): Promise<void>;
  /** Returns when everything written would survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Files of the operating system in `folder`, which is created for this user alone. Throws `StoreError`. */
export async function openSpoolFolder(folder: string): Promise<SpoolFiles> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StoreError(
      'folder-not-writable',
      `The folder ${folder} cannot be written`,
      'give it, with all in it, to the user that this program runs as',
      { about: folder, cause: error },
    );
  }
  return new FolderFiles(folder);
}

class FolderFiles implements SpoolFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<readonly string[]> {
    return (await readdir(this.#folder)).sort();
  }

  async create(name: string): Promise<SpoolFile> {
    const file = await open(join(this.#folder, name), 'wx', 0o600);
    try {
      await this.#syncFolder();
    } catch (error) {
      await file.close();
      throw error;
    }
    return new OpenFile(file);
  }

  async size(name: string): Promise<number> {
    return this.#with(name, constants.O_RDONLY, async (file) => (await file.stat()).size);
  }

  async read(name: string, offset: number, length: number): Promise<Buffer> {
    return this.#with(name, constants.O_RDONLY, async (file) => {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, offset);
      return bytes.subarray(0, bytesRead);
    });
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }

  async replace(name: string, content: string): Promise<void> {
    const path = join(this.#folder, name);
    await writeFile(`${path}.new`, content, { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  async append(name: string, content: Buffer): Promise<void> {
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
    await this.#with(name, flags, async (file) => {
      await file.writeFile(content);
      await file.datasync();
    });
  }

  async #with<Result>(name: string, flags: number, use: (file: FileHandle) => Promise<Result>): Promise<Result> {
    const file = await open(join(this.#folder, name), flags, 0o600);
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  }

  /** A new name is durable only when its folder is synced as well. */
  async #syncFolder(): Promise<void> {
    const folder = await open(this.#folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

class OpenFile implements SpoolFile {
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async write(bytes: Buffer): Promise<void> {
    await this.#file.writeFile(bytes);
  }

  async sync(): Promise<void> {
    await this.#file.datasync();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

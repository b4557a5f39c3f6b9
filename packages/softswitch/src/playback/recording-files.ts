import { mkdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

const safeName = /^[\w-]{1,80}$/;

/** Where recorded messages lie: `messages/<tenant>/<recording>.wav` below the data folder. */
export class RecordingFiles {
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = dataFolder;
  }

  /** The absolute path of a new recording, its folder made. Rejects for ids that are no plain names. */
  async create(tenantId: string, recordingId: string): Promise<string> {
    if (!safeName.test(tenantId) || !safeName.test(recordingId)) throw new Error('Unusable recording id.');
    const file = join(this.#folder, 'messages', tenantId, `${recordingId}.wav`);
    await mkdir(dirname(file), { recursive: true });
    return file;
  }

  /** The path below the data folder, as others store it. */
  relative(file: string): string {
    const prefix = this.#folder.endsWith(sep) ? this.#folder : `${this.#folder}${sep}`;
    return file.startsWith(prefix) ? file.slice(prefix.length) : file;
  }
}

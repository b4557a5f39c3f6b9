import type { SpoolFile, SpoolFiles } from './spool-files.ts';

/** A run of lines in one file. `end` = bytes that count: written and synced, or found there at start. */
export interface Segment {
  readonly name: string;
  end: number;
  /** Nothing will be added any more. */
  complete: boolean;
}

const pattern = /^events-(\d{12})\.log$/;
const segmentName = (number: number): string => `events-${String(number).padStart(12, '0')}.log`;

/** Bytes after which a segment is followed by the next. */
const segmentLimit = 8 * 1024 * 1024;

/** The files between the writer, who adds at the end, and the drain, which takes away at the front. */
export class Segments {
  readonly #files: SpoolFiles;
  readonly #list: Segment[];
  #number: number;
  #open: { readonly segment: Segment; readonly file: SpoolFile } | undefined;

  private constructor(files: SpoolFiles, list: Segment[], number: number) {
    this.#files = files;
    this.#list = list;
    this.#number = number;
  }

  /** What an earlier process left behind is never written to again, only read: its end may be torn. */
  static async find(files: SpoolFiles): Promise<Segments> {
    const names = (await files.list()).filter((name) => pattern.test(name));
    const list = await Promise.all(names.map(async (name) => ({ name, end: await files.size(name), complete: true })));
    const last = names.at(-1);
    return new Segments(files, list, last ? Number(pattern.exec(last)![1]) : 0);
  }

  /** The oldest segment; undefined when there is none. */
  first(): Segment | undefined {
    return this.#list[0];
  }

  bytes(): number {
    return this.#list.reduce((sum, segment) => sum + segment.end, 0);
  }

  async remove(segment: Segment): Promise<void> {
    await this.#files.remove(segment.name);
    const index = this.#list.indexOf(segment);
    if (index >= 0) this.#list.splice(index, 1);
  }

  /**
   * Resolves when the lines are durable. On failure nothing of them counts: what a failed sync left in the page cache is
   * unknown, so the segment is closed for good and the caller brings the same lines again for the next one.
   */
  async append(lines: Buffer): Promise<void> {
    if (this.#open && this.#open.segment.end >= segmentLimit) await this.finish();
    this.#open ??= await this.#next();
    const { segment, file } = this.#open;
    try {
      await file.write(lines);
      await file.sync();
      segment.end += lines.length;
    } catch (error) {
      await this.finish().catch(() => undefined);
      // Each try makes a file of its own: those that hold nothing must not pile up.
      if (segment.end === 0) await this.remove(segment).catch(() => undefined);
      throw error;
    }
  }

  /** Closes the segment being written; the next line starts a new one. */
  async finish(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    open.segment.complete = true;
    await open.file.close();
  }

  async #next(): Promise<{ segment: Segment; file: SpoolFile }> {
    // A number that failed is not tried again: its file may exist.
    this.#number += 1;
    const segment: Segment = { name: segmentName(this.#number), end: 0, complete: false };
    const file = await this.#files.create(segment.name);
    this.#list.push(segment);
    return { segment, file };
  }
}

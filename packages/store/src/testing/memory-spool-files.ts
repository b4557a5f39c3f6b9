import type { SpoolFile, SpoolFiles } from '../spool/spool-files.ts';

/** A folder in memory whose disk can fill up, break or lose power. */
export class MemorySpoolFiles implements SpoolFiles {
  /** Bytes the disk still takes. */
  free = Number.POSITIVE_INFINITY;
  /** Fails every write and sync with this code. */
  broken: string | undefined;
  syncs = 0;
  readonly #content = new Map<string, Buffer>();
  readonly #synced = new Map<string, number>();

  /** What a power cut leaves: of each file what was synced, and `extra` bytes that happened to reach the disk. */
  afterPowerCut(extra: number): MemorySpoolFiles {
    const left = new MemorySpoolFiles();
    for (const [name, bytes] of this.#content) {
      left.put(name, bytes.subarray(0, (this.#synced.get(name) ?? bytes.length) + extra));
    }
    return left;
  }

  put(name: string, content: Buffer): void {
    this.#content.set(name, Buffer.from(content));
    this.#synced.set(name, content.length);
  }

  get(name: string): Buffer | undefined {
    return this.#content.get(name);
  }

  async list(): Promise<readonly string[]> {
    return [...this.#content.keys()].sort();
  }

  async create(name: string): Promise<SpoolFile> {
    if (this.#content.has(name)) throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    this.put(name, Buffer.alloc(0));
    return {
      write: async (bytes) => this.#add(name, bytes),
      sync: async () => {
        this.#check();
        this.syncs += 1;
        this.#synced.set(name, this.#content.get(name)?.length ?? 0);
      },
      close: async () => undefined,
    };
  }

  async size(name: string): Promise<number> {
    return this.#content.get(name)!.length;
  }

  async read(name: string, offset: number, length: number): Promise<Buffer> {
    const content = this.#content.get(name);
    if (!content) throw Object.assign(new Error('missing'), { code: 'ENOENT' });
    return content.subarray(offset, offset + length);
  }

  async remove(name: string): Promise<void> {
    this.free += this.#content.get(name)?.length ?? 0;
    this.#content.delete(name);
  }

  async replace(name: string, content: string): Promise<void> {
    this.#check();
    this.put(name, Buffer.from(content));
  }

  async append(name: string, content: Buffer): Promise<void> {
    this.#add(name, content);
    this.#synced.set(name, this.#content.get(name)!.length);
  }

  /** A full disk takes what fits. */
  #add(name: string, bytes: Buffer): void {
    this.#check();
    const fits = bytes.subarray(0, Math.max(0, Math.min(bytes.length, this.free)));
    this.free -= fits.length;
    this.#content.set(name, Buffer.concat([this.#content.get(name) ?? Buffer.alloc(0), fits]));
    if (fits.length < bytes.length) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  }

  #check(): void {
    if (this.broken) throw Object.assign(new Error(this.broken), { code: this.broken });
  }
}

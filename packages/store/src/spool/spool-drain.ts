import type { EventStore } from '@amtsleitung/domain';
import { readLines, writeLine, type SpooledEvent } from './segment-line.ts';
import type { Segments } from './segments.ts';
import type { SpoolFiles } from './spool-files.ts';

/** Most events in one transaction. */
const batchLimit = 500;
const chunkBytes = 512 * 1024;
/** Longest line that is still looked for; the rest of a segment without a line feed is damage. */
const longestLine = 16 * 1024 * 1024;
const positionName = 'position.json';

export interface DrainStep {
  /** Undefined: nothing is waiting. */
  readonly stored?: readonly SpooledEvent[];
  readonly damaged: number;
  readonly refused: number;
}

/** Takes events from the oldest segment to the database, one batch a step. Remembers how far it came. */
export class SpoolDrain {
  readonly #files: SpoolFiles;
  readonly #segments: Segments;
  readonly #store: EventStore;
  readonly #today: () => string;
  #offset = 0;
  #saved = '';

  constructor(files: SpoolFiles, segments: Segments, store: EventStore, today: () => string) {
    this.#files = files;
    this.#segments = segments;
    this.#store = store;
    this.#today = today;
  }

  /** Skips what an earlier process already stored. A lost position costs time only: events are stored once by their id. */
  async resume(): Promise<void> {
    const position = await readPosition(this.#files);
    if (!position) return;
    for (let first = this.#segments.first(); first && first.name < position.segment; first = this.#segments.first()) {
      await this.#segments.remove(first);
    }
    const first = this.#segments.first();
    if (first?.name === position.segment && position.offset <= first.end) this.#offset = position.offset;
  }

  /** Bytes not yet stored. */
  backlog(): number {
    return Math.max(0, this.#segments.bytes() - this.#offset);
  }

  /** Stores the next batch. Throws when the database does not take it: then the same batch comes again. */
  async step(): Promise<DrainStep> {
    const part = await this.#nextPart();
    if (!part) return { damaged: 0, refused: 0 };
    const refused = await this.#storeAll(part.events);
    this.#offset += part.consumed;
    return {
      stored: part.events.filter((spooled) => !refused.has(spooled)),
      damaged: part.damaged,
      refused: refused.size,
    };
  }

  /** Not synced: see `resume`. */
  async savePosition(): Promise<void> {
    const first = this.#segments.first();
    const position = first ? JSON.stringify({ segment: first.name, offset: this.#offset }) : '';
    if (!first || position === this.#saved) return;
    await this.#files.replace(positionName, position);
    this.#saved = position;
  }

  async #nextPart(): Promise<ReturnType<typeof readLines> | undefined> {
    for (let first = this.#segments.first(); first; first = this.#segments.first()) {
      for (let length = chunkBytes; this.#offset < first.end; length = longestLine) {
        const wanted = Math.min(length, first.end - this.#offset);
        const bytes = await this.#files.read(first.name, this.#offset, wanted);
        const part = readLines(bytes, batchLimit);
        if (part.consumed > 0) return part;
        if (length === longestLine || wanted === first.end - this.#offset) {
          // A torn last line, or a stretch without any line end.
          this.#offset = first.end;
          return { events: [], consumed: 0, damaged: 1 };
        }
      }
      if (!first.complete) return undefined;
      await this.#segments.remove(first);
      this.#offset = 0;
    }
    return undefined;
  }

  async #storeAll(events: readonly SpooledEvent[]): Promise<ReadonlySet<SpooledEvent>> {
    const refused = new Set<SpooledEvent>();
    if (events.length === 0) return refused;
    try {
      await this.#store.append(events);
    } catch (error) {
      if (!isRejection(error)) throw error;
      for (const spooled of events) if (!(await this.#storeOne(spooled))) refused.add(spooled);
    }
    return refused;
  }

  /** False: this very event can never be stored; it is set aside for a person to look at. */
  async #storeOne(spooled: SpooledEvent): Promise<boolean> {
    try {
      await this.#store.append([spooled]);
      return true;
    } catch (error) {
      if (!isRejection(error)) throw error;
      await this.#files.append(`refused-${this.#today()}.log`, writeLine(spooled));
      return false;
    }
  }
}

/** SQLSTATE classes that blame the data: 22 data exception, 23 constraint violation, 54 program limit exceeded. */
function isRejection(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^(?:22|23|54)\w{3}$/.test(code);
}

async function readPosition(files: SpoolFiles): Promise<{ segment: string; offset: number } | undefined> {
  try {
    const bytes = await files.read(positionName, 0, 4_096);
    const found = JSON.parse(bytes.toString()) as { segment?: unknown; offset?: unknown };
    if (typeof found.segment !== 'string' || !Number.isSafeInteger(found.offset)) return undefined;
    return { segment: found.segment, offset: Math.max(0, found.offset as number) };
  } catch {
    return undefined;
  }
}

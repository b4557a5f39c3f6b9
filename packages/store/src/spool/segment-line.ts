import { crc32 } from 'node:zlib';
import type { DomainEvent, PartyRecord } from '@amtsleitung/domain';

/** One event on its way, with the party it introduces. */
export interface SpooledEvent {
  readonly event: DomainEvent;
  readonly party?: PartyRecord;
}

/** One line of a segment: CRC-32 of the JSON in eight hexadecimal digits, a space, the JSON, a line feed. */
export function writeLine(spooled: SpooledEvent): Buffer {
  const json = JSON.stringify(spooled);
  return Buffer.from(`${checksum(json)} ${json}\n`);
}

/** Undefined when the line is torn or damaged. `line` comes without its line feed. */
export function readLine(line: Buffer): SpooledEvent | undefined {
  const json = line.subarray(9);
  if (line[8] !== 0x20 || line.toString('latin1', 0, 8) !== checksum(json)) return undefined;
  try {
    const spooled = JSON.parse(json.toString()) as SpooledEvent | null;
    return typeof spooled?.event?.id === 'string' ? spooled : undefined;
  } catch {
    return undefined;
  }
}

const checksum = (json: string | Uint8Array): string => crc32(json).toString(16).padStart(8, '0');

export interface SegmentPart {
  readonly events: readonly SpooledEvent[];
  /** Bytes of complete lines read. */
  readonly consumed: number;
  /** Complete lines that were not readable. */
  readonly damaged: number;
}

/** Reads the complete lines at the start of `bytes`, at most `limit` of them; damage costs only the lines it touches. */
export function readLines(bytes: Buffer, limit: number): SegmentPart {
  const events: SpooledEvent[] = [];
  let consumed = 0;
  let damaged = 0;
  while (events.length < limit) {
    const end = bytes.indexOf(0x0a, consumed);
    if (end < 0) break;
    const spooled = readLine(bytes.subarray(consumed, end));
    if (spooled) events.push(spooled);
    else damaged += 1;
    consumed = end + 1;
  }
  return { events, consumed, damaged };
}

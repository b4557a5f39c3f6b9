import { messageLimits } from './message-limits.ts';
import type { MessageLimits } from './message-limits.ts';
import { parseMessage } from './parse-message.ts';
import type { ParseOutcome } from './parse-outcome.ts';

export type StreamItem =
  | Exclude<ParseOutcome, { readonly kind: 'keep-alive' }>
  /** CRLFCRLF: answer with CRLF (RFC 5626 §5.4). */
  | { readonly kind: 'ping' }
  /** A single CRLF where one was expected: the answer to our ping. */
  | { readonly kind: 'pong' }
  /** The stream cannot be framed any more: answer what came before, then close. */
  | { readonly kind: 'broken'; readonly reason: string };

const nothing = Buffer.alloc(0);
const headerEnd = Buffer.from('\r\n\r\n');
const contentLength = /\r\n(?:Content-Length|l)[ \t]*:[ \t]*(?:\r\n[ \t]+)?([^\r\n]*)/gi;

/** Cuts a byte stream into messages by Content-Length, RFC 3261 §18.3. Buffers at most one message. */
export class StreamParser {
  readonly #limits: MessageLimits;
  /** Not yet read; the start of `#store`'s used part. */
  #buffer: Buffer = nothing;
  /** Grows by doubling, so that a message in tiny pieces is not copied with each of them. */
  #store: Buffer = nothing;
  /** No header end before this offset. */
  #searched = 0;
  #bodyNeeded: { readonly total: number } | undefined;
  #isBroken = false;
  #expectsPong = false;

  constructor(limits: MessageLimits = messageLimits) {
    this.#limits = limits;
  }

  /** Whether part of a message is waiting for the rest. Up to three line-break octets are none (RFC 3261 §7.5). */
  get isWaiting(): boolean {
    return this.#buffer.length > 3 || this.#buffer.some((octet) => octet !== 0x0d && octet !== 0x0a);
  }

  /** We have sent a ping: the next single CRLF is its answer. */
  expectPong(): void {
    this.#expectsPong = true;
  }

  /** Everything that `chunk` completes, in order. After `broken` nothing more comes. */
  push(chunk: Uint8Array): readonly StreamItem[] {
    if (this.#isBroken) return [];
    this.#append(chunk);
    const items: StreamItem[] = [];
    for (let item = this.#next(); item; item = this.#next()) {
      items.push(item);
      if (item.kind === 'broken') {
        this.#isBroken = true;
        this.#drop(this.#buffer.length);
        break;
      }
    }
    return items;
  }

  #append(chunk: Uint8Array): void {
    const used = this.#buffer.length;
    if (used === 0) {
      this.#buffer = this.#store = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      return;
    }
    const free = this.#store.byteOffset + this.#store.length - (this.#buffer.byteOffset + used);
    if (free < chunk.length) {
      this.#store = Buffer.allocUnsafe(2 * (used + chunk.length));
      this.#buffer.copy(this.#store);
      this.#buffer = this.#store.subarray(0, used);
    }
    const start = this.#buffer.byteOffset - this.#store.byteOffset;
    this.#store.set(chunk, start + used);
    this.#buffer = this.#store.subarray(start, start + used + chunk.length);
  }

  #next(): StreamItem | undefined {
    if (this.#bodyNeeded) return this.#takeMessage(this.#bodyNeeded.total);
    const keepAlive = this.#takeLineBreaks();
    if (keepAlive) return keepAlive;
    const end = this.#buffer.indexOf(headerEnd, this.#searched);
    if ((end < 0 ? this.#buffer.length : end) > this.#limits.headerSection) return broken('headers too long');
    if (end < 0) {
      this.#searched = Math.max(0, this.#buffer.length - 3);
      return undefined;
    }
    const length = this.#bodyLength(end);
    if (typeof length === 'string') return broken(length);
    this.#bodyNeeded = { total: end + headerEnd.length + length };
    return this.#takeMessage(this.#bodyNeeded.total);
  }

  /** RFC 3261 §7.5: line breaks before a start line are ignored; a double one is a keep-alive. */
  #takeLineBreaks(): StreamItem | undefined {
    let count = 0;
    while (this.#buffer[count] === 0x0d && this.#buffer[count + 1] === 0x0a && count < 4) count += 2;
    const isAlone =
      this.#buffer.length === count || (this.#buffer.length === count + 1 && this.#buffer[count] === 0x0d);
    if (count === 2 && this.#expectsPong) {
      this.#drop(count);
      this.#expectsPong = false;
      return { kind: 'pong' };
    }
    if (count === 0 || (count < 4 && isAlone)) return undefined;
    this.#drop(count);
    return count === 4 ? { kind: 'ping' } : this.#takeLineBreaks();
  }

  #bodyLength(end: number): number | string {
    const head = this.#buffer.toString('latin1', 0, end);
    const values = [...head.matchAll(contentLength)].map((match) => match[1]!.trim());
    // RFC 3261 §20.14: on a stream the length must be there; RFC 4475 §3.3.9: and only once.
    if (values.length !== 1 || !/^[0-9]{1,15}$/.test(values[0]!)) return 'unusable Content-Length';
    const length = Number(values[0]);
    return length > this.#limits.body ? 'body too long' : length;
  }

  #takeMessage(total: number): StreamItem | undefined {
    if (this.#buffer.length < total) return undefined;
    const outcome = parseMessage(new Uint8Array(this.#buffer.subarray(0, total)), this.#limits);
    this.#drop(total);
    this.#bodyNeeded = undefined;
    return outcome.kind === 'keep-alive' ? { kind: 'ping' } : outcome;
  }

  #drop(count: number): void {
    this.#buffer = this.#buffer.length === count ? nothing : this.#buffer.subarray(count);
    if (this.#buffer === nothing) this.#store = nothing;
    this.#searched = 0;
  }
}

function broken(reason: string): StreamItem {
  return { kind: 'broken', reason };
}

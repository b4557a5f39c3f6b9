import { liveMessage, type LiveMessage } from '@amtsleitung/contract';

/** The part of a WebSocket this file uses. */
export interface LiveSocket {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  close(): void;
}

/** Time, chance and network from outside, so that tests own them. */
export interface LiveSurroundings {
  open(): LiveSocket;
  now(): number;
  random(): number;
  after(milliseconds: number, run: () => void): () => void;
}

/** `broken` names when the next attempt is made. */
export type LiveLineState =
  { readonly kind: 'connecting' } | { readonly kind: 'live' } | { readonly kind: 'broken'; readonly retryAt: number };

/** The server speaks every 10 s; silence longer than this is a dead line. */
export const silenceLimit = 25_000;
const firstPause = 1_000;
const longestPause = 15_000;

/** Pause before the given attempt (0 = first), doubling, with up to a third taken off so that a town does not return at once. */
export const pauseBefore = (attempt: number, random: number): number =>
  Math.round(Math.min(longestPause, firstPause * 2 ** Math.min(attempt, 6)) * (1 - random / 3));

/** A WebSocket that comes back by itself and says honestly when it is not there. */
export class LiveLine {
  readonly #around: LiveSurroundings;
  readonly #heard: (message: LiveMessage) => void;
  readonly #changed: (state: LiveLineState) => void;
  #socket: LiveSocket | undefined;
  #attempts = 0;
  #cancelTimer: () => void = () => undefined;
  #closed = true;

  constructor(
    around: LiveSurroundings,
    heard: (message: LiveMessage) => void,
    changed: (state: LiveLineState) => void,
  ) {
    this.#around = around;
    this.#heard = heard;
    this.#changed = changed;
  }

  start(): void {
    this.#closed = false;
    this.#attempts = 0;
    this.#connect();
  }

  stop(): void {
    this.#closed = true;
    this.#drop();
  }

  /** Tries at once instead of waiting for the pause to end. */
  connectNow(): void {
    if (this.#closed) return;
    this.#drop();
    this.#connect();
  }

  #drop(): void {
    this.#cancelTimer();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #connect(): void {
    this.#changed({ kind: 'connecting' });
    const socket = this.#around.open();
    this.#socket = socket;
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = () => this.#lost();
    this.#listen();
  }

  /** Waits for the next sign of life. */
  #listen(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#around.after(silenceLimit, () => this.#lost());
  }

  #receive(data: unknown): void {
    const message = parse(data);
    if (message === undefined) return;
    this.#attempts = 0;
    this.#listen();
    this.#changed({ kind: 'live' });
    this.#heard(message);
  }

  #lost(): void {
    this.#drop();
    if (this.#closed) return;
    const pause = pauseBefore(this.#attempts, this.#around.random());
    this.#attempts += 1;
    this.#changed({ kind: 'broken', retryAt: this.#around.now() + pause });
    this.#cancelTimer = this.#around.after(pause, () => this.#connect());
  }
}

/** Messages of a newer server that this page does not know are passed over. */
function parse(data: unknown): LiveMessage | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const parsed = liveMessage.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

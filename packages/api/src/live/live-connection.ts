import type { WebSocket } from 'ws';
import type { Clock, Timer, Timers } from '@amtsleitung/base';
import { liveTopics, type LiveMessage } from '@amtsleitung/contract';
import type { Session } from '@amtsleitung/domain';

export type LiveTopic = LiveMessage['topic'];
/** People whose presence changed since the last message; `everybody`: all of them. */
export type ChangedPeople = ReadonlySet<string> | 'everybody';
/** Undefined: this person may not or need not hear of it. */
export type Project = (topic: LiveTopic, changed: ChangedPeople) => Promise<LiveMessage | undefined>;

/** 20 updates a second and topic; between them the latest state wins. */
const leastGapMilliseconds = 50;
/** With more unread bytes than this nothing is added … */
const mostUnread = 65_536;
/** … and a reader that stays behind for so long is cut off. */
const mostStallMilliseconds = 10_000;
const stallRetryMilliseconds = 250;
/** Messages and pings a browser may send between two ticks of the clock; it has no reason to send any. */
const mostInbound = 20;

interface ConnectionPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly project: Project;
}

/** One live screen: marks topics as changed and sends their newest state, as fast as the reader keeps up. */
export class LiveConnection {
  readonly session: Session;
  readonly #socket: WebSocket;
  readonly #ports: ConnectionPorts;
  readonly #dirty = new Set<LiveTopic>(liveTopics);
  readonly #busy = new Set<LiveTopic>();
  /** Topics whose state could not be had; tried again with the clock. */
  readonly #late = new Set<LiveTopic>();
  #people: Set<string> | 'everybody' = 'everybody';
  #timer: Timer | undefined;
  #flushedAt = -Infinity;
  #stalledSince: number | undefined;
  #inbound = 0;
  #unansweredPings = 0;

  constructor(socket: WebSocket, session: Session, ports: ConnectionPorts) {
    this.#socket = socket;
    this.session = session;
    this.#ports = ports;
    socket.on('error', () => socket.terminate());
    socket.on('message', () => this.#hear());
    socket.on('ping', () => this.#hear());
    socket.on('pong', () => (this.#unansweredPings = 0));
    socket.on('close', () => this.#timer?.cancel());
    this.#schedule();
  }

  mark(...topics: readonly LiveTopic[]): void {
    for (const topic of topics) this.#dirty.add(topic);
    this.#schedule();
  }

  markPresence(personId: string): void {
    if (this.#people !== 'everybody') this.#people.add(personId);
    this.mark('presence');
  }

  /** Everything anew, e.g. after a change of the directory. */
  markAll(): void {
    this.#people = 'everybody';
    this.mark(...liveTopics);
  }

  /** Every 10 s: the clock, a ping, and what could not be said before. Cuts a peer that has left or floods. */
  tick(): void {
    if (this.#unansweredPings >= 2) return this.#socket.terminate();
    this.#unansweredPings++;
    this.#inbound = 0;
    if (this.#socket.readyState === this.#socket.OPEN && this.#socket.bufferedAmount <= mostUnread) this.#socket.ping();
    this.mark('clock', ...this.#late);
  }

  /** Codes: 4401 sign in again; 1001 the house closes; 1012 connect again. */
  close(code: number, reason: string): void {
    this.#timer?.cancel();
    this.#socket.close(code, reason);
    // A peer that does not answer the closing handshake is cut.
    this.#ports.timers.after(1_000, () => this.#socket.terminate());
  }

  #hear(): void {
    if (++this.#inbound > mostInbound) this.#socket.terminate();
  }

  #schedule(): void {
    if (this.#timer) return;
    const wait = this.#flushedAt + leastGapMilliseconds - this.#ports.clock.monotonic();
    this.#flushAfter(Math.max(0, wait));
  }

  #flushAfter(milliseconds: number): void {
    this.#timer = this.#ports.timers.after(milliseconds, () => {
      this.#timer = undefined;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#isStalled()) return this.#flushAfter(stallRetryMilliseconds);
    this.#flushedAt = this.#ports.clock.monotonic();
    for (const topic of [...this.#dirty]) if (!this.#busy.has(topic)) void this.#tell(topic);
  }

  async #tell(topic: LiveTopic): Promise<void> {
    this.#dirty.delete(topic);
    this.#late.delete(topic);
    this.#busy.add(topic);
    const changed = this.#people;
    if (topic === 'presence') this.#people = new Set();
    try {
      const message = await this.#ports.project(topic, changed);
      if (message && this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
    } catch {
      if (topic === 'presence') this.#people = 'everybody';
      this.#late.add(topic);
    } finally {
      this.#busy.delete(topic);
      if (this.#dirty.has(topic)) this.#schedule();
    }
  }

  #isStalled(): boolean {
    if (this.#socket.bufferedAmount <= mostUnread) {
      this.#stalledSince = undefined;
      return false;
    }
    const now = this.#ports.clock.monotonic();
    this.#stalledSince ??= now;
    if (now - this.#stalledSince >= mostStallMilliseconds) this.#socket.terminate();
    return true;
  }
}

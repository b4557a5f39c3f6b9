import type { Socket } from 'node:net';
import type { RandomSource, Timer, Timers } from '@amtsleitung/base';
import { StreamParser } from '../messages/stream-parser.ts';
import type { StreamItem } from '../messages/stream-parser.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import { deliver } from './deliver.ts';
import type { Source } from './destination.ts';
import { FlowPings } from './flow-pings.ts';
import type { TransportHandlers } from './transport.ts';

export interface StreamConnectionOptions {
  readonly socket: Socket;
  readonly source: Source;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly limits: ConnectionLimits;
  readonly handlers: TransportHandlers;
  /** Opened by us: silence is no fault, and keeping it alive is our part. */
  readonly isOutgoing: boolean;
  /**
   * What tells that it stands: `secureConnect` when the peer has proved who it is. Nothing is written before.
   * Undefined: it stands already.
   */
  readonly readyEvent: 'connect' | 'secureConnect' | undefined;
}

interface Unsent {
  readonly bytes: Uint8Array;
  readonly settle: (error?: Error | null) => void;
}

const [ping, pong] = [Buffer.from('\r\n\r\n'), Buffer.from('\r\n')];

/** One TCP or TLS connection: frames messages, keeps alive, closes half-open and misbehaving peers. */
export class StreamConnection {
  readonly #options: StreamConnectionOptions;
  readonly #parser = new StreamParser();
  readonly #pings: FlowPings | undefined;
  /** Waiting for the connection to stand; undefined when it does. */
  #unsent: Unsent[] | undefined;
  #unsentBytes = 0;
  #halfOpen: Timer | undefined;
  #idle: Timer | undefined;
  #wasHeard = false;
  #faults = 0;

  constructor(options: StreamConnectionOptions) {
    this.#options = options;
    const { socket, isOutgoing, readyEvent } = options;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    socket.on('data', (chunk) => this.#receive(chunk));
    // 'close' follows and is what counts.
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
    if (isOutgoing) this.#pings = this.#keepAlive();
    else this.#watchIncoming();
    if (readyEvent === undefined) return;
    this.#unsent = [];
    socket.once(readyEvent, () => this.#ready());
  }

  get source(): Source {
    return this.#options.source;
  }

  send(bytes: Uint8Array): Promise<void> {
    const { socket, limits } = this.#options;
    if (socket.destroyed) return Promise.reject(new Error('connection is closed'));
    if (this.#unsentBytes + socket.writableLength + bytes.length > limits.unsentBytes) {
      socket.destroy();
      return Promise.reject(new Error('peer does not read'));
    }
    return new Promise((resolve, reject) => this.#write({ bytes, settle: (bad) => (bad ? reject(bad) : resolve()) }));
  }

  close(): void {
    this.#options.socket.destroy();
  }

  #write(unsent: Unsent): void {
    if (!this.#unsent) {
      this.#options.socket.write(unsent.bytes, unsent.settle);
      return;
    }
    this.#unsent.push(unsent);
    this.#unsentBytes += unsent.bytes.length;
  }

  #ready(): void {
    const waiting = this.#unsent ?? [];
    this.#unsent = undefined;
    this.#unsentBytes = 0;
    for (const one of waiting) this.#write(one);
    this.#pings?.start();
  }

  #closed(): void {
    this.#halfOpen?.cancel();
    this.#idle?.cancel();
    this.#pings?.stop();
    const why = this.#options.socket.errored ?? new Error('the connection did not come about');
    for (const { settle } of this.#unsent ?? []) settle(why);
    this.#unsent = undefined;
  }

  #receive(chunk: Uint8Array): void {
    this.#wasHeard = true;
    this.#pings?.heard();
    const items = this.#parser.push(chunk);
    for (const item of items) this.#take(item);
    this.#watchHalfOpen(items.some((item) => item.kind === 'message'));
  }

  /** From the first octet of a message to its last one, no longer than the limit. */
  #watchHalfOpen(hasMessage: boolean): void {
    if (hasMessage) this.#disarmHalfOpen();
    if (this.#parser.isWaiting && !this.#halfOpen) this.#armHalfOpen();
  }

  #take(item: StreamItem): void {
    if (item.kind === 'ping') void this.send(pong).catch(() => {});
    else if (item.kind === 'pong') this.#pings?.ponged();
    else if (item.kind === 'broken') this.#options.socket.destroySoon();
    else if (!deliver(item, this.#options.source, this.#options.handlers)) this.#countFault();
  }

  #countFault(): void {
    if (++this.#faults >= this.#options.limits.faults) this.#options.socket.destroySoon();
  }

  #keepAlive(): FlowPings {
    const { timers, random } = this.#options;
    const send = () => {
      this.#parser.expectPong();
      void this.send(ping).catch(() => {});
    };
    return new FlowPings({ timers, random, send, isDead: () => this.close() });
  }

  #watchIncoming(): void {
    this.#armHalfOpen();
    this.#armIdle();
  }

  #armIdle(): void {
    this.#wasHeard = false;
    this.#idle = this.#options.timers.after(this.#options.limits.idleMilliseconds, () =>
      this.#wasHeard ? this.#armIdle() : this.close(),
    );
  }

  #armHalfOpen(): void {
    this.#halfOpen = this.#options.timers.after(this.#options.limits.halfOpenMilliseconds, () => this.close());
  }

  #disarmHalfOpen(): void {
    this.#halfOpen?.cancel();
    this.#halfOpen = undefined;
  }
}

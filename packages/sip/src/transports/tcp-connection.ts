import type { Socket } from 'node:net';
import type { Timer, Timers } from '@amtsleitung/base';
import { StreamParser } from '../messages/stream-parser.ts';
import type { StreamItem } from '../messages/stream-parser.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import { deliver } from './deliver.ts';
import type { Source } from './destination.ts';
import type { TransportHandlers } from './transport.ts';

export interface TcpConnectionOptions {
  readonly socket: Socket;
  readonly source: Source;
  readonly timers: Timers;
  readonly limits: ConnectionLimits;
  readonly handlers: TransportHandlers;
  /** Opened by us: silence is no fault. */
  readonly isOutgoing: boolean;
}

/** One TCP connection: frames messages, answers keep-alives, closes half-open and misbehaving peers. */
export class TcpConnection {
  readonly #options: TcpConnectionOptions;
  readonly #parser = new StreamParser();
  #halfOpen: Timer | undefined;
  #faults = 0;

  constructor(options: TcpConnectionOptions) {
    this.#options = options;
    const { socket } = options;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    socket.on('data', (chunk) => this.#receive(chunk));
    // 'close' follows and is what counts.
    socket.on('error', () => {});
    socket.on('close', () => this.#halfOpen?.cancel());
    if (!options.isOutgoing) this.#armHalfOpen();
  }

  get source(): Source {
    return this.#options.source;
  }

  send(bytes: Uint8Array): Promise<void> {
    const { socket, limits } = this.#options;
    if (socket.destroyed) return Promise.reject(new Error('connection is closed'));
    if (socket.writableLength + bytes.length > limits.unsentBytes) {
      socket.destroy();
      return Promise.reject(new Error('peer does not read'));
    }
    return new Promise((resolve, reject) => {
      socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): void {
    this.#options.socket.destroy();
  }

  #receive(chunk: Uint8Array): void {
    const items = this.#parser.push(chunk);
    for (const item of items) this.#take(item);
    if (!this.#parser.isWaiting && items.some((item) => item.kind === 'message')) this.#disarmHalfOpen();
    else if (this.#parser.isWaiting && !this.#halfOpen) this.#armHalfOpen();
    else if (this.#parser.isWaiting && items.some((item) => item.kind === 'message')) this.#rearmHalfOpen();
  }

  #take(item: StreamItem): void {
    if (item.kind === 'ping') void this.send(Buffer.from('\r\n')).catch(() => {});
    else if (item.kind === 'broken') this.#options.socket.destroySoon();
    else if (!deliver(item, this.#options.source, this.#options.handlers)) this.#countFault();
  }

  #countFault(): void {
    if (++this.#faults >= this.#options.limits.faults) this.#options.socket.destroySoon();
  }

  #armHalfOpen(): void {
    this.#halfOpen = this.#options.timers.after(this.#options.limits.halfOpenMilliseconds, () => this.close());
  }

  #disarmHalfOpen(): void {
    this.#halfOpen?.cancel();
    this.#halfOpen = undefined;
  }

  #rearmHalfOpen(): void {
    this.#disarmHalfOpen();
    this.#armHalfOpen();
  }
}

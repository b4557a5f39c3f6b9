import { isUtf8 } from 'node:buffer';
import type { Timer, Timers } from '@amtsleitung/base';
import { WebSocket } from 'ws';
import type { RawData } from 'ws';
import { parseMessage } from '../messages/parse-message.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import { deliver } from './deliver.ts';
import type { Source } from './destination.ts';
import type { TransportHandlers } from './transport.ts';

export interface WebSocketConnectionOptions {
  readonly webSocket: WebSocket;
  readonly source: Source;
  readonly timers: Timers;
  readonly limits: ConnectionLimits;
  readonly handlers: TransportHandlers;
}

/** Between two pings; a browser that does not answer one until the next is gone. */
const pingMilliseconds = 15_000;

/** One browser: one SIP message per WebSocket message (RFC 7118 §5), pings, limits. */
export class WebSocketConnection {
  readonly #options: WebSocketConnectionOptions;
  #ping: Timer;
  #isAlive = true;
  #isSilent = true;
  #faults = 0;

  constructor(options: WebSocketConnectionOptions) {
    this.#options = options;
    const { webSocket, timers, limits } = options;
    webSocket.on('message', (data) => this.#receive(data));
    webSocket.on('pong', () => (this.#isAlive = true));
    // 'close' follows and is what counts.
    webSocket.on('error', () => {});
    this.#ping = timers.after(pingMilliseconds, () => this.#checkAlive());
    const halfOpen = timers.after(limits.halfOpenMilliseconds, () => this.#isSilent && webSocket.terminate());
    webSocket.on('close', () => {
      this.#ping.cancel();
      halfOpen.cancel();
    });
  }

  get source(): Source {
    return this.#options.source;
  }

  send(bytes: Uint8Array): Promise<void> {
    const { webSocket, limits } = this.#options;
    if (webSocket.readyState !== WebSocket.OPEN) return Promise.reject(new Error('connection is closed'));
    if (webSocket.bufferedAmount + bytes.length > limits.unsentBytes) {
      webSocket.terminate();
      return Promise.reject(new Error('peer does not read'));
    }
    // RFC 7118 §4.2: text only when the whole message is UTF-8.
    return new Promise((resolve, reject) => {
      webSocket.send(bytes, { binary: !isUtf8(bytes) }, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): void {
    this.#options.webSocket.terminate();
  }

  #receive(data: RawData): void {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data);
    const outcome = parseMessage(bytes);
    this.#isAlive = true;
    // RFC 5626 §5.4 over WebSocket, as some phones do it.
    if (outcome.kind === 'keep-alive') void this.send(Buffer.from('\r\n')).catch(() => {});
    else if (deliver(outcome, this.#options.source, this.#options.handlers)) this.#isSilent = false;
    else if (++this.#faults >= this.#options.limits.faults) this.close();
  }

  #checkAlive(): void {
    if (!this.#isAlive) return this.close();
    this.#isAlive = false;
    this.#options.webSocket.ping();
    this.#ping = this.#options.timers.after(pingMilliseconds, () => this.#checkAlive());
  }
}

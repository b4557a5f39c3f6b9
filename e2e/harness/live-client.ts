import { livePath, liveMessage, type LiveMessage } from '@amtsleitung/contract';
import type { ApiClient } from './api-client.ts';
import WebSocket from 'ws';

export type LiveTopic = LiveMessage['topic'];
type PayloadByTopic = { [Topic in LiveTopic]: Extract<LiveMessage, { topic: Topic }>['payload'] };
export type LivePayload<Topic extends LiveTopic> = PayloadByTopic[Topic];

const rememberedMessages = 1000;

/** The live socket of one signed-in person. Every message is checked against the contract. */
export class LiveClient {
  readonly #socket: WebSocket;
  readonly #latest = new Map<LiveTopic, LiveMessage>();
  readonly #listeners = new Set<(message: LiveMessage) => void>();
  /** All messages so far, oldest first (the last thousand), with the time (ms, monotonic) they came. */
  readonly messages: { readonly at: number; readonly message: LiveMessage }[] = [];
  readonly closed: Promise<number>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#take(liveMessage.parse(JSON.parse(data.toString('utf8')))));
    this.closed = new Promise((resolve) => socket.once('close', resolve));
  }

  static open(api: ApiClient): Promise<LiveClient> {
    const url = new URL(livePath, api.origin.replace(/^http/, 'ws'));
    const socket = new WebSocket(url, { headers: { cookie: api.cookie }, origin: api.origin });
    const client = new LiveClient(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(client));
      socket.once('error', reject);
    });
  }

  latest<Topic extends LiveTopic>(topic: Topic): LivePayload<Topic> | undefined {
    return this.#latest.get(topic)?.payload as LivePayload<Topic> | undefined;
  }

  /** The first state of `topic`, the present one or a coming one, for which `holds`. */
  until<Topic extends LiveTopic>(
    topic: Topic,
    holds: (payload: LivePayload<Topic>) => boolean,
    timeout = 10_000,
  ): Promise<LivePayload<Topic>> {
    const now = this.latest(topic);
    if (now !== undefined && holds(now)) return Promise.resolve<LivePayload<Topic>>(now as never);
    return new Promise<LivePayload<Topic>>((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        settle();
      };
      const listener = (message: LiveMessage) => {
        const payload = message.payload as LivePayload<Topic>;
        if (message.topic === topic && holds(payload)) end(() => resolve(payload as never));
      };
      const timer = setTimeout(() => {
        const last = JSON.stringify(this.latest(topic));
        end(() => reject(new Error(`waited ${timeout} ms for ${topic}: ${holds.toString()}; last was ${last}`)));
      }, timeout);
      this.#listeners.add(listener);
    });
  }

  close(): void {
    this.#socket.close();
  }

  #take(message: LiveMessage): void {
    this.#latest.set(message.topic, message);
    this.messages.push({ at: performance.now(), message });
    if (this.messages.length > rememberedMessages) this.messages.shift();
    for (const listener of [...this.#listeners]) listener(message);
  }
}

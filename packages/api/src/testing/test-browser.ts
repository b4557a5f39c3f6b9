import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { LiveMessage } from '@amtsleitung/contract';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Parsed JSON; undefined for anything else. */
  readonly body: Record<string, unknown> & { readonly code?: string; readonly fields?: Record<string, string> };
}

/** A browser with one cookie jar that says where its requests come from. */
export class TestBrowser {
  readonly origin: string;
  /** Headers of every request; change them to play a foreign page. */
  headers: Record<string, string>;
  cookie: string | undefined;

  constructor(origin: string) {
    this.origin = origin;
    this.headers = { origin };
  }

  get = (path: string, headers: Record<string, string> = {}) => this.ask('GET', path, undefined, headers);
  post = (path: string, body?: unknown) => this.ask('POST', path, body);
  put = (path: string, body?: unknown) => this.ask('PUT', path, body);
  delete = (path: string) => this.ask('DELETE', path);

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const request = httpRequest(`${this.origin}${path}`, {
      method,
      agent: false,
      headers: {
        ...this.headers,
        ...(this.cookie && { cookie: this.cookie }),
        ...(payload !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
        }),
        ...headers,
      },
    });
    request.end(payload);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    this.#keepCookie(response.headers['set-cookie']);
    const isJson = /json/.test(response.headers['content-type'] ?? '');
    const parsed = (isJson && text ? JSON.parse(text) : {}) as Answer['body'];
    return { status: response.statusCode!, headers: response.headers, text, body: parsed };
  }

  /** Opens a live screen; rejects with the status when the handshake is refused. */
  async live(path = '/api/live'): Promise<LiveScreen> {
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}${path}`, {
      headers: { ...this.headers, ...(this.cookie && { cookie: this.cookie }) },
    });
    return new Promise((resolve, reject) => {
      const screen = new LiveScreen(socket);
      socket.once('open', () => resolve(screen));
      socket.once('unexpected-response', (request, response) => {
        request.destroy();
        reject(new Error(String(response.statusCode)));
      });
      socket.once('error', reject);
    });
  }

  #keepCookie(lines: readonly string[] | undefined): void {
    for (const line of lines ?? []) {
      const pair = line.split(';')[0]!;
      this.cookie = pair.endsWith('=') ? undefined : pair;
    }
  }
}

/** The browser's end of a live socket: keeps what came, and waits for what is to come. */
export class LiveScreen {
  readonly socket: WebSocket;
  readonly received: LiveMessage[] = [];
  readonly closed: Promise<number>;
  #waiting: (() => void)[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.received.push(JSON.parse((data as Buffer).toString()) as LiveMessage);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.closed = new Promise((resolve) => socket.once('close', (code) => resolve(code)));
  }

  /** The payload of the first message of `topic` from position `from` on. */
  async until<Topic extends LiveTopic>(topic: Topic, from = 0): Promise<PayloadOf<Topic>> {
    for (;;) {
      const found = this.received.slice(from).find((message) => message.topic === topic);
      if (found) return found.payload as PayloadOf<Topic>;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

type LiveTopic = LiveMessage['topic'];
type Payloads = { readonly [Message in LiveMessage as Message['topic']]: Message['payload'] };
type PayloadOf<Topic extends LiveTopic> = Payloads[Topic];

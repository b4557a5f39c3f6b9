import type { Socket } from 'node:net';

/** A session description has at most 64 kB; JSON may double it. */
const maximumLineLength = 1024 * 1024;
/** The other side does not read: rather lose it than keep what it will never take. */
const maximumBacklog = 16 * 1024 * 1024;

export interface LineChannelEvents {
  onMessage(message: unknown): void;
  /** Once, for whatever reason. */
  onClose(): void;
}

/** JSON messages, one per line, over a local socket. What one turn of the event loop sends leaves in one write. */
export class LineChannel {
  readonly #socket: Socket;
  #unsent = '';
  #pending: string[] = [];
  #pendingLength = 0;

  constructor(socket: Socket, events: LineChannelEvents) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: unknown) => this.#receive(String(text), events));
    // What went wrong does not matter: 'close' follows.
    socket.on('error', () => {});
    socket.once('close', () => events.onClose());
  }

  send(message: object): void {
    if (this.#socket.destroyed) return;
    if (this.#unsent === '') setImmediate(() => this.#flush());
    this.#unsent += `${JSON.stringify(message)}\n`;
  }

  /** Closes after what was sent has gone out. */
  end(): void {
    this.#flush();
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #flush(): void {
    const text = this.#unsent;
    this.#unsent = '';
    if (text === '' || this.#socket.destroyed) return;
    this.#socket.write(text);
    if (this.#socket.writableLength > maximumBacklog) this.#socket.destroy();
  }

  #receive(text: string, events: LineChannelEvents): void {
    const lines = text.split('\n');
    for (const line of lines.slice(0, -1)) {
      const whole = this.#pending.join('') + line;
      this.#pending = [];
      this.#pendingLength = 0;
      if (!this.#deliver(whole, events)) return;
    }
    const rest = lines.at(-1)!;
    this.#pending.push(rest);
    this.#pendingLength += rest.length;
    if (this.#pendingLength > maximumLineLength) this.#socket.destroy();
  }

  #deliver(line: string, events: LineChannelEvents): boolean {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      this.#socket.destroy();
      return false;
    }
    events.onMessage(message);
    return !this.#socket.destroyed;
  }
}

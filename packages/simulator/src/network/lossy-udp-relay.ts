import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { systemTimers, type RandomSource, type Timers } from '@amtsleitung/base';

export interface LossyUdpRelayOptions {
  readonly target: { readonly host: string; readonly port: number };
  /** Address of both sides of the relay; default 127.0.0.1. */
  readonly host?: string;
  /** Shares of datagrams, 0 … 1, in each direction. */
  readonly loss?: number;
  readonly duplicates?: number;
  /** Milliseconds added to each datagram: `delay` plus up to `jitter`. */
  readonly delay?: number;
  readonly jitter?: number;
  readonly random: RandomSource;
  readonly timers?: Timers;
}

/** Beyond this many clients, new ones are ignored. */
const mostClients = 1000;
const resolution = 1_000_000;

/** A bad network between UDP clients and one server. Every client keeps a source port of its own. */
export class LossyUdpRelay {
  readonly #options: LossyUdpRelayOptions;
  readonly #timers: Timers;
  readonly #front: Socket;
  readonly #backs = new Map<string, Socket>();
  /** Datagrams that were dropped so far. */
  dropped = 0;
  #closed = false;

  private constructor(options: LossyUdpRelayOptions, front: Socket) {
    this.#options = options;
    this.#timers = options.timers ?? systemTimers;
    this.#front = front;
    front.on('message', (data, client) => this.#fromClient(data, client));
    front.on('error', () => {});
  }

  static async open(options: LossyUdpRelayOptions): Promise<LossyUdpRelay> {
    return new LossyUdpRelay(options, await bound(options.host ?? '127.0.0.1'));
  }

  get port(): number {
    return this.#front.address().port;
  }

  close(): void {
    this.#closed = true;
    this.#front.close();
    for (const back of this.#backs.values()) back.close();
  }

  #fromClient(data: Buffer, client: RemoteInfo): void {
    const key = `${client.address}:${client.port}`;
    const { host, port } = this.#options.target;
    const back = this.#backs.get(key);
    if (back) return this.#pass(back, data, port, host);
    if (this.#backs.size >= mostClients) return;
    void bound(this.#options.host ?? '127.0.0.1').then((socket) => {
      if (this.#closed) return socket.close();
      this.#backs.set(key, socket);
      socket.on('message', (answer) => this.#pass(this.#front, answer, client.port, client.address));
      socket.on('error', () => {});
      this.#pass(socket, data, port, host);
    });
  }

  #pass(through: Socket, data: Buffer, port: number, host: string): void {
    const { loss = 0, duplicates = 0 } = this.#options;
    if (this.#chance(loss)) {
      this.dropped++;
      return;
    }
    for (let copies = this.#chance(duplicates) ? 2 : 1; copies > 0; copies--) this.#send(through, data, port, host);
  }

  #send(through: Socket, data: Buffer, port: number, host: string): void {
    const { delay = 0, jitter = 0, random } = this.#options;
    const wait = delay + (jitter > 0 ? random.integer(jitter) : 0);
    const send = () => {
      if (!this.#closed) through.send(data, port, host, () => {});
    };
    if (wait > 0) this.#timers.after(wait, send);
    else send();
  }

  #chance(share: number): boolean {
    return share > 0 && this.#options.random.integer(resolution) < share * resolution;
  }
}

function bound(host: string): Promise<Socket> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, host, () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

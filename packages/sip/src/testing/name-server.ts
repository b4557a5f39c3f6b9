import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';

/** Data of a record in wire format: `a`, `aaaa`, `srv`, `naptr` make it. */
export interface WireRecord {
  readonly type: number;
  readonly ttl: number;
  readonly data: Buffer;
}

export const aRecord = (address: string, ttl = 60): WireRecord => ({
  type: 1,
  ttl,
  data: Buffer.from(address.split('.').map(Number)),
});

/** `address` written out: eight groups. */
export const aaaaRecord = (address: string, ttl = 60): WireRecord => ({
  type: 28,
  ttl,
  data: Buffer.from(
    address
      .split(':')
      .map((group) => group.padStart(4, '0'))
      .join(''),
    'hex',
  ),
});

export const srvRecord = (priority: number, weight: number, port: number, target: string): WireRecord => ({
  type: 33,
  ttl: 60,
  data: Buffer.concat([words(priority, weight, port), wireName(target)]),
});

export const naptrRecord = (order: number, preference: number, service: string, replacement: string): WireRecord => ({
  type: 35,
  ttl: 60,
  data: Buffer.concat([words(order, preference), ...['s', service, ''].map(wireText), wireName(replacement)]),
});

/** A name server on loopback that answers from a table; what is not in it does not exist. */
export class NameServer {
  readonly #socket: Socket;
  readonly #zone: ReadonlyMap<string, readonly WireRecord[]>;
  /** Says nothing at all while true. */
  isSilent = false;

  private constructor(socket: Socket, zone: Readonly<Record<string, readonly WireRecord[]>>) {
    this.#socket = socket;
    this.#zone = new Map(Object.entries(zone));
    socket.on('message', (query, from) => {
      if (!this.isSilent) socket.send(this.#answer(query), from.port, from.address);
    });
  }

  static async open(zone: Readonly<Record<string, readonly WireRecord[]>>): Promise<NameServer> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new NameServer(socket, zone);
  }

  /** As `setServers` wants it. */
  get address(): string {
    return `127.0.0.1:${this.#socket.address().port}`;
  }

  close(): void {
    this.#socket.close();
  }

  #answer(query: Buffer): Buffer {
    const { name, end } = readName(query);
    const type = query.readUInt16BE(end);
    const known = this.#zone.get(name.toLowerCase());
    const records = (known ?? []).filter((record) => record.type === type);
    // RFC 1035 §4.1.1: response, recursion desired and available; 3: no such name.
    const flags = 0x8180 | (known ? 0 : 3);
    const header = Buffer.concat([query.subarray(0, 2), words(flags, 1, records.length, 0, 0)]);
    const question = query.subarray(12, end + 4);
    return Buffer.concat([header, question, ...records.map(wireRecord)]);
  }
}

/** The owner is the name in the question, by a pointer (RFC 1035 §4.1.4). */
function wireRecord({ type, ttl, data }: WireRecord): Buffer {
  return Buffer.concat([words(0xc00c, type, 1, ttl >> 16, ttl & 0xffff, data.length), data]);
}

function readName(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

const wireName = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter((label) => label !== '')
      .map(wireText),
    Buffer.from([0]),
  ]);

const wireText = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
}

import { isIpv6 } from '../../sdp/media-address.ts';
import { UdpSocket } from '../udp-socket.ts';
import { isStun, parseStun, type StunMessage } from './stun-message.ts';

/** One browser leg, as the shared port sees it. */
export interface BrowserEndpoint {
  /** Answers a check; true when it was genuine, so that the source may send media from now on. */
  onCheck(message: StunMessage, address: string, port: number): boolean;
  onDatagram(datagram: Buffer, address: string, port: number): void;
}

const receiveBufferBytes = 4 * 1024 * 1024;
/** Candidate pairs of one browser that may be in use at the same time. */
const maximumSources = 8;

interface Source {
  readonly address: string;
  readonly port: number;
}

/**
 * The one UDP port of all browsers, over IPv4 and perhaps IPv6. A leg is found by the user fragment of its ICE checks first; afterwards by the
 * address such a check came from. Datagrams from anywhere else are dropped without an answer.
 */
export class BrowserPort {
  #socket!: UdpSocket;
  /** The same port number over IPv6. */
  #second: UdpSocket | undefined;
  readonly #byUfrag = new Map<string, BrowserEndpoint>();
  /** Address, then port: no key has to be built per packet. */
  readonly #bySource = new Map<string, Map<number, BrowserEndpoint>>();
  readonly #sources = new Map<BrowserEndpoint, Source[]>();

  /** Binds to the first address, and to the second when there is one. Rejects with the system's error. */
  static async open(
    [first, second]: readonly [first: string, second?: string],
    port: number,
    onError: (error: unknown) => void,
  ): Promise<BrowserPort> {
    const browserPort = new BrowserPort();
    browserPort.#socket = await browserPort.#bind(first, port, onError);
    if (second !== undefined) browserPort.#second = await browserPort.#bind(second, browserPort.port, onError);
    return browserPort;
  }

  get port(): number {
    return this.#socket.port;
  }

  send(buffer: Buffer, length: number, address: string, port: number): void {
    const socket = isIpv6(address) ? this.#second : this.#socket;
    socket?.send(buffer, length, address, port);
  }

  /** Checks for these user fragments go to the endpoint; earlier ones of it are forgotten. */
  register(endpoint: BrowserEndpoint, ufrags: readonly string[]): void {
    for (const [ufrag, owner] of this.#byUfrag) if (owner === endpoint) this.#byUfrag.delete(ufrag);
    for (const ufrag of ufrags) this.#byUfrag.set(ufrag, endpoint);
  }

  unregister(endpoint: BrowserEndpoint): void {
    this.register(endpoint, []);
    for (const source of this.#sources.get(endpoint) ?? []) this.#forget(source, endpoint);
    this.#sources.delete(endpoint);
  }

  close(): void {
    this.#socket.close();
    this.#second?.close();
  }

  #bind(address: string, port: number, onError: (error: unknown) => void): Promise<UdpSocket> {
    return UdpSocket.bind({
      address,
      port,
      receiveBufferBytes,
      onError,
      onDatagram: (datagram, from, fromPort) => this.#receive(datagram, from, fromPort),
    });
  }

  #receive(datagram: Buffer, address: string, port: number): void {
    if (isStun(datagram)) this.#receiveCheck(datagram, address, port);
    else this.#bySource.get(address)?.get(port)?.onDatagram(datagram, address, port);
  }

  #receiveCheck(datagram: Buffer, address: string, port: number): void {
    const message = parseStun(datagram);
    const ufrag = message?.username?.split(':', 1)[0];
    if (!message || ufrag === undefined) return;
    const endpoint = this.#byUfrag.get(ufrag);
    if (endpoint?.onCheck(message, address, port)) this.#remember({ address, port }, endpoint);
  }

  #remember(source: Source, endpoint: BrowserEndpoint): void {
    const ports = this.#bySource.get(source.address) ?? new Map<number, BrowserEndpoint>();
    const owner = ports.get(source.port);
    if (owner === endpoint) return;
    // The same address with another leg's credentials: that browser has hung up and calls again.
    if (owner) this.#forgetFor(source, owner);
    ports.set(source.port, endpoint);
    this.#bySource.set(source.address, ports);
    const sources = this.#sources.get(endpoint) ?? [];
    sources.push(source);
    if (sources.length > maximumSources) this.#forget(sources.shift()!, endpoint);
    this.#sources.set(endpoint, sources);
  }

  #forgetFor(source: Source, endpoint: BrowserEndpoint): void {
    this.#forget(source, endpoint);
    const rest = this.#sources
      .get(endpoint)
      ?.filter((known) => known.address !== source.address || known.port !== source.port);
    if (rest) this.#sources.set(endpoint, rest);
  }

  #forget(source: Source, endpoint: BrowserEndpoint): void {
    const ports = this.#bySource.get(source.address);
    if (ports?.get(source.port) === endpoint) ports.delete(source.port);
    if (ports?.size === 0) this.#bySource.delete(source.address);
  }
}

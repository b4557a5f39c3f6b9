import type { RandomSource, Timers } from '@amtsleitung/base';
import { parseMessage } from '../messages/parse-message.ts';
import { printMessage } from '../messages/print-message.ts';
import type { SipMessage } from '../messages/sip-message.ts';
import { deliver } from '../transports/deliver.ts';
import type { Destination, Source, TransportProtocol } from '../transports/destination.ts';
import type { HostPort, Transport, TransportHandlers } from '../transports/transport.ts';

/** Shares of datagrams in [0, 1], and milliseconds. */
export interface NetworkFaults {
  readonly loss: number;
  readonly duplication: number;
  /** Extra delay of up to this many milliseconds per datagram; more than `latency` means reordering. */
  readonly jitter: number;
  readonly latency: number;
}

export const cleanNetwork: NetworkFaults = { loss: 0, duplication: 0, jitter: 0, latency: 1 };

/** What travelled, for assertions. */
export interface Datagram {
  readonly from: HostPort;
  readonly to: HostPort;
  readonly message: SipMessage;
}

/** A network in memory that loses, doubles and reorders datagrams as seeded, on a virtual clock. */
export class LossyNetwork {
  readonly #timers: Timers;
  readonly #random: RandomSource;
  readonly #ports = new Map<string, LossyUdpTransport>();
  /** Changes what happens to datagrams from now on. */
  faults: NetworkFaults;
  /** Everything sent, lost datagrams included. */
  readonly sent: Datagram[] = [];
  /** Decides before chance does: false loses the datagram. */
  filter: (datagram: Datagram) => boolean = () => true;

  constructor(timers: Timers, random: RandomSource, faults: NetworkFaults = cleanNetwork) {
    this.#timers = timers;
    this.#random = random;
    this.faults = faults;
  }

  /**
   * A transport of a machine at `host`. Others than UDP are told apart by name and port number only: they have no
   * connections, and with faults in the network they must not be used.
   */
  transport(host: string, port = 5060, protocol: TransportProtocol = 'udp'): LossyUdpTransport {
    return new LossyUdpTransport(this, { host, port }, protocol);
  }

  join(transport: LossyUdpTransport): void {
    this.#ports.set(key(transport.address), transport);
  }

  leave(transport: LossyUdpTransport): void {
    this.#ports.delete(key(transport.address));
  }

  carry(from: HostPort, to: HostPort, message: SipMessage): void {
    const datagram = { from, to, message };
    this.sent.push(datagram);
    if (!this.filter(datagram) || this.#happens(this.faults.loss)) return;
    const copies = this.#happens(this.faults.duplication) ? 2 : 1;
    const bytes = printMessage(message);
    for (let copy = 0; copy < copies; copy++) this.carryBytes(from, to, bytes);
  }

  /** Anything at all, never lost. */
  carryBytes(from: HostPort, to: HostPort, bytes: Uint8Array): void {
    const delay = this.faults.latency + this.#random.integer(this.faults.jitter + 1);
    this.#timers.after(delay, () => this.#ports.get(key(to))?.receive(bytes, from));
  }

  #happens(share: number): boolean {
    return this.#random.integer(1_000_000) < share * 1_000_000;
  }
}

/** One machine's UDP port in a `LossyNetwork`. */
export class LossyUdpTransport implements Transport {
  readonly protocol: TransportProtocol;
  readonly reliable: boolean;
  readonly address: HostPort;
  readonly #network: LossyNetwork;
  #handlers: TransportHandlers | undefined;

  constructor(network: LossyNetwork, address: HostPort, protocol: TransportProtocol = 'udp') {
    this.protocol = protocol;
    this.reliable = protocol !== 'udp';
    this.#network = network;
    this.address = address;
  }

  start(handlers: TransportHandlers): Promise<void> {
    this.#handlers = handlers;
    this.#network.join(this);
    return Promise.resolve();
  }

  send(message: SipMessage, destination: Destination): Promise<void> {
    this.#network.carry(this.address, { host: destination.address, port: destination.port }, message);
    return Promise.resolve();
  }

  receive(bytes: Uint8Array, from: HostPort): void {
    const { protocol: transport } = this;
    const source: Source = { transport, address: from.host, port: from.port, secure: transport === 'tls' };
    if (this.#handlers) deliver(parseMessage(bytes), source, this.#handlers);
  }

  localAddress(): HostPort {
    return this.address;
  }

  viaName(): string {
    return this.protocol.toUpperCase();
  }

  /** Tells the user agent that a connection is gone, as a TCP or WebSocket transport does. */
  closeFlow(flowId: string, peer?: Source): void {
    this.#handlers?.flowClosed(flowId, peer);
  }

  close(): Promise<void> {
    this.#network.leave(this);
    this.#handlers = undefined;
    return Promise.resolve();
  }
}

function key(address: HostPort): string {
  return `${address.host} ${address.port}`;
}

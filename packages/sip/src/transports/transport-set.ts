import type { SipMessage } from '../messages/sip-message.ts';
import type { Destination } from './destination.ts';
import type { Transport, TransportHandlers } from './transport.ts';

/** All transports of one user agent; picks the one a destination names. */
export class TransportSet {
  readonly #transports: readonly Transport[];
  readonly #unreachable: ((destination: Destination, error: unknown) => void) | undefined;

  /** `unreachable`: told why a connection did not come about or broke. */
  constructor(transports: readonly Transport[], unreachable?: (destination: Destination, error: unknown) => void) {
    this.#transports = transports;
    this.#unreachable = unreachable;
  }

  /** Starts all. Rejects with the first failure after closing those that had started. */
  async start(handlers: TransportHandlers): Promise<void> {
    const started: Transport[] = [];
    for (const transport of this.#transports) {
      try {
        await transport.start(handlers);
        started.push(transport);
      } catch (error) {
        await Promise.allSettled(started.map((one) => one.close()));
        throw error;
      }
    }
  }

  /** Undefined when none speaks that protocol with addresses of that family. */
  for({ transport: protocol, address }: Destination): Transport | undefined {
    return this.#transports.find((one) => one.protocol === protocol && (one.serves?.(address) ?? true));
  }

  /** Whether `destination` can be tried: its protocol is spoken, its connection stands. */
  canReach(destination: Destination): boolean {
    const transport = this.for(destination);
    if (!transport) return false;
    return destination.flowId === undefined || (transport.isOpen?.(destination.flowId) ?? true);
  }

  send(message: SipMessage, destination: Destination): Promise<void> {
    const transport = this.for(destination);
    if (!transport) return Promise.reject(new Error(`no ${destination.transport} transport`));
    const sent = transport.send(message, destination);
    if (transport.reliable && this.#unreachable) sent.catch((error) => this.#unreachable?.(destination, error));
    return sent;
  }

  closeFlow(flowId: string): void {
    for (const transport of this.#transports) transport.closeFlow(flowId);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#transports.map((transport) => transport.close()));
  }
}

import type { SipMessage } from '../messages/sip-message.ts';
import type { Destination } from './destination.ts';
import type { Transport, TransportHandlers } from './transport.ts';

/** All transports of one user agent; picks the one a destination names. */
export class TransportSet {
  readonly #transports: readonly Transport[];

  constructor(transports: readonly Transport[]) {
    this.#transports = transports;
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
    return transport
      ? transport.send(message, destination)
      : Promise.reject(new Error(`no ${destination.transport} transport`));
  }

  closeFlow(flowId: string): void {
    for (const transport of this.#transports) transport.closeFlow(flowId);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#transports.map((transport) => transport.close()));
  }
}

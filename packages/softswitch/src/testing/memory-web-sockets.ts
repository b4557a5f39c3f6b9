import type { Timers } from '@amtsleitung/base';
import type { Destination, HostPort, SipMessage, Source, Transport, TransportHandlers } from '@amtsleitung/sip';

export interface BrowserConnection {
  readonly transport: Transport;
  /** What the browser sends to. */
  readonly destination: Destination;
  /** The connection is gone. */
  readonly cut: () => void;
  /** Another one is there. */
  readonly reconnect: () => void;
}

/** SIP over WebSocket in memory: browsers that connect to one server, on a virtual clock. */
export class MemoryWebSockets {
  readonly server: MemoryWebSocketTransport;
  readonly #timers: Timers;
  readonly #browsers = new Map<string, MemoryWebSocketTransport>();
  #count = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
    this.server = new MemoryWebSocketTransport('house.invalid', (message, { flowId = '' }) =>
      this.#carry(message, this.#browsers.get(flowId), { transport: 'ws', address: '10.0.0.1', port: 443, flowId }),
    );
  }

  /** A browser with its own connection. */
  connect(): BrowserConnection {
    let flowId = '';
    const host = `b${this.#count + 1}.invalid`;
    const transport = new MemoryWebSocketTransport(host, (message) => {
      if (!this.#browsers.has(flowId)) return Promise.reject(new Error('cut'));
      return this.#carry(message, this.server, { transport: 'ws', address: '10.0.9.9', port: 40_000, flowId });
    });
    const cut = () => {
      if (!this.#browsers.delete(flowId)) return;
      this.server.handlers?.flowClosed(flowId);
      transport.handlers?.flowClosed('own');
    };
    const reconnect = () => {
      flowId = `ws-${++this.#count}`;
      this.#browsers.set(flowId, transport);
      this.server.onCloseFlow.set(flowId, cut);
    };
    reconnect();
    const destination = { transport: 'ws', address: '10.0.0.1', port: 443, flowId: 'own' } as const;
    return { transport, destination, cut, reconnect };
  }

  #carry(message: SipMessage, to: MemoryWebSocketTransport | undefined, source: Omit<Source, 'secure'>): Promise<void> {
    if (!to) return Promise.reject(new Error('cut'));
    this.#timers.after(1, () => to.handlers?.message(message, { ...source, secure: true }));
    return Promise.resolve();
  }
}

class MemoryWebSocketTransport implements Transport {
  readonly protocol = 'ws';
  readonly reliable = true;
  readonly onCloseFlow = new Map<string, () => void>();
  handlers: TransportHandlers | undefined;
  readonly #host: string;
  readonly #send: (message: SipMessage, destination: Destination) => Promise<void>;

  constructor(host: string, send: (message: SipMessage, destination: Destination) => Promise<void>) {
    this.#host = host;
    this.#send = send;
  }

  start(handlers: TransportHandlers): Promise<void> {
    this.handlers = handlers;
    return Promise.resolve();
  }

  send(message: SipMessage, destination: Destination): Promise<void> {
    return this.#send(message, destination);
  }

  localAddress(): HostPort {
    return { host: this.#host, port: 443 };
  }

  viaName(): string {
    return 'WSS';
  }

  closeFlow(flowId: string): void {
    this.onCloseFlow.get(flowId)?.();
  }

  close(): Promise<void> {
    this.handlers = undefined;
    return Promise.resolve();
  }
}

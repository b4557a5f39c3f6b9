import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { systemTimers } from '@amtsleitung/base';
import type { Timers } from '@amtsleitung/base';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { printMessage } from '../messages/print-message.ts';
import type { SipMessage } from '../messages/sip-message.ts';
import { ConnectionCount, connectionLimits } from './connection-limits.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { Destination, Source } from './destination.ts';
import { newFlowId } from './flow-names.ts';
import { plainAddress } from './local-address.ts';
import type { HostPort, Transport, TransportHandlers } from './transport.ts';
import { WebSocketConnection } from './web-socket-connection.ts';

export interface WebSocketTransportOptions {
  /** What Via and Contact show; browsers never dial it, they are reached over their own connection. */
  readonly host: string;
  readonly port: number;
  readonly timers?: Timers;
  readonly limits?: Partial<ConnectionLimits>;
  /** Shared with other transports, so that the limits hold for all of them together. */
  readonly connections?: ConnectionCount;
}

/** What the owner of the HTTP server knows better, e.g. behind a reverse proxy. */
export interface UpgradeContext {
  readonly address?: string;
  readonly secure?: boolean;
}

/** Octets of one WebSocket message. */
const maximumMessageBytes = 65_535;

/** SIP over WebSocket, RFC 7118. Opens no port: the HTTP server hands over upgrades after its own Origin check. */
export class WebSocketTransport implements Transport {
  readonly protocol = 'ws';
  readonly reliable = true;
  readonly #options: WebSocketTransportOptions;
  readonly #limits: ConnectionLimits;
  readonly #count: ConnectionCount;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageBytes,
    perMessageDeflate: false,
    // RFC 7118 §4
    handleProtocols: () => 'sip',
  });
  readonly #byFlow = new Map<string, WebSocketConnection>();
  #handlers: TransportHandlers | undefined;

  constructor(options: WebSocketTransportOptions) {
    this.#options = options;
    this.#limits = { ...connectionLimits, ...options.limits };
    this.#count = options.connections ?? new ConnectionCount(this.#limits);
  }

  start(handlers: TransportHandlers): Promise<void> {
    this.#handlers = handlers;
    return Promise.resolve();
  }

  /** Takes over an HTTP upgrade. Answers 400 without subprotocol `sip`, 503 without room. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, context: UpgradeContext = {}): void {
    const address = plainAddress(context.address ?? request.socket.remoteAddress ?? '');
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
    if (!offered.includes('sip')) return refuse(socket, '400 Bad Request');
    if (!this.#handlers || !this.#count.enter(address)) return refuse(socket, '503 Service Unavailable');
    let isLeft = false;
    const leave = () => {
      if (!isLeft) this.#count.leave(address);
      isLeft = true;
    };
    socket.once('close', leave);
    if (socket.destroyed) return leave();
    const port = request.socket.remotePort ?? 0;
    const secure = context.secure ?? 'encrypted' in request.socket;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#adopt(webSocket, address, port, secure));
  }

  #adopt(webSocket: WebSocket, address: string, port: number, secure: boolean): void {
    const flowId = newFlowId('ws');
    const source: Source = { transport: 'ws', address, port, flowId, secure };
    const handlers = this.#handlers!;
    const timers = this.#options.timers ?? systemTimers;
    const connection = new WebSocketConnection({ webSocket, source, timers, limits: this.#limits, handlers });
    this.#byFlow.set(flowId, connection);
    webSocket.once('close', () => {
      this.#byFlow.delete(flowId);
      handlers.flowClosed(flowId, source);
    });
  }

  send(message: SipMessage, destination: Destination): Promise<void> {
    const connection = this.#byFlow.get(destination.flowId ?? '');
    // RFC 7118 §5: a server cannot open a connection to a browser.
    return connection ? connection.send(printMessage(message)) : Promise.reject(new Error('the connection is gone'));
  }

  localAddress(): HostPort {
    return { host: this.#options.host, port: this.#options.port };
  }

  viaName(destination: Destination): string {
    return this.#byFlow.get(destination.flowId ?? '')?.source.secure ? 'WSS' : 'WS';
  }

  isOpen(flowId: string): boolean {
    return this.#byFlow.has(flowId);
  }

  closeFlow(flowId: string): void {
    this.#byFlow.get(flowId)?.close();
  }

  close(): Promise<void> {
    this.#handlers = undefined;
    for (const connection of [...this.#byFlow.values()]) connection.close();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

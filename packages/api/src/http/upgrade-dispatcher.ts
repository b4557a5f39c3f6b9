import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { livePath } from '@amtsleitung/contract';
import type { ApiOptions } from '../api-options.ts';
import { ApiProblem, notFound } from './problem.ts';
import { hasSameOrigin } from './same-origin.ts';

/** Path of SIP over WebSocket (RFC 7118). */
export const sipPath = '/sip';

export interface LiveUpgradeHandler {
  /** Takes the socket over, or throws an `ApiProblem` to be written before the upgrade. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

/** Sockets at once, live screens and browser phones together; further ones get 503. */
const mostSockets = 10_000;

/** Hands WebSocket handshakes to whom they are for. A foreign page's handshake is refused before any of it is answered. */
export class UpgradeDispatcher {
  readonly #sockets = new Set<Duplex>();
  readonly #live: LiveUpgradeHandler;
  readonly #ports: ApiOptions;

  constructor(server: Server, live: LiveUpgradeHandler, ports: ApiOptions) {
    this.#live = live;
    this.#ports = ports;
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#dispatch(request, socket, head).catch((error: unknown) => this.#refuse(socket, error));
    });
  }

  /** Cuts every upgraded socket: the HTTP server would wait for them for ever. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #dispatch(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // A peer that vanishes during the handshake must not become an unhandled error.
    socket.on('error', () => socket.destroy());
    const path = request.url?.split('?')[0];
    if (path !== livePath && path !== sipPath) throw notFound();
    if (!hasSameOrigin(request.headers, this.#ports)) throw new ApiProblem(403, 'foreign-origin');
    if (this.#sockets.size >= mostSockets) throw new ApiProblem(503, 'overloaded');
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    if (path === sipPath) this.#ports.sipUpgrade(request, socket, head);
    else await this.#live.upgrade(request, socket, head);
  }

  #refuse(socket: Duplex, error: unknown): void {
    if (!(error instanceof ApiProblem)) {
      this.#ports.logger.error('upgrade failed', { error: error instanceof Error ? error.message : String(error) });
    }
    const status = error instanceof ApiProblem ? error.status : 500;
    if (socket.writable) {
      socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    }
    socket.once('finish', () => socket.destroy());
  }
}

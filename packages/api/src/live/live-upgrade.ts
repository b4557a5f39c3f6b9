import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ApiOptions } from '../api-options.ts';
import { ApiProblem, notSignedIn } from '../http/problem.ts';
import { requestedScheme } from '../http/same-origin.ts';
import type { LiveUpgradeHandler } from '../http/upgrade-dispatcher.ts';
import { actorOf } from '../session/actor.ts';
import { tokenOfHeaders } from '../session/session-cookie.ts';
import type { SessionKeeper } from '../session/session-keeper.ts';
import type { LiveHub } from './live-hub.ts';

/** Browsers say nothing on this socket. */
const mostInboundBytes = 4_096;
/** Tabs and windows of one person. */
const mostPerPerson = 10;
/** Handshakes that wait for their session to be looked up. */
const mostPending = 200;

/** Opens a live screen's WebSocket for a signed-in person. */
export class LiveUpgrade implements LiveUpgradeHandler {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: mostInboundBytes, perMessageDeflate: false });
  readonly #hub: LiveHub;
  readonly #sessions: SessionKeeper;
  readonly #ports: ApiOptions;
  #pending = 0;

  constructor(hub: LiveHub, sessions: SessionKeeper, ports: ApiOptions) {
    this.#hub = hub;
    this.#sessions = sessions;
    this.#ports = ports;
  }

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const session = await this.#session(request);
    if (!actorOf(session, this.#ports.directory)) throw notSignedIn();
    if (this.#hub.countOf(session.personId) >= mostPerPerson) throw new ApiProblem(429, 'too-many-screens');
    if (socket.destroyed) return;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#hub.adopt(webSocket, session));
  }

  async #session(request: IncomingMessage) {
    const secure = requestedScheme(request.headers, this.#ports) === 'https';
    const token = tokenOfHeaders(request.headers, secure);
    if (!token) throw notSignedIn();
    if (this.#pending >= mostPending) throw new ApiProblem(503, 'overloaded');
    this.#pending++;
    try {
      const session = await this.#sessions.find(token);
      if (!session) throw notSignedIn();
      return session;
    } finally {
      this.#pending--;
    }
  }
}

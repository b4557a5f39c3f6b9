import type { Socket } from 'node:net';
import { connect, createServer } from 'node:tls';
import type { Server } from 'node:tls';
import { connectionLimits } from './connection-limits.ts';
import type { Destination } from './destination.ts';
import { StreamTransport } from './stream-transport.ts';
import type { StreamProtocol, StreamTransportOptions } from './stream-transport.ts';
import { tlsPolicy } from './tls-policy.ts';
import { Authorities, provesName } from './tls-peer.ts';

/** PEM. */
export interface TlsCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface TlsTransportOptions extends StreamTransportOptions {
  /** What we prove to those who connect to us. Undefined: nothing listens, connections are only opened. */
  readonly certificate?: TlsCertificate;
  /** Certificates (PEM) trusted besides Node's and the system's own. */
  readonly trusted?: readonly string[];
}

/** SIP over TLS, RFC 3261 §26.2: servers prove their name, phones prove themselves by digest. */
export class TlsTransport extends StreamTransport {
  readonly #stream: TlsStream;

  constructor(options: TlsTransportOptions) {
    const stream = new TlsStream(options);
    super(options, stream);
    this.#stream = stream;
  }

  /** Proves itself with this one from now on; what stands stays as it is. Throws when it cannot be used. */
  setCertificate(certificate: TlsCertificate): void {
    this.#stream.setCertificate(certificate);
  }
}

class TlsStream implements StreamProtocol {
  readonly protocol = 'tls';
  readonly readyEvent = 'secureConnect';
  readonly #server: Server | undefined;
  /** Those whose handshake is going on, by who they are. */
  readonly #arriving = new Map<string, (socket: Socket) => void>();
  readonly #authorities: Authorities;

  constructor({ certificate, trusted = [], limits }: TlsTransportOptions) {
    this.#authorities = new Authorities(trusted);
    if (!certificate) return;
    const { certificate: cert, key } = certificate;
    const handshakeTimeout = limits?.halfOpenMilliseconds ?? connectionLimits.halfOpenMilliseconds;
    this.#server = createServer({ ...tlsPolicy, cert, key, handshakeTimeout });
    // Noise and handshakes that fail: the socket is closed, and that is all there is to do.
    this.#server.on('tlsClientError', (_error, socket) => socket.destroy());
    this.#server.on('secureConnection', (socket) => {
      socket.disableRenegotiation();
      (this.#arriving.get(nameOf(socket)) ?? (() => socket.destroy()))(socket);
    });
  }

  get isListening(): boolean {
    return this.#server !== undefined;
  }

  accept(socket: Socket, ready: (socket: Socket) => void): void {
    const name = nameOf(socket);
    this.#arriving.set(name, ready);
    socket.once('close', () => this.#arriving.delete(name));
    this.#server?.emit('connection', socket);
  }

  connect({ address, port, serverName }: Destination, localAddress: string | undefined): Socket {
    return connect({
      host: address,
      port,
      // RFC 6066 §3: an address is no server name.
      ...(serverName === undefined ? {} : { servername: serverName }),
      ...(localAddress === undefined ? {} : { localAddress }),
      secureContext: this.#authorities.context,
      checkServerIdentity: (_host, certificate) => provesName(serverName ?? address, certificate),
    });
  }

  setCertificate({ certificate: cert, key }: TlsCertificate): void {
    this.#server?.setSecureContext({ ...tlsPolicy, cert, key });
  }
}

const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

import { request, type IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect } from 'node:net';

export interface ProxyOptions {
  /** `http://127.0.0.1:8080` of the house. */
  readonly target: string;
  readonly certificate: string;
  readonly key: string;
  /** As many proxies do by default: the house sees its own address as `Host`, the asked one as `X-Forwarded-Host`. */
  readonly renamesHost?: boolean;
}

/** A small reverse proxy that ends TLS and passes WebSocket upgrades, as an operator's web server would. */
export class TlsProxy {
  readonly origin: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    const address = server.address();
    this.origin = `https://localhost:${address && typeof address === 'object' ? address.port : 0}`;
  }

  static async open(options: ProxyOptions): Promise<TlsProxy> {
    const { hostname, port } = new URL(options.target);
    const server = createServer({ cert: options.certificate, key: options.key });
    const headersFor = (headers: IncomingHttpHeaders, address: string | undefined): IncomingHttpHeaders => ({
      ...headers,
      ...(options.renamesHost ? { host: `${hostname}:${port}`, 'x-forwarded-host': headers.host } : {}),
      'x-forwarded-for': [headers['x-forwarded-for'], address].flat().filter(Boolean).join(', '),
      'x-forwarded-proto': 'https',
    });
    server.on('request', (incoming, answer) => {
      const headers = headersFor(incoming.headers, incoming.socket.remoteAddress);
      const outgoing = request({ hostname, port, method: incoming.method, path: incoming.url, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      });
      outgoing.on('error', () => answer.destroy());
      incoming.pipe(outgoing);
    });
    server.on('upgrade', (incoming, socket, head) => {
      const headers = headersFor(incoming.headers, (socket as { remoteAddress?: string }).remoteAddress);
      const lines = Object.entries(headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one) => `${name}: ${one}`),
      );
      const house = connect(Number(port), hostname, () => {
        house.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        house.write(head);
        house.pipe(socket).pipe(house);
      });
      const cut = () => {
        house.destroy();
        socket.destroy();
      };
      for (const end of [house, socket]) end.on('error', cut).on('close', cut);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TlsProxy(server);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

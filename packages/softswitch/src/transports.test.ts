import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemTimers } from '@amtsleitung/base';
import type { Source } from '@amtsleitung/sip';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createTransports } from './transports.ts';
import type { ListenOptions } from './softswitch-options.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const options = [
  'OPTIONS sip:town.example SIP/2.0',
  'Via: SIP/2.0/WS browser.invalid;branch=z9hG4bKa',
  'Max-Forwards: 70',
  'From: <sip:a@town.example>;tag=1',
  'To: <sip:town.example>',
  'Call-ID: 1',
  'CSeq: 1 OPTIONS',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

/** A browser that opens `/sip` and says one thing; settles with where it came from, or the status of the refusal. */
async function connect(listen: Partial<ListenOptions>, headers: Record<string, string>): Promise<Source | number> {
  const isAllowedOrigin = (origin: string | undefined) => origin === 'https://town.example';
  const transports = createTransports({ host: '127.0.0.1', isAllowedOrigin, ...listen }, systemTimers);
  const heard = Promise.withResolvers<Source | number>();
  for (const transport of transports.all) {
    await transport.start({
      message: (_message, source) => heard.resolve(source),
      unreadable: () => {},
      flowClosed: () => {},
    });
  }
  const server = createServer();
  servers.push(server);
  server.on('upgrade', (request, socket, head) => transports.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = new WebSocket(`ws://127.0.0.1:${port}/sip`, 'sip', { headers });
  browser.on('unexpected-response', (_request, response) => heard.resolve(response.statusCode ?? 0));
  browser.on('error', () => {});
  browser.on('open', () => browser.send(options));
  const result = await heard.promise;
  browser.terminate();
  for (const transport of transports.all) await transport.close();
  return result;
}

describe('a browser at the door', () => {
  const origin = 'https://town.example';

  it('of the right page comes in', async () => {
    expect(await connect({}, { origin })).toMatchObject({ transport: 'ws', address: '127.0.0.1' });
  });

  it.each<Record<string, string>>([{}, { origin: 'https://evil.example' }])(
    'with %o stays outside',
    async (headers) => {
      expect(await connect({}, headers)).toBe(403);
    },
  );

  it('behind our proxy has the address the proxy saw, not one it made up', async () => {
    const headers = { origin, 'x-forwarded-for': '10.9.9.9, 192.0.2.7' };
    expect(await connect({ behindProxy: true }, headers)).toMatchObject({ address: '192.0.2.7' });
    expect(await connect({}, headers)).toMatchObject({ address: '127.0.0.1' });
  });
});

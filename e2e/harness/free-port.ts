import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** `port` itself when it is free for UDP; 0: any. Rejects when it is taken. */
export function freeUdpPort(host = '127.0.0.1', port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(port, host, () => {
      const found = socket.address().port;
      socket.close(() => resolve(found));
    });
  });
}

/** A port that is free for UDP, for TCP, and the next one for TLS: what a softphone takes. */
export async function freeSipPort(): Promise<number> {
  for (;;) {
    const port = await freeUdpPort();
    const both = await Promise.allSettled([freeTcpPort('127.0.0.1', port), freeTcpPort('127.0.0.1', port + 1)]);
    if (both.every(({ status }) => status === 'fulfilled')) return port;
  }
}

/** `port` itself when it is free for TCP; 0: any. Rejects when it is taken. */
export function freeTcpPort(host = '127.0.0.1', port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      const found = address && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(found));
    });
  });
}

/**
 * A port for a house, free for UDP and TCP, the next one for TLS, and below the range that clients' connections take theirs from: it is still
 * free when the house starts again on it.
 */
export async function freeHousePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    const tcp = [freeTcpPort('0.0.0.0', port), freeTcpPort('0.0.0.0', port + 1)];
    const all = await Promise.allSettled([...tcp, freeUdpPort('0.0.0.0', port)]);
    if (all.every(({ status }) => status === 'fulfilled')) return port;
  }
}

import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** A UDP port nobody has right now. */
export function freeUdpPort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(0, host, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
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

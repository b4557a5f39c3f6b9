import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const mostAttempts = 50;

/** A port number that is free for UDP and TCP alike: phones are told one number. Rejects with the system's error. */
export async function freeSipPort(host: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await anyUdpPort(host);
    try {
      await probeTcp(host, port);
      return port;
    } catch (error) {
      if (attempt === mostAttempts) throw error;
    }
  }
}

function anyUdpPort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4').once('error', reject);
    socket.bind(0, host, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

function probeTcp(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

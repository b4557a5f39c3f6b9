import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const mostAttempts = 50;

/** A port number that is free for UDP and TCP on all `hosts`: phones are told one number. Rejects with the system's error. */
export async function freeSipPort(hosts: readonly string[]): Promise<number> {
  const [first = '127.0.0.1', ...others] = hosts;
  for (let attempt = 1; ; attempt += 1) {
    const port = await probeUdp(first, 0);
    try {
      for (const host of others) await probeUdp(host, port);
      for (const host of hosts) await probeTcp(host, port);
      return port;
    } catch (error) {
      if (attempt === mostAttempts) throw error;
    }
  }
}

function probeUdp(host: string, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = host.includes(':') ? createSocket({ type: 'udp6', ipv6Only: true }) : createSocket('udp4');
    socket.once('error', reject);
    socket.bind(wanted, host, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

function probeTcp(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen({ port, host, ipv6Only: host.includes(':') }, () => server.close(() => resolve()));
  });
}

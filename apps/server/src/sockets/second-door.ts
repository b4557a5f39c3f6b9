import { createServer } from 'node:net';
import type { Server as WebServer } from 'node:http';

/**
 * Serves `web` at a second address on the same port: one HTTP server listens once. Resolves with the function that
 * closes the door; rejects with the system's error.
 */
export function openSecondDoor(web: WebServer, host: string, port: number): Promise<() => Promise<void>> {
  const door = createServer((socket) => web.emit('connection', socket));
  return new Promise((resolve, reject) => {
    door.once('error', reject);
    door.listen({ port, host, ipv6Only: host.includes(':') }, () => {
      door.off('error', reject);
      // Out of file descriptors: it accepts again later.
      door.on('error', () => {});
      // Connections are the web server's, and end with it.
      resolve(() => new Promise((closed) => (door.close(), closed())));
    });
  });
}

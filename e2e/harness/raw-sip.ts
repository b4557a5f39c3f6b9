import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

/** Sends bytes as they are over UDP and hands back whatever comes within `patience` ms; undefined: nothing. */
export function sendDatagram(
  bytes: string | Uint8Array,
  target: { readonly host: string; readonly port: number },
  patience = 1000,
  from = '127.0.0.1',
): Promise<string | undefined> {
  const socket = createSocket(from.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    const end = (answer: string | undefined) => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => end(undefined), patience);
    socket.on('message', (answer) => end(answer.toString('utf8')));
    socket.on('error', reject);
    socket.bind(0, from, () => socket.send(bytes, target.port, target.host));
  });
}

/** The same over TCP; resolves when the house closes, answers, or `patience` ms are over. */
export function sendStream(
  bytes: string | Uint8Array,
  target: { readonly host: string; readonly port: number },
  patience = 1000,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(target.port, target.host, () => socket.write(bytes));
    const end = (answer: string | undefined) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end(undefined), patience);
    socket.on('data', (answer) => end(answer.toString('utf8')));
    socket.on('close', () => end(undefined));
    socket.on('error', () => end(undefined));
  });
}

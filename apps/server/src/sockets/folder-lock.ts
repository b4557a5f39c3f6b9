import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * A socket in Linux's abstract namespace is a lock that falls with its process, however that ends. It comes before
 * database and media process: a second server must not even look at those of the first. Undefined: it is taken.
 */
export function takeFolderLock(folder: string): Promise<(() => Promise<void>) | undefined> {
  const mark = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  const holder = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    holder.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    holder.listen(`\0amtsleitung-${mark}`, () => {
      holder.unref();
      resolve(() => new Promise((closed) => holder.close(() => closed())));
    });
  });
}

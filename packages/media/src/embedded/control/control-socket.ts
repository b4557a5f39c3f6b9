import { join } from 'node:path';

/** sun_path of unix(7), without its closing null. */
const maximumPathLength = 107;

/** Path of the control socket. Throws when the system could not bind it. */
export function controlSocket(runtimeFolder: string): string {
  const path = join(runtimeFolder, 'media.sock');
  if (Buffer.byteLength(path) > maximumPathLength)
    throw new Error(`The path of the runtime folder is too long for a socket: ${runtimeFolder}`);
  return path;
}

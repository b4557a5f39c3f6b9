// One value for the contents of files and folders of this checkout: the same value, the same contents.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './node24.mjs';

const isLeftOut = (name) => name === 'dist' || name === 'node_modules' || /\.test\.tsx?$/.test(name);

function* filesUnder(path) {
  if (!statSync(path).isDirectory()) return yield path;
  for (const entry of readdirSync(path).sort()) {
    if (!isLeftOut(entry)) yield* filesUnder(join(path, entry));
  }
}

/** SHA-256 over names and contents; builds, dependencies and tests are left out. */
export function sourceFingerprint(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(join(root, source))) hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

// Builds the web app when its sources changed since the last build.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, node24, root, run } from './node24.mjs';
import { sourceFingerprint } from './source-fingerprint.mjs';

const sources = ['apps/web', 'packages/contract/src', 'package-lock.json'];
const dist = join(root, 'apps/web/dist');
const stamp = join(dist, '.sources');

/** Leaves a current build in apps/web/dist, or ends with one sentence. */
export function ensureWebBuild() {
  const now = sourceFingerprint(sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  process.stderr.write('Einrichten 2/3: Die Oberfläche wird gebaut …\n');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const status = run(node24(), [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps/web'),
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) giveUp('Die Oberfläche konnte nicht gebaut werden: Die Ursache steht über dieser Zeile.');
  writeFileSync(stamp, now);
}

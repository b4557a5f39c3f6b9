// A checkout that the service user may not read (below /root, say) is linked to a place that it may read.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, root } from './node24.mjs';
import { sourceFingerprint } from './source-fingerprint.mjs';

const needed = ['apps', 'packages', 'assets', 'scripts', 'node_modules', 'package.json', 'package-lock.json'];

/** Hard links take no space and no time; on another file system they become copies. */
function linkInto(folder) {
  const from = needed.map((name) => join(root, name));
  for (const how of ['-al', '-a']) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o755 });
    if (spawnSync('cp', [how, ...from, folder], { stdio: 'ignore' }).status === 0) return true;
  }
  return false;
}

/**
 * A place below `home` with this very version, made when it is not there yet. A version that still runs from its own place is
 * never touched.
 */
export function stagedCheckout(home, userName) {
  const staged = join(home, `app-${sourceFingerprint(needed.filter((name) => name !== 'node_modules')).slice(0, 12)}`);
  process.stderr.write(`Der Ordner ist für „${userName}“ nicht lesbar; das Programm läuft aus ${staged}.\n`);
  if (existsSync(staged)) return staged;
  mkdirSync(home, { recursive: true });
  const unfinished = `${staged}.${process.pid}`;
  if (!linkInto(unfinished)) {
    rmSync(unfinished, { recursive: true, force: true });
    giveUp(`Verschieben Sie diesen Ordner nach /opt/amtsleitung: „${userName}“ darf ihn hier nicht lesen.`);
  }
  if (existsSync(staged)) rmSync(unfinished, { recursive: true, force: true });
  else renameSync(unfinished, staged);
  return staged;
}

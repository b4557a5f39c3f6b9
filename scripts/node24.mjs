// Finds the Node the product runs with and makes sure that its dependencies are installed. Runs on the system's Node >= 20.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const say = (line) => process.stderr.write(`${line}\n`);

/** Prints one sentence with the remedy and ends. */
export function giveUp(sentence, exitCode = 1) {
  say(sentence);
  process.exit(exitCode);
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
const stampFile = join(root, 'node_modules', '.amtsleitung-lock');

function installed() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === lockHash();
  const time = (file) => statSync(join(root, file)).mtimeMs;
  return time('node_modules/.package-lock.json') >= time('package-lock.json');
}

/** Installs the locked dependencies when they are missing or of another lock. */
export function ensureDependencies() {
  if (installed()) return;
  say('Einrichten 1/3: Programmteile werden geladen (einmalig, etwa eine Minute) …');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) {
    giveUp(
      'Die Programmteile konnten nicht geladen werden. Prüfen Sie die Verbindung zur npm-Registry und starten Sie erneut.',
    );
  }
  writeFileSync(stampFile, lockHash());
}

/** Path of the pinned Node; falls back to the running one when that is new enough. */
export function node24() {
  for (const arch of ['x64', 'arm64']) {
    const binary = join(root, 'node_modules', `node-linux-${arch}`, 'bin', 'node');
    if (process.arch === arch && existsSync(binary)) return binary;
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return giveUp(
    'Amtsleitung braucht Node 24. Für dieses System liegt es nicht bei: Installieren Sie Node 24 oder neuer und starten Sie erneut.',
  );
}

/** Runs a program with the pinned Node first on PATH; returns its exit status. */
export function run(program, args, options = {}) {
  const bin = join(root, 'node_modules', '.bin');
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...options.env },
  });
  return result.status ?? 1;
}

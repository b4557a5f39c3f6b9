// npm start: sets up what is missing, then runs the server as an unprivileged user. Runs on the system's Node >= 20.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { ensureDependencies, giveUp } from './node24.mjs';

if (process.platform !== 'linux') giveUp('Amtsleitung läuft auf Linux (erprobt: Debian 12).');
if (Number(process.versions.node.split('.')[0]) < 20) giveUp('Zum Einrichten wird Node 20 oder neuer gebraucht.');

ensureDependencies();
const { ensureWebBuild } = await import('./web-build.mjs');
ensureWebBuild();
const { placeForServer } = await import('./service-user.mjs');

const args = process.argv.slice(2);
const { values } = parseArgs({ args, strict: false, options: { data: { type: 'string' } } });
const askedFor = values.data || process.env.AMTSLEITUNG_DATA;
const place = placeForServer(askedFor ? resolve(askedFor) : undefined);

/** What of root's environment the server gets: its own settings, no secrets of other programs. */
const passedOn = /^(?:PATH|LANG|LC_\w+|TZ|TMPDIR|DATABASE_URL|PG\w+|NODE_\w+|AMTSLEITUNG_\w+)$/;
const ofRoot = Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name)));

const server = spawn(place.node, [`${place.checkout}/apps/server/src/main.ts`, ...args, '--data', place.dataFolder], {
  stdio: 'inherit',
  cwd: '/',
  env: place.user ? { ...ofRoot, HOME: place.dataFolder, USER: place.user.name } : process.env,
  ...(place.user && { uid: place.user.uid, gid: place.user.gid }),
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('error', (error) => giveUp(`Der Server konnte nicht gestartet werden: ${error.message}`));
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1)));

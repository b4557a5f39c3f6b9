// The product never runs as root: picks the user it runs as, and a place that user can read.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { giveUp, node24, root } from './node24.mjs';
import { stagedCheckout } from './staged-checkout.mjs';

const serviceName = 'amtsleitung';
export const serviceHome = '/var/lib/amtsleitung';
const say = (line) => process.stderr.write(`${line}\n`);

function passwdEntry(match) {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((text) => text.split(':'))
    .find(match);
  return line && { name: line[0], uid: Number(line[2]), gid: Number(line[3]) };
}

/** Owner of the checkout if that is a person, else the system user `amtsleitung`, created when missing. */
function chooseUser() {
  const owner = statSync(root).uid;
  const existing =
    (owner !== 0 && passwdEntry((fields) => Number(fields[2]) === owner)) ||
    passwdEntry((fields) => fields[0] === serviceName);
  if (existing) return existing;
  say(`Das Systemkonto „${serviceName}“ wird angelegt: Amtsleitung läuft nie als root.`);
  spawnSync('useradd', ['--system', '--home-dir', serviceHome, '--shell', '/usr/sbin/nologin', serviceName], {
    stdio: 'ignore',
  });
  return passwdEntry((fields) => fields[0] === serviceName) ?? passwdEntry((fields) => fields[0] === 'nobody');
}

const mayRead = (user, path) =>
  spawnSync('/bin/sh', ['-c', 'test -r "$0" && test -x "$0"', path], { uid: user.uid, gid: user.gid, cwd: '/' })
    .status === 0;

/** The checkout, or where the user can read it. */
const reachableCheckout = (user) =>
  mayRead(user, root) && mayRead(user, join(root, 'apps')) ? root : stagedCheckout(serviceHome, user.name);

/** Creates the folder one level after the other: says which one fails, and never loops on /proc as `recursive` does. */
function createFolder(folder) {
  if (existsSync(folder)) return;
  createFolder(dirname(folder));
  mkdirSync(folder);
}

const belongsTo = (user, path) => lstatSync(path).uid === user.uid;

/** What a data folder holds. Anything else in it means that it is no data folder. */
const ownEntries =
  /^(backups|database(\.new)?|media|messages|postgresql-.*|run|runtime\.json(\.new)?|spool|tls|lost\+found)$/;

/** Hands a data folder to the user; parents must be reachable. A folder of something else is never given away. */
function handOver(user, folder) {
  const refused = (why) =>
    giveUp(`Der Datenordner ${folder} ist nicht benutzbar (${why}): Wählen Sie mit --data einen anderen.`, 73);
  try {
    if (!existsSync(folder)) {
      createFolder(folder);
      // Numbers, names and voices will lie here.
      chmodSync(folder, 0o750);
    }
    const entries = readdirSync(folder);
    if (![folder, ...entries.map((name) => join(folder, name))].every((path) => belongsTo(user, path))) {
      const foreign = entries.find((name) => !ownEntries.test(name));
      if (foreign) refused(`darin liegt schon „${foreign}“`);
      spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, realpathSync(folder)]);
    }
  } catch (error) {
    refused(error.code ?? error.message);
  }
  if (!mayRead(user, folder)) {
    giveUp(
      `Der Datenordner ${folder} ist für „${user.name}“ nicht erreichbar: Wählen Sie mit --data einen anderen, zum Beispiel ${serviceHome}/data.`,
      73,
    );
  }
}

/**
 * Where and as whom the server runs. `dataFolder` is the asked-for folder or undefined for the default.
 * Not root: everything stays as it is.
 */
export function placeForServer(dataFolder) {
  const wanted = dataFolder ?? join(root, 'data');
  if (process.getuid() !== 0) return { checkout: root, dataFolder: wanted, node: node24() };
  const user = chooseUser();
  const checkout = reachableCheckout(user);
  const data = dataFolder ?? (checkout === root ? wanted : join(serviceHome, 'data'));
  handOver(user, data);
  const node = node24().replace(root, checkout);
  return { checkout, dataFolder: data, node: existsSync(node) ? node : node24(), user };
}

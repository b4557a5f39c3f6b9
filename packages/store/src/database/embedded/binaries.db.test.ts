import { execFile } from 'node:child_process';
import { chmod, cp, readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../../testing/index.ts';
import { findPackage, locateBinaries } from './binaries.ts';
import { chooseServerUser } from './server-user.ts';

let folder: TemporaryFolder;
let installed: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  // As npm leaves it when install scripts are switched off: without the links between libraries.
  installed = join(folder.path, 'installed');
  const from = await findPackage();
  await cp(from, installed, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(await readFile(join(from, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) await rm(join(installed, target), { force: true });
});
afterEach(async () => {
  await chmod(installed, 0o755);
  await folder.remove();
});

const version = async (program: string, user?: { uid: number; gid: number }): Promise<string> =>
  (await promisify(execFile)(program, ['--version'], { cwd: '/', uid: user?.uid, gid: user?.gid })).stdout;

describe('the programs of the server', () => {
  it('get the links between their libraries that the installation left out', async () => {
    const binaries = await locateBinaries(folder.path, undefined, installed);
    expect(binaries.postgres).toBe(join(installed, 'native', 'bin', 'postgres'));
    expect(await version(binaries.postgres)).toContain(`(PostgreSQL) ${binaries.major}`);
    expect(await readlink(join(installed, 'native', 'lib', 'libpq.so.5'))).toMatch(/^libpq\.so\.5\.\d+$/);
  });

  it.runIf(process.getuid?.() === 0)('are copied where the unprivileged user can reach them', async () => {
    await chmod(installed, 0o700);
    const user = await chooseServerUser(join(folder.path, 'database'));
    expect(user?.uid).toBeGreaterThan(0);
    for (let time = 1; time <= 2; time += 1) {
      const binaries = await locateBinaries(folder.path, user, installed);
      expect(binaries.postgres).toMatch(new RegExp(`^${folder.path}/postgresql-`));
      expect(await version(binaries.postgres, user)).toContain('PostgreSQL');
      expect((await stat(binaries.initdb)).mode & 0o001).toBe(1);
    }
  });
});

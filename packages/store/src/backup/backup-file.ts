import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { StoreError } from '../store-error.ts';

/**
 * A backup is gzipped lines, each a letter and its content: `H` header, `T` table with its columns, `R` row of the table
 * before, `F` name of a file, `B` base64 piece of the file before, `E` end with the SHA-256 of every byte before it.
 */
export type BackupLine = { readonly mark: 'H' | 'T' | 'R' | 'F' | 'B' | 'E'; readonly content: string };

export interface BackupHeader {
  readonly format: 1;
  /** Names of the migrations the database has had. */
  readonly schema: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number;
  /** Base64 key of sealed secrets; left out by older versions. */
  readonly key?: string;
}

const longestLine = 64 * 1024 * 1024;

/** Writes the lines and the end line; the file appears under its name only when it is complete and on disk. */
export async function writeBackupFile(path: string, lines: AsyncIterable<BackupLine>): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await rm(unfinished, { force: true });
    const file = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(Readable.from(withEnd(lines)), createGzip(), file);
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (!isFileError(error)) throw error;
    throw new StoreError(
      error.code === 'ENOSPC' ? 'disk-full' : 'backup-not-written',
      `The backup ${path} could not be written (${error.code})`,
      error.code === 'ENOSPC' ? 'free space on that disk' : 'name a file in a folder this user may write to',
      { about: path, cause: error },
    );
  }
}

async function* withEnd(lines: AsyncIterable<BackupLine>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const { mark, content } of lines) {
    const bytes = Buffer.from(`${mark}${content}\n`);
    hash.update(bytes);
    yield bytes;
  }
  yield Buffer.from(`E${hash.digest('hex')}\n`);
}

/** Reads a backup line by line. Throws `StoreError` `damaged` at the first thing that is not as it was written. */
export async function* readBackupFile(path: string): AsyncGenerator<BackupLine> {
  const hash = createHash('sha256');
  let end: string | undefined;
  try {
    for await (const line of linesOf(createReadStream(path).pipe(createGunzip()), path)) {
      if (end !== undefined) throw new Error('lines after the end');
      const mark = String.fromCharCode(line[0] ?? 0) as BackupLine['mark'];
      const content = line.subarray(1).toString();
      if (mark === 'E') end = content;
      else {
        hash.update(line).update('\n');
        yield { mark, content };
      }
    }
    if (end !== hash.digest('hex')) throw new Error('checksum');
  } catch (error) {
    throw error instanceof StoreError || !isDamage(error) ? error : damaged(path, error);
  }
}

/** Reads the whole file once and returns its header. */
export async function verifyBackupFile(path: string): Promise<BackupHeader> {
  await checkReadable(path);
  let header: BackupHeader | undefined;
  for await (const { mark, content } of readBackupFile(path)) {
    if (mark === 'H') header = parseHeader(content, path);
  }
  if (!header) throw damaged(path);
  return header;
}

function parseHeader(content: string, path: string): BackupHeader {
  const header = JSON.parse(content) as { format?: unknown; schema?: unknown };
  if (typeof header.format === 'number' && header.format > 1) {
    throw new StoreError(
      'newer-version',
      `The backup ${path} was made by a newer version`,
      'restore it with that version',
      { about: path },
    );
  }
  if (header.format !== 1 || !Array.isArray(header.schema)) throw damaged(path);
  return header as BackupHeader;
}

async function* linesOf(stream: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a)) {
      yield bytes.subarray(0, end);
      bytes = bytes.subarray(end + 1);
    }
    rest = bytes;
    if (rest.length > longestLine) throw damaged(path);
  }
  if (rest.length > 0) throw damaged(path);
}

async function checkReadable(path: string): Promise<void> {
  try {
    await (await open(path, 'r')).close();
  } catch (error) {
    throw new StoreError(
      'backup-unreadable',
      `The backup ${path} cannot be read`,
      'check its name and that this user may read it',
      { about: path, cause: error },
    );
  }
}

export const damaged = (path: string, cause?: unknown): StoreError =>
  new StoreError('damaged', `The backup ${path} is damaged or incomplete`, 'use another backup; nothing was changed', {
    about: path,
    cause,
  });

/** zlib's errors, a failed parse, and our own findings; not the database's. */
const isDamage = (error: unknown): boolean =>
  !(error instanceof Error) || !/^[0-9A-Z]{5}$/.test((error as { code?: string }).code ?? '');

const isFileError = (error: unknown): error is NodeJS.ErrnoException & { code: string } =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string' && 'code' in error;

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

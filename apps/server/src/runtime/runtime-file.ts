import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processMark } from './process-mark.ts';

/** What a running server tells scripts and the command line about itself; also the one line of `--json`. */
export interface RuntimeInfo {
  readonly pid: number;
  readonly mediaPid?: number;
  readonly http: string;
  readonly sip: {
    readonly host: string;
    readonly udp: number;
    readonly tcp: number;
    /** Undefined: no certificate, no SIP over TLS. */
    readonly tls?: number;
    readonly domain?: string;
  };
  readonly media: { readonly host: string; readonly browserPort: number };
  readonly data: string;
  readonly demo: boolean;
  /** Only of an empty house. */
  readonly setupLink?: string;
  /** Head numbers in E.164, so that `npm run call -- 21-0` finds the whole number. */
  readonly headNumbers: readonly string[];
  /** SIP domains of the towns it serves. */
  readonly sipDomains: readonly string[];
}

const fileIn = (dataFolder: string): string => join(dataFolder, 'runtime.json');

/** The one-time link is a secret and stays out of the file. */
export function writeRuntimeFile(dataFolder: string, info: RuntimeInfo): void {
  const shown: RuntimeInfo = { ...info, setupLink: undefined };
  const content = { ...shown, mark: processMark(info.pid) };
  writeFileSync(`${fileIn(dataFolder)}.new`, JSON.stringify(content), { mode: 0o644 });
  renameSync(`${fileIn(dataFolder)}.new`, fileIn(dataFolder));
}

export function removeRuntimeFile(dataFolder: string): void {
  rmSync(fileIn(dataFolder), { force: true });
}

/** The server running on this data folder, or undefined. */
export function readRuntimeFile(dataFolder: string): RuntimeInfo | undefined {
  try {
    const { mark, ...info } = JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')) as RuntimeInfo & { mark?: string };
    // After a power cut its number may belong to another program.
    return mark !== undefined && mark === processMark(info.pid) ? info : undefined;
  } catch {
    return undefined;
  }
}

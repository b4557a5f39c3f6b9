import { spawn } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MediaSettings } from '../engine-options.ts';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));
/** All of our environment that it gets. It reads what strangers send: secrets such as DATABASE_URL stay here. */
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'NODE_COMPILE_CACHE'];

const maximumLogBytes = 1024 * 1024;

/** Why the media process could not start; `code` is the system's, for example EADDRINUSE. */
export class MediaStartError extends Error {
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.name = 'MediaStartError';
    this.code = code;
  }
}

export interface Launched {
  /** Whether it runs before everything else. */
  readonly priority: boolean;
}

/**
 * Starts the media process in a session of its own, so that neither a signal to the server's group nor its death ends
 * it. Settles when it takes connections. What it cannot tell anybody goes to `media-process.log`.
 */
export function launchMediaProcess(settings: MediaSettings): Promise<Launched> {
  const log = openLog(join(settings.runtimeFolder, 'media-process.log'));
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.includes(name)));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(settings)], {
    cwd: settings.runtimeFolder,
    detached: true,
    env: environment,
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('error', (error) => reject(new MediaStartError(error.message)));
    child.once('close', (code) =>
      reject(new MediaStartError(`media process ended with code ${code} before it was ready`)),
    );
    const output = child.stdout!;
    output.setEncoding('utf8');
    output.on('data', (part: string) => {
      text += part;
      if (!text.includes('\n')) return;
      output.removeAllListeners('data');
      output.destroy();
      child.unref();
      settle(text, resolve, reject);
    });
  });
}

/** Keeps what a process that died has said last, but not for ever. */
function openLog(path: string): number {
  const log = openSync(path, 'a', 0o600);
  if (fstatSync(log).size > maximumLogBytes) ftruncateSync(log);
  return log;
}

interface StartLine {
  readonly ready?: true;
  readonly priority?: boolean;
  readonly failed?: { readonly code?: string; readonly message: string };
}

function settle(text: string, resolve: (launched: Launched) => void, reject: (error: MediaStartError) => void): void {
  try {
    const { failed, priority } = JSON.parse(text.split('\n', 1)[0]!) as StartLine;
    if (failed) reject(new MediaStartError(failed.message, failed.code));
    else resolve({ priority: priority === true });
  } catch {
    reject(new MediaStartError('media process said something unexpected'));
  }
}

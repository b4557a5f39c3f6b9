import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own, readable by the unprivileged user the house drops to. */
export function tempFolder(topic: string): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `amtsleitung-${topic}-`));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

/** The real programs the stories use, and the Debian package each comes with. */
export const realPrograms = {
  chromium: 'chromium',
  sipp: 'sip-tester',
  baresip: 'baresip-core',
  linphonec: 'linphone-cli',
  kamailio: 'kamailio',
  svmap: 'sipvicious',
} as const;
export type RealProgram = keyof typeof realPrograms;

const isThere = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** A story told with real programs: skipped, and said so with their names, where one is missing. */
export function story(title: string, needs: readonly RealProgram[], tell: () => void): void {
  const missing = needs.filter((program) => !isThere(program));
  if (missing.length === 0) {
    describe(title, tell);
    return;
  }
  const names = missing.map((program) => `${program} (Debian package ${realPrograms[program]})`).join(', ');
  process.stderr.write(`skipped: "${title}" needs ${names}\n`);
  describe.skip(`${title} (needs ${names})`, tell);
}

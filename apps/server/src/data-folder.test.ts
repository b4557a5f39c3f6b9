import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimDataFolder } from './data-folder.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'claim-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('belongs to one server at a time, by whatever name it is called', async () => {
  const data = join(folder, 'a', 'data');
  const release = await claimDataFolder(data);
  symlinkSync(data, join(folder, 'other-name'));
  await expect(claimDataFolder(join(folder, 'other-name'))).rejects.toMatchObject({ exitCode: 75 });
  await release();
  await (
    await claimDataFolder(data)
  )();
});

it('that cannot exist is refused, not tried for ever', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(claimDataFolder(join(folder, 'file', 'data'))).rejects.toMatchObject({ exitCode: 73 });
  await expect(claimDataFolder('/proc/amtsleitung')).rejects.toMatchObject({ exitCode: 73 });
});

it('shows nothing of what is in it to others on the machine', async () => {
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o755 });
  await (
    await claimDataFolder(data)
  )();
  expect(statSync(data).mode & 0o777).toBe(0o750);
});

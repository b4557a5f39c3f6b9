import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RuntimeInfo } from './runtime-file.ts';
import { readRuntimeFile, removeRuntimeFile, writeRuntimeFile } from './runtime-file.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'runtime-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const info: RuntimeInfo = {
  pid: process.pid,
  http: 'http://127.0.0.1:8080',
  sip: { host: '127.0.0.1', udp: 5060, tcp: 5060 },
  media: { host: '127.0.0.1', browserPort: 40000 },
  data: '/srv',
  demo: true,
  setupLink: 'http://127.0.0.1:8080/setup?token=secret',
  headNumbers: ['+49499921'],
  sipDomains: ['musterstadt.example'],
};

it('tells of a living server, without the one-time link', () => {
  writeRuntimeFile(folder, info);
  expect(readRuntimeFile(folder)).toEqual({ ...info, setupLink: undefined });
});

it('says nothing of a dead server, a removed or a damaged file', () => {
  writeRuntimeFile(folder, { ...info, pid: 2 ** 22 + 1 });
  expect(readRuntimeFile(folder)).toBeUndefined();
  removeRuntimeFile(folder);
  expect(readRuntimeFile(folder)).toBeUndefined();
  writeFileSync(join(folder, 'runtime.json'), JSON.stringify({ ...info, mark: 'another boot 4711' }));
  expect(readRuntimeFile(folder)).toBeUndefined();
  writeFileSync(join(folder, 'runtime.json'), '{"pid":');
  expect(readRuntimeFile(folder)).toBeUndefined();
});

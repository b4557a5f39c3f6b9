import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer, type TestStore } from '../testing/index.ts';

const page = new URL('../../../../docs/operations/privacy.md', import.meta.url);

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await TestServer.start();
  store = await server.openStore();
});
afterAll(async () => {
  await store.discard();
  await server.stop();
});

it('what the data-protection officer reads is what the job goes by', async () => {
  const rows = (await readFile(page, 'utf8'))
    .split('\n')
    .filter((line) => /^\| [a-z-]+ \| .+ \| (?:\d+|–) \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const written = rows.map(([, name, purpose, days]) => [name, purpose, days === '–' ? null : Number(days)]);
  const classes = await store.database.query.selectFrom('dataClass').selectAll().execute();
  expect(written).toEqual(classes.map(({ name, purpose, retentionDays }) => [name, purpose, retentionDays]));
  for (const { name, tables } of classes.filter((one) => one.tables.length > 0)) {
    expect(rows.find((row) => row[1] === name)?.[4]).toBe(tables.join(', '));
  }
});

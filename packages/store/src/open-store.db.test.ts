import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from './testing/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

describe('a fresh store', () => {
  it('has no town', async () => {
    const store = await server.openStore();
    expect(await store.directory.loadAll()).toEqual([]);
    await store.discard();
  });
});

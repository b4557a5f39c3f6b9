import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@amtsleitung/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TonePeer } from '../testing/index.ts';
import { EmbeddedEngine } from './embedded-engine.ts';

let folder: string;
let engine: EmbeddedEngine;
const peers: TonePeer[] = [];

async function peer(says: number, address: string): Promise<TonePeer> {
  const opened = await TonePeer.open({ says, listensFor: [440, 850], address });
  peers.push(opened);
  return opened;
}

async function start(secondAddress?: string): Promise<void> {
  engine = await EmbeddedEngine.start({
    runtimeFolder: join(folder, 'run'),
    bindAddress: '127.0.0.1',
    ...(secondAddress === undefined ? {} : { secondAddress }),
    mediaPort: 0,
    logger: silentLogger,
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ipv6-'));
  await start('::1');
}, 30_000);

afterAll(async () => {
  for (const opened of peers) opened.close();
  await engine.shutDown();
  await rm(folder, { recursive: true });
});

describe('a house with IPv6 and IPv4', { timeout: 20_000 }, () => {
  it('lets a telephone of each hear the other', async () => {
    const [old, modern] = [await peer(440, '127.0.0.1'), await peer(850, '::1')];
    const answer = await engine.answer('old', 'plain', old.sdp());
    expect(answer).toContain('c=IN IP4 127.0.0.1');
    old.talkTo(answer);
    const offer = await engine.offer('modern', 'plain', { signallingAddress: '::1' });
    expect(offer).toContain('c=IN IP6 ::1');
    await engine.accept('modern', modern.sdp());
    modern.talkTo(await engine.describe('modern'));
    await engine.bridge('old', 'modern');
    await Promise.all([old.hears(850), modern.hears(440)]);
  });

  it('refuses media of a version it does not speak', async () => {
    await engine.shutDown();
    await start();
    const modern = await peer(850, '::1');
    await expect(engine.answer('deaf', 'plain', modern.sdp())).rejects.toMatchObject({ sipStatus: 488 });
    expect(await engine.list()).toEqual([]);
  });
});

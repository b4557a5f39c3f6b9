import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '@amtsleitung/base';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TonePeer, type TonePeerOptions } from '../testing/index.ts';
import { EmbeddedEngine } from './embedded-engine.ts';

const required = { srtp: 'required' } as const;
const strong = 'AES_CM_128_HMAC_SHA1_80';
const short = 'AES_CM_128_HMAC_SHA1_32';

let folder: string;
let engine: EmbeddedEngine;
const peers: TonePeer[] = [];
const logged: string[] = [];
const shown: string[] = [];
let nextLeg = 0;

const line = (message: string, fields?: object): void => void logged.push(`${message} ${JSON.stringify(fields)}`);
const logger: Logger = { debug: line, info: line, warn: line, error: line, child: () => logger };
const newLeg = (): string => `secure-${++nextLeg}`;

async function peer(says: number, options: Partial<TonePeerOptions> = {}): Promise<TonePeer> {
  const opened = await TonePeer.open({ says, listensFor: [440, 850], ...options });
  peers.push(opened);
  return opened;
}

/** A call from outside that we have answered. */
async function answered(from: TonePeer, options = {}): Promise<string> {
  const leg = newLeg();
  const answer = await engine.answer(leg, 'plain', from.sdp(), options);
  shown.push(from.sdp(), answer);
  from.talkTo(answer);
  return leg;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secure-'));
  engine = await EmbeddedEngine.start({
    runtimeFolder: join(folder, 'run'),
    bindAddress: '127.0.0.1',
    mediaPort: 0,
    logger,
  });
}, 30_000);

afterEach(async () => {
  for (const leg of await engine.list()) await engine.close(leg);
  for (const opened of peers.splice(0)) opened.close();
});

afterAll(async () => {
  await engine.shutDown();
  await rm(folder, { recursive: true });
});

describe('a plain leg with SRTP', { timeout: 20_000 }, () => {
  it.each([strong, short] as const)('is heard and hears with %s, beside one in clear', async (srtp) => {
    const [provider, agent] = [await peer(440, { srtp }), await peer(850)];
    const [left, right] = [await answered(provider, required), await answered(agent)];
    await engine.bridge(left, right);
    await Promise.all([provider.hears(850), agent.hears(440)]);
  });

  it.each([strong, short] as const)('offers, takes the answer with %s, in a 183 and again in the 200', async (srtp) => {
    const [provider, agent] = [await peer(440, { srtp }), await peer(850)];
    const [left, right] = [newLeg(), await answered(agent)];
    const offer = await engine.offer(left, 'plain', required);
    expect(offer).toMatch(/m=audio \d+ RTP\/SAVP /);
    provider.talkTo(offer);
    await engine.accept(left, provider.sdp());
    await engine.bridge(left, right);
    await Promise.all([provider.hears(850), agent.hears(440)]);
    await engine.accept(left, provider.sdp());
    await Promise.all([provider.hears(850), agent.hears(440)]);
  });

  it('keeps its key and its counters through hold and resume, and follows a new key of the far side', async () => {
    const [provider, agent] = [await peer(440, { srtp: strong }), await peer(850)];
    const [left, right] = [await answered(provider, required), await answered(agent)];
    await engine.bridge(left, right);
    await provider.hears(850);
    const before = cryptoOf(await engine.describe(left));
    const held = await engine.renegotiate(left, provider.sdp('sendonly'));
    expect(cryptoOf(held.answerSdp)).toEqual(before);
    provider.talkTo((await engine.renegotiate(left, provider.sdp())).answerSdp);
    await Promise.all([provider.hears(850), agent.hears(440)]);
    provider.changeKey();
    const renewed = await engine.renegotiate(left, provider.sdp());
    expect(cryptoOf(renewed.answerSdp)).toEqual(before);
    await Promise.all([provider.hears(850), agent.hears(440)]);
  });

  it('is refused with 488 when the far side offers or answers without keys, and nothing is sent in clear', async () => {
    const clear = await peer(440);
    await expect(engine.answer(newLeg(), 'plain', clear.sdp(), required)).rejects.toMatchObject({ sipStatus: 488 });
    const leg = newLeg();
    const offer = await engine.offer(leg, 'plain', required);
    await expect(engine.accept(leg, clear.sdp())).rejects.toMatchObject({ sipStatus: 488 });
    const wrongTag = (await peer(440, { srtp: strong })).sdp().replace('a=crypto:1 ', 'a=crypto:5 ');
    await expect(engine.accept(leg, wrongTag)).rejects.toMatchObject({ sipStatus: 488 });
    clear.talkTo(offer);
    expect((await engine.stats(leg)).packetsIn).toBe(0);
    const keyed = await peer(440, { srtp: strong });
    await expect(engine.answer(newLeg(), 'plain', keyed.sdp())).rejects.toMatchObject({ sipStatus: 488 });
    expect(clear.packets).toEqual([]);
  });

  it('asks for encryption up to the provider’s edge in offers, where that is wanted', async () => {
    const offer = await engine.offer(newLeg(), 'plain', { ...required, mediasec: true });
    expect(offer).toContain('\r\na=3ge2ae:requested\r\n');
    expect(await engine.offer(newLeg(), 'plain', required)).not.toContain('3ge2ae');
  });

  it('takes nothing that is not encrypted with the agreed key', async () => {
    const provider = await peer(440, { srtp: strong });
    const leg = await answered(provider, required);
    await provider.hears('silence');
    provider.changeKey();
    const before = (await engine.stats(leg)).packetsIn;
    for (let heard = 0; heard < 20; heard++) await provider.nextPacket();
    // What was on its way when the key changed may still come in.
    expect((await engine.stats(leg)).packetsIn).toBeLessThan(before + 5);
  });

  it('leaves no key in a log', async () => {
    const keys = shown.flatMap((sdp) => sdp.match(/(?<=inline:)[A-Za-z0-9+/]{40}/g) ?? []);
    expect(keys.length).toBeGreaterThan(4);
    const text = `${logged.join('\n')}${await readFile(join(folder, 'run/media-process.log'), 'utf8')}`;
    for (const key of keys) expect(text).not.toContain(key);
  });
});

const cryptoOf = (sdp: string): string | undefined => /inline:\S+/.exec(sdp)?.[0];

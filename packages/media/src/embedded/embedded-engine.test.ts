import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@amtsleitung/base';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ToneDetector } from '../audio/tone-detector.ts';
import { generateTone } from '../audio/tone.ts';
import { parseWav, printWav } from '../audio/wav.ts';
import type { MediaEvent } from '../engine/media-engine.ts';
import { TonePeer, type TonePeerOptions } from '../testing/index.ts';
import { EmbeddedEngine } from './embedded-engine.ts';

const tones = [440, 620, 850, 1100, 1500];
const [citizenTone, agentTone, musicTone, promptTone] = tones as [number, number, number, number, number];

let folder: string;
let engine: EmbeddedEngine;
let events: MediaEvent[];
let listeners: (() => void)[];
let peers: TonePeer[];
let nextLeg = 0;

const newLeg = (): string => `leg-${++nextLeg}`;

async function peer(says: number, options: Partial<TonePeerOptions> = {}): Promise<TonePeer> {
  const opened = await TonePeer.open({ says, listensFor: tones, ...options });
  peers.push(opened);
  return opened;
}

/** A call from outside that we have answered. */
async function answered(from: TonePeer): Promise<string> {
  const leg = newLeg();
  from.talkTo(await engine.answer(leg, 'plain', from.sdp()));
  return leg;
}

async function event<Kind extends MediaEvent['kind']>(
  kind: Kind,
  leg: string,
  nth = 1,
): Promise<MediaEvent & { kind: Kind }> {
  for (;;) {
    const found = events.filter((candidate) => candidate.kind === kind && candidate.leg === leg)[nth - 1];
    if (found) return found as MediaEvent & { kind: Kind };
    await new Promise<void>((resolve) => listeners.push(resolve));
  }
}

const wav = async (name: string, samples: Int16Array): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, printWav(samples));
  return file;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-'));
  events = [];
  listeners = [];
  engine = await EmbeddedEngine.start({
    runtimeFolder: join(folder, 'run'),
    bindAddress: '127.0.0.1',
    mediaPort: 0,
    logger: silentLogger,
  });
  engine.onEvent((one) => {
    events.push(one);
    for (const wake of listeners.splice(0)) wake();
  });
  peers = [];
}, 30_000);

afterEach(async () => {
  for (const leg of await engine.list()) await engine.close(leg);
  for (const opened of peers.splice(0)) opened.close();
});

afterAll(async () => {
  await engine.shutDown();
  await rm(folder, { recursive: true });
});

describe('the embedded engine', { timeout: 20_000 }, () => {
  it('lets two telephones hear each other, across codecs', async () => {
    const [citizen, agent] = [await peer(citizenTone), await peer(agentTone, { codec: 'PCMU' })];
    const left = await answered(citizen);
    const right = newLeg();
    await engine.offer(right, 'plain');
    await engine.accept(right, agent.sdp());
    agent.talkTo(await engine.describe(right));
    await engine.bridge(left, right);
    await Promise.all([citizen.hears(agentTone), agent.hears(citizenTone)]);
    await event('connected', left);
    expect(await engine.stats(left)).toMatchObject({ codec: 'PCMA', packetsLost: 0 });
    expect(await engine.stats(right)).toMatchObject({ codec: 'PCMU', packetsLost: 0 });
  });

  it('plays music to a held caller and silence to the one who holds', async () => {
    const [citizen, agent] = [await peer(citizenTone), await peer(agentTone)];
    const [left, right] = [await answered(citizen), await answered(agent)];
    const music = await wav('music.wav', generateTone([musicTone], 400, -12, 0));
    await engine.bridge(left, right);
    await citizen.hears(agentTone);
    await engine.park(right);
    await engine.play(left, 'hold', [{ file: music }], true);
    await Promise.all([citizen.hears(musicTone), agent.hears('silence')]);
    await engine.bridge(left, right);
    await Promise.all([citizen.hears(agentTone), agent.hears(citizenTone)]);
  });

  it('plays a list to its end, says so, and goes on with silence in the same stream', async () => {
    const citizen = await peer(citizenTone);
    const leg = await answered(citizen);
    const prompt = await wav('prompt.wav', generateTone([promptTone], 500));
    await engine.play(leg, 'greeting', [{ silenceMilliseconds: 100 }, { file: prompt }], false);
    await citizen.hears(promptTone);
    await event('playback-ended', leg);
    await citizen.hears('silence');
    const sources = new Set(citizen.packets.map(({ ssrc }) => ssrc));
    expect(sources.size).toBe(1);
    for (const [at, packet] of citizen.packets.slice(1).entries()) {
      const before = citizen.packets[at]!;
      expect((packet.sequence - before.sequence) & 0xffff).toBe(1);
      // A machine too busy to send leaves frames out; time goes on all the same.
      expect(((packet.timestamp - before.timestamp) >>> 0) % 160).toBe(0);
      expect((packet.timestamp - before.timestamp) | 0).toBeGreaterThan(0);
    }
  });

  it('records what the far side says', async () => {
    const citizen = await peer(citizenTone);
    const leg = await answered(citizen);
    const file = join(folder, 'message.wav');
    await event('connected', leg);
    await engine.record(leg, 'message-1', file, { maxMilliseconds: 600 });
    const ended = await event('recording-ended', leg);
    expect(ended).toMatchObject({ recordingId: 'message-1', file });
    expect(Math.abs(ended.milliseconds - 600)).toBeLessThanOrEqual(20);
    const samples = parseWav(await readFile(file));
    expect(samples.length).toBe(ended.milliseconds * 8);
    const heard = new ToneDetector(tones).push(samples);
    expect(heard.filter((sound) => sound === citizenTone).length).toBeGreaterThanOrEqual(4);
  });

  it('completes a recording when the leg is closed', async () => {
    const citizen = await peer(citizenTone);
    const leg = await answered(citizen);
    const file = join(folder, 'closed.wav');
    await event('connected', leg);
    await engine.record(leg, 'message-2', file, { maxMilliseconds: 60_000 });
    const counted = (await engine.stats(leg)).packetsIn;
    while ((await engine.stats(leg)).packetsIn < counted + 10) await citizen.nextPacket();
    await engine.close(leg);
    expect((await event('recording-ended', leg)).milliseconds).toBeGreaterThan(100);
    expect(parseWav(await readFile(file)).length).toBeGreaterThan(800);
  });

  it('tells which keys were pressed, and presses keys', async () => {
    const [citizen, agent] = [await peer(citizenTone), await peer(agentTone)];
    const [left, right] = [await answered(citizen), await answered(agent)];
    await engine.bridge(left, right);
    await agent.hears(citizenTone);
    citizen.press('15#');
    await event('digit', left, 3);
    expect(events.flatMap((one) => (one.kind === 'digit' && one.leg === left ? [one.digit] : [])).join('')).toBe('15#');
    await agent.hears(citizenTone);
    expect(agent.digits).toEqual([]);
    await engine.sendDigits(right, '09');
    while (agent.digits.length < 2) await agent.nextPacket();
    expect(agent.digits.join('')).toBe('09');
    await agent.hears(citizenTone);
    expect(citizen.digits).toEqual([]);
    await expect(engine.sendDigits(right, 'x')).rejects.toMatchObject({ sipStatus: 400 });
  });

  it('sends nothing to a stranger and takes nothing from one', async () => {
    const [citizen, agent] = [await peer(citizenTone), await peer(agentTone)];
    const [left, right] = [await answered(citizen), await answered(agent)];
    await engine.bridge(left, right);
    await agent.hears(citizenTone);
    const [near, far] = [await peer(musicTone), await peer(musicTone, { address: '127.0.0.9' })];
    for (const stranger of [near, far]) stranger.talkTo(await engine.describe(left));
    const before = (await engine.stats(left)).packetsIn;
    while ((await engine.stats(left)).packetsIn < before + 50) await citizen.nextPacket();
    await agent.hears(citizenTone);
    expect([...near.packets, ...far.packets]).toEqual([]);
  });

  it('keeps its port in a re-INVITE, understands every form of hold and says nothing meanwhile', async () => {
    const citizen = await peer(citizenTone);
    const leg = newLeg();
    const first = await engine.answer(leg, 'plain', citizen.sdp());
    citizen.talkTo(first);
    await citizen.hears('silence');
    const port = /m=audio (\d+)/.exec(first)![1];
    const held = await engine.renegotiate(leg, citizen.sdp('sendonly'));
    expect(held.remoteDirection).toBe('sendonly');
    expect(held.answerSdp).toContain(`m=audio ${port} `);
    expect(held.answerSdp).toContain('a=recvonly');
    const old = await engine.renegotiate(leg, citizen.sdp('sendrecv', '0.0.0.0'));
    expect(old.remoteDirection).toBe('inactive');
    expect(old.answerSdp).toContain('a=inactive');
    const out = (await engine.stats(leg)).packetsOut;
    const before = (await engine.stats(leg)).packetsIn;
    await vi.waitFor(async () => expect((await engine.stats(leg)).packetsIn).toBeGreaterThan(before + 10));
    expect((await engine.stats(leg)).packetsOut).toBe(out);
    const back = await engine.renegotiate(leg, citizen.sdp());
    expect(back.remoteDirection).toBe('sendrecv');
    await citizen.hears('silence');
    await expect(
      engine.renegotiate(leg, citizen.sdp().replace('m=audio', 'm=image').replace('RTP/AVP', 'udptl')),
    ).rejects.toMatchObject({ sipStatus: 488 });
    await citizen.hears('silence');
  });

  it('refuses what it cannot do and forgets what is gone', async () => {
    const citizen = await peer(citizenTone);
    await expect(engine.answer(newLeg(), 'plain', 'hello')).rejects.toMatchObject({ sipStatus: 400 });
    await expect(engine.answer(newLeg(), 'browser', citizen.sdp())).rejects.toMatchObject({ sipStatus: 488 });
    const leg = await answered(citizen);
    await expect(engine.answer(leg, 'plain', citizen.sdp())).rejects.toMatchObject({ sipStatus: 400 });
    await expect(engine.play(leg, 'x', [{ file: join(folder, 'none.wav') }], false)).rejects.toMatchObject({
      sipStatus: 500,
    });
    await expect(
      engine.record(leg, 'x', join(folder, 'no/such/folder.wav'), { maxMilliseconds: 1000 }),
    ).rejects.toMatchObject({
      sipStatus: 500,
    });
    await engine.close(leg);
    await engine.close(leg);
    await engine.stop(leg);
    await expect(engine.park(leg)).rejects.toMatchObject({ sipStatus: 400 });
    expect(await engine.list()).toEqual([]);
  });
});

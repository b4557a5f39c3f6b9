import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@amtsleitung/base';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { generateTone } from '../audio/tone.ts';
import { printWav } from '../audio/wav.ts';
import type { MediaEvent } from '../engine/media-engine.ts';
import { TonePeer } from '../testing/index.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import type { EmbeddedEngineOptions } from './engine-options.ts';

const [citizenTone, agentTone, apologyTone] = [440, 620, 1100];
const listensFor = [citizenTone, agentTone, apologyTone];

describe('the media process', { timeout: 20_000 }, () => {
  let folder: string;
  let engines: EmbeddedEngine[];
  let citizen: TonePeer;

  const start = async (options: Partial<EmbeddedEngineOptions> = {}): Promise<EmbeddedEngine> => {
    const engine = await EmbeddedEngine.start({
      runtimeFolder: join(folder, 'run'),
      bindAddress: '127.0.0.1',
      mediaPort: 0,
      logger: silentLogger,
      ...options,
    });
    engines.push(engine);
    return engine;
  };

  const nextEvent = (engine: EmbeddedEngine, wanted: MediaEvent['kind']): Promise<MediaEvent> =>
    new Promise((resolve) => {
      const stop = engine.onEvent((event) => {
        if (event.kind !== wanted) return;
        stop();
        resolve(event);
      });
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'media-'));
    engines = [];
    citizen = await TonePeer.open({ says: citizenTone, listensFor });
  });

  afterEach(async () => {
    citizen.close();
    for (const engine of engines) await engine.shutDown();
    await rm(folder, { recursive: true });
  });

  it('goes on with its calls while the server is away, and is adopted by the next one', async () => {
    const agent = await TonePeer.open({ says: agentTone, listensFor });
    const first = await start();
    citizen.talkTo(await first.answer('left', 'plain', citizen.sdp()));
    agent.talkTo(await first.answer('right', 'plain', agent.sdp()));
    await first.bridge('left', 'right');
    await citizen.hears(agentTone);
    first.detach();
    await citizen.hears(agentTone);
    const second = await start();
    expect(second.pid).toBe(first.pid);
    expect([...(await second.list())].sort()).toEqual(['left', 'right']);
    const digit = nextEvent(second, 'digit');
    await second.describe('left');
    citizen.press('7');
    expect(await digit).toMatchObject({ leg: 'left', digit: '7' });
    agent.close();
  });

  it('apologises to legs that nobody claims, closes them, and ends when there is nothing left to do', async () => {
    const apologyFile = join(folder, 'sorry.wav');
    await writeFile(apologyFile, printWav(generateTone([apologyTone], 600)));
    const options = { apologyFile, claimMilliseconds: 200, idleMilliseconds: 300 };
    const first = await start(options);
    citizen.talkTo(await first.answer('left', 'plain', citizen.sdp()));
    await citizen.hears('silence');
    first.detach();
    await citizen.hears(apologyTone);
    const second = await start(options);
    while ((await second.list()).length > 0) await citizen.nextPacket();
    second.detach();
    // The process is gone when another finds nobody to adopt.
    await vi.waitFor(() => expect(isAlive(first.pid)).toBe(false), { timeout: 10_000 });
    const third = await start(options);
    expect(third.pid).not.toBe(first.pid);
  });

  it('tells that its calls are lost when it dies, and takes new ones at once', async () => {
    const engine = await start();
    citizen.talkTo(await engine.answer('left', 'plain', citizen.sdp()));
    await citizen.hears('silence');
    const before = engine.pid;
    const lost = nextEvent(engine, 'lost');
    const killed = performance.now();
    process.kill(before, 'SIGKILL');
    expect(await lost).toEqual({ kind: 'lost', leg: 'left', reason: 'engine' });
    citizen.talkTo(await engine.answer('again', 'plain', citizen.sdp()));
    await citizen.hears('silence');
    expect(performance.now() - killed).toBeLessThan(3000);
    expect(engine.pid).not.toBe(before);
    expect(await engine.list()).toEqual(['again']);
  });

  it('ends with a clean stop and leaves no socket behind', async () => {
    const engine = await start();
    await engine.answer('left', 'plain', citizen.sdp());
    await engine.shutDown();
    expect(isAlive(engine.pid)).toBe(false);
    expect(existsSync(join(folder, 'run', 'media.sock'))).toBe(false);
    await expect(engine.list()).rejects.toMatchObject({ sipStatus: 503 });
  });

  it('is replaced when it was started with other settings', async () => {
    const first = await start();
    first.detach();
    const second = await start({ maximumLegs: 1 });
    expect(second.pid).not.toBe(first.pid);
    expect(isAlive(first.pid)).toBe(false);
    await second.answer('left', 'plain', citizen.sdp());
    await expect(second.answer('right', 'plain', citizen.sdp())).rejects.toMatchObject({ sipStatus: 503 });
  });

  it('notices a far side that falls silent', async () => {
    const engine = await start({ silentMilliseconds: 300 });
    citizen.talkTo(await engine.answer('gone', 'plain', citizen.sdp()));
    await citizen.hears('silence');
    const lost = nextEvent(engine, 'lost');
    citizen.mute(true);
    expect(await lost).toEqual({ kind: 'lost', leg: 'gone', reason: 'silent' });
  });

  it('says what it cannot bind to', async () => {
    await expect(start({ bindAddress: 'localhost' })).rejects.toThrow('IPv4');
  });

  it('says which port is taken', async () => {
    const other = createSocket('udp4');
    await new Promise<void>((resolve) => other.bind(0, '127.0.0.1', resolve));
    await expect(start({ mediaPort: other.address().port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    other.close();
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, systemClock, systemRandom, systemTimers } from '@amtsleitung/base';
import type { LegEvent } from '@amtsleitung/domain';
import { EmbeddedEngine } from '@amtsleitung/media';
import { sineSource, TestPhone, TestTrunk } from '@amtsleitung/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSoftswitch } from '../create-softswitch.ts';
import type { Softswitch } from '../softswitch.ts';
import { MemoryRegistrationStore, TestDirectory, domain, trunk } from '../testing/index.ts';

const opened: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const closing = <Thing extends { close(): Promise<void> }>(thing: Thing): Thing => {
  opened.push(() => thing.close());
  return thing;
};

/** The house on real sockets with the real media process; a provider at 127.0.0.2 and Mira's registered desk phone. */
async function open(transport: 'udp' | 'tcp') {
  const dataFolder = await mkdtemp(join(tmpdir(), 'softswitch-'));
  opened.push(() => rm(dataFolder, { recursive: true, force: true }));
  const engine = await EmbeddedEngine.start({
    runtimeFolder: join(dataFolder, 'run'),
    bindAddress: '127.0.0.1',
    mediaPort: 0,
    logger: silentLogger,
  });
  opened.push(() => engine.shutDown());
  const directory = new TestDirectory();
  const house = createSoftswitch({
    listen: { host: '127.0.0.1', udpPort: 0, tcpPort: 0, isAllowedOrigin: () => true },
    media: engine,
    directory,
    registrationStore: new MemoryRegistrationStore(),
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    logger: silentLogger,
    assetsFolder: join(import.meta.dirname, '../../../../assets'),
    dataFolder,
  });
  const events: LegEvent[] = [];
  house.onLegEvent((event) => events.push(event));
  const { udp, tcp } = await house.start();
  closing(house);
  const server = { host: '127.0.0.1', udp: udp!, tcp: tcp! };
  const provider = closing(await TestTrunk.open({ server, transport, says: () => sineSource(641) }));
  const address = { host: '127.0.0.2', port: provider.port, transport, sourceAddresses: ['127.0.0.2'] };
  directory.replace({ trunks: [{ ...trunk, ...address }] });
  const account = { user: 'mira-desk', password: 'mira-desk-secret', domain };
  const phone = closing(await TestPhone.open({ server, transport, account, says: () => sineSource(905) }));
  await phone.mustRegister();
  return { house, events, engine, provider, phone, dataFolder };
}

/** What the domain would do: every caller gets Mira. */
function connectToMira(house: Softswitch): void {
  const callers = new Map<string, string>();
  house.onLegEvent((event) => {
    if (event.kind === 'incoming') {
      house.calls.answer(event.leg);
      house.calls.play(event.leg, 'music', [{ kind: 'music' }], true);
      callers.set(`to-${event.leg}`, event.leg);
      const options = { caller: event.caller, ringMilliseconds: 20_000, callId: 'call' };
      house.calls.dial(`to-${event.leg}`, { kind: 'person', personId: 'mira' }, options);
    }
    const caller = callers.get(event.leg);
    if (event.kind === 'answered' && caller) house.calls.bridge(caller, event.leg);
  });
}

describe.each(['udp', 'tcp'] as const)('with the real media engine over %s', (transport) => {
  it('a citizen hears music, then the colleague, and both are heard', { timeout: 30_000 }, async () => {
    const { house, engine, provider, phone } = await open(transport);
    connectToMira(house);
    const citizen = await provider.call('+49499921120', { from: '+491713920001' });
    await citizen.untilAnswered();
    await citizen.rtp.ear.untilHearsSomething([905]);
    const desk = await phone.untilCalled();
    desk.answer();
    await Promise.all([citizen.rtp.untilHears(905), desk.rtp.untilHears(641)]);
    await desk.hold('sendonly');
    await desk.resume();
    await Promise.all([citizen.rtp.untilHears(905), desk.rtp.untilHears(641)]);
    citizen.hangUp();
    await citizen.untilEnded();
    await vi.waitFor(async () => expect(await engine.list()).toHaveLength(1));
  });

  it('a message is recorded to its file and told before the end', { timeout: 30_000 }, async () => {
    const { house, events, engine, provider, dataFolder } = await open(transport);
    house.onLegEvent((event) => {
      if (event.kind === 'incoming') house.calls.answer(event.leg);
      if (event.kind === 'answered')
        house.calls.record(event.leg, 'message-1', { maxMilliseconds: 60_000, silentMilliseconds: 8_000 });
    });
    const citizen = await provider.call('+49499921120', { from: '+491713920001' });
    await citizen.untilAnswered();
    const file = join(dataFolder, 'messages/town/message-1.wav');
    await vi.waitFor(async () => expect((await stat(`${file}.part`)).size).toBeGreaterThan(1_000), 5_000);
    citizen.hangUp();
    await vi.waitFor(() =>
      expect(events.map((event) => event.kind)).toEqual(['incoming', 'answered', 'recording-ended', 'ended']),
    );
    expect(events[2]).toMatchObject({ recordingId: 'message-1', file: 'messages/town/message-1.wav' });
    expect((await stat(file)).size).toBeGreaterThan(1_000);
    expect(await engine.list()).toEqual([]);
  });
});

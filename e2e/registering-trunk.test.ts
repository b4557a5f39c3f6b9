import { afterAll, beforeAll, expect, it } from 'vitest';
import { adminRoutes } from '@amtsleitung/contract';
import type { TrunkInput, TrunkStateView } from '@amtsleitung/contract';
import { RtpTonePeer, sineSource, TestTrunk } from '@amtsleitung/simulator';
import { onTestFinished } from 'vitest';
import { House } from './harness/house.ts';
import { Kamailio, providerDomain } from './harness/kamailio.ts';
import type { LiveClient } from './harness/live-client.ts';
import { numberIn, shapeOfRequest } from './harness/message-shape.ts';
import { story } from './harness/programs.ts';
import { Sipp } from './harness/sipp.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, pointTrunk, town, watch } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'registering-trunk' });
});
afterAll(() => house.tearDown());

const account = { user: '+49199100200300', password: 'Rufnummernblock-1' };
const mobile = '01713920050';
const mobileE164 = '+491713920050';

/** The world behind the provider: takes the house's calls. */
async function citizens(host: string): Promise<TestTrunk> {
  const says = () => sineSource(tones.citizen);
  const trunk = await TestTrunk.open({ server: house.address.sip, host, whenCalled: 'ring', says });
  onTestFinished(() => trunk.close());
  return trunk;
}

/** The demo trunk registers its number block at a provider of its own. */
async function registeredHouse(transport: 'udp' | 'tcp' = 'udp') {
  const outside = await citizens('127.0.0.2');
  const provider = await Kamailio.start({
    host: '127.0.0.20',
    account,
    block: town.head,
    gateway: { host: outside.host, port: outside.port },
  });
  const live = await watch(await house.signIn(town.admin));
  const { trunk, settings } = await demoTrunk();
  await pointTrunk(house, {
    host: providerDomain,
    port: undefined,
    transport,
    username: account.user,
    password: account.password,
    sourceAddresses: [],
    settings: {
      ...settings,
      registerSeconds: 120,
      optionsSeconds: 5,
      outboundProxy: provider.address,
      dialledFrom: ['request-uri', 'to'],
    },
  } as Partial<TrunkInput>);
  await stateOf(
    live,
    trunk.id,
    ({ status, server }) => status === 'up' && server === `${transport} ${provider.address}`,
  );
  return { outside, provider, live, trunk };
}

async function demoTrunk() {
  const admin = await house.signIn(town.admin);
  const { trunks } = await admin.call(adminRoutes.overview);
  return { trunk: trunks[0]!, settings: trunks[0]!.settings };
}

async function stateOf(
  live: LiveClient,
  trunkId: string,
  holds: (state: TrunkStateView) => boolean,
  timeout = 20_000,
): Promise<TrunkStateView> {
  const isIt = (state: TrunkStateView) => state.trunkId === trunkId && holds(state);
  return (await live.until('trunks', (states) => states.some(isIt), timeout)).find(isIt)!;
}

story('a number block registered at a provider', ['kamailio', 'sipp'], () => {
  it('brings citizens in and lets calls out, and shows nothing of the house', async () => {
    const { outside, provider, live, trunk } = await registeredHouse();
    const state = await stateOf(live, trunk.id, ({ registeredUntil }) => registeredUntil !== undefined);
    expect(state.registeredUntil).toBeGreaterThan(Date.now());

    const phone = await deskPhone(house, town.mira.name);
    const rtp = await RtpTonePeer.open({ host: '127.0.0.2', says: sineSource(tones.citizen) });
    onTestFinished(() => rtp.close());
    const citizen = await Sipp.start({
      scenario: 'trunk-call',
      target: provider.address,
      keys: {
        number: `${town.head}${town.mira.extension}`,
        caller: citizenNumber(7),
        rtp_host: rtp.host,
        rtp_port: rtp.port,
      },
    });
    const incoming = await phone.untilCalled();
    expect(numberIn(incoming.invite!, 'From')).toBe(citizenNumber(7));
    incoming.answer();
    await citizen.untilLogged('answered');
    await Promise.all([rtp.untilHears(tones.desk), incoming.rtp.untilHears(tones.citizen)]);
    incoming.hangUp();
    await citizen.done;

    const call = await phone.call(mobile);
    const callee = await outside.untilCalled();
    await call.untilRinging();
    callee.answer();
    await call.untilAnswered();
    await Promise.all([callee.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    expect(provider.program.notes).toContain(`outgoing ${mobileE164}`);
    const wire = shapeOfRequest(callee.invite!);
    expect(wire).not.toMatch(/Mira|Amtsleitung/i);
    expect(wire).not.toContain(`:${phone.port}`);
    call.hangUp();
    await callee.untilEnded();
  });

  it('is known to be dead in 30 s; calls take another trunk in 4 s; is registered again when it is back', async () => {
    const { provider, live, trunk } = await registeredHouse();
    const spare = await citizens('127.0.0.3');
    const admin = await house.signIn(town.admin);
    const { settings } = await demoTrunk();
    await admin.call(adminRoutes.createTrunk, {
      body: {
        name: 'Ersatzleitung',
        host: spare.host,
        port: spare.port,
        transport: 'udp',
        sourceAddresses: [spare.host],
        username: '',
        outgoingCapacity: 10,
        settings: {
          ...settings,
          registerSeconds: 0,
          outboundProxy: '',
          order: 200,
          identity: { ...settings.identity, noScreening: true },
        },
      },
    });
    const phone = await deskPhone(house, town.mira.name);

    await provider.program.kill();
    const killedAt = performance.now();
    const first = await phone.call(mobile);
    await spare.untilCalled();
    expect(performance.now() - killedAt).toBeLessThan(4_000);
    first.hangUp();
    const down = await stateOf(live, trunk.id, ({ status }) => status === 'down', 30_000);
    expect(performance.now() - killedAt).toBeLessThan(30_000);
    expect(down.lastError?.kind).toBe('no-answer');

    const calledAt = performance.now();
    const second = await phone.call(mobile);
    await spare.untilCalled();
    expect(performance.now() - calledAt).toBeLessThan(1_000);
    second.hangUp();

    await provider.program.startAgain();
    await provider.program.untilNoted(/registered/, 40_000);
    await stateOf(live, trunk.id, ({ status }) => status === 'up');
  });

  it('over TCP: calls come in over the connection that holds the registration, and its loss is known at once', async () => {
    const { provider, live, trunk } = await registeredHouse('tcp');
    const phone = await deskPhone(house, town.mira.name);
    const rtp = await RtpTonePeer.open({ host: '127.0.0.2', says: sineSource(tones.citizen) });
    onTestFinished(() => rtp.close());
    const citizen = await Sipp.start({
      scenario: 'trunk-call',
      target: provider.address,
      keys: {
        number: `${town.head}${town.mira.extension}`,
        caller: citizenNumber(8),
        rtp_host: rtp.host,
        rtp_port: rtp.port,
      },
    });
    const incoming = await phone.untilCalled();
    incoming.answer();
    await citizen.untilLogged('answered');
    incoming.hangUp();
    await citizen.done;

    const killedAt = performance.now();
    await provider.program.kill();
    await stateOf(live, trunk.id, ({ status }) => status === 'down');
    expect(performance.now() - killedAt).toBeLessThan(3_000);
    await provider.program.startAgain();
    await provider.program.untilNoted(/registered/, 40_000);
    await stateOf(live, trunk.id, ({ status }) => status === 'up');
  });

  it('says what is wrong with a password, and takes its binding back when it is turned off', async () => {
    const { provider, live, trunk } = await registeredHouse();
    await pointTrunk(house, { password: 'falsch' });
    const wrong = await stateOf(live, trunk.id, ({ lastError }) => lastError !== undefined);
    expect([wrong.status, wrong.lastError?.kind]).toEqual(['down', 'wrong-credentials']);
    await provider.program.untilNoted(/unregistered/);
    const { settings } = await demoTrunk();
    await pointTrunk(house, { settings: { ...settings, enabled: false } });
    await stateOf(live, trunk.id, ({ status }) => status === 'off');
  });
});

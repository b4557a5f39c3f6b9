import { createSocket } from 'node:dgram';
import { adminRoutes } from '@amtsleitung/contract';
import { TestTrunk, sineSource } from '@amtsleitung/simulator';
import { headerValues } from '@amtsleitung/sip';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { EdgeProxy } from './harness/edge-proxy.ts';
import { House } from './harness/house.ts';
import { Kamailio, providerDomain } from './harness/kamailio.ts';
import { story } from './harness/programs.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, pointTrunk, town } from './harness/town.ts';

const edgeHost = '127.0.0.11';
const mobile = '01713920050';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'rfc-3665-proxies', args: ['--sip-proxies', edgeHost] });
});
afterAll(() => house.tearDown());

async function citizens(host: string): Promise<TestTrunk> {
  const says = () => sineSource(tones.citizen);
  const trunk = await TestTrunk.open({ server: house.address.sip, host, says });
  onTestFinished(() => trunk.close());
  return trunk;
}

/** A provider's proxy that asks the house for its password and passes calls on to citizens. */
async function provider(gateway: TestTrunk): Promise<Kamailio> {
  const account = { user: '+49199100200300', password: 'Rufnummernblock-1' };
  const place = { host: gateway.host, port: gateway.port };
  const proxy = await Kamailio.start({ host: '127.0.0.21', account, block: town.head, gateway: place });
  const { user: username, password } = account;
  await leadTo(proxy.address, { host: providerDomain, port: undefined, username, password, sourceAddresses: [] });
  return proxy;
}

/** Where the demo trunk leads. */
async function leadTo(outboundProxy: string, change: object = {}): Promise<void> {
  const admin = await house.signIn(town.admin);
  const { settings } = (await admin.call(adminRoutes.overview)).trunks[0]!;
  await pointTrunk(house, { ...change, settings: { ...settings, outboundProxy } });
}

/** A server that has died with its address still up: it takes everything and says nothing. */
async function deadServer(host: string): Promise<string> {
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  await new Promise<void>((resolve) => socket.bind(0, host, resolve));
  return `${host}:${socket.address().port}`;
}

story('Alice and Bob with proxies between them', ['kamailio'], () => {
  it('RFC 3665 §3.2: two proxies, each with a Record-Route of its own', async () => {
    const edge = await EdgeProxy.start({ host: edgeHost, house: house.address.sip });
    const bobs = await citizens('127.0.0.2');
    await provider(bobs);
    const alice = await deskPhone(house, town.mira.name, { server: edge.address });
    const call = await alice.call(mobile);
    const bob = await bobs.untilCalled();
    await call.untilRinging();
    bob.answer();
    await call.untilAnswered();
    await Promise.all([bob.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    expect(headerValues(bob.invite!, 'Record-Route').join()).toContain('127.0.0.21');
    expect(headerValues(call.response!, 'Record-Route').join()).toContain(edgeHost);
    bob.hangUp();
    expect(await call.untilEnded()).toMatchObject({ by: 'remote' });
  });

  it('RFC 3665 §3.4: the first server says nothing, the next one takes the call', async () => {
    await leadTo(await deadServer('127.0.0.22'));
    const bobs = await citizens('127.0.0.3');
    const admin = await house.signIn(town.admin);
    const { settings } = (await admin.call(adminRoutes.overview)).trunks[0]!;
    const { id } = await admin.call(adminRoutes.createTrunk, {
      body: {
        name: 'Ersatzleitung',
        host: bobs.host,
        port: bobs.port,
        transport: 'udp',
        sourceAddresses: [bobs.host],
        username: '',
        outgoingCapacity: 10,
        settings: { ...settings, outboundProxy: '', order: 200, identity: { ...settings.identity, noScreening: true } },
      },
    });
    onTestFinished(() => admin.call(adminRoutes.deleteTrunk, { params: { id } }));
    const alice = await deskPhone(house, town.mira.name);
    const dialledAt = performance.now();
    const call = await alice.call(mobile);
    const bob = await bobs.untilCalled();
    expect(performance.now() - dialledAt).toBeLessThan(4_500);
    bob.answer();
    await call.untilAnswered();
    await Promise.all([bob.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    call.hangUp();
    await bob.untilEnded();
  });

  it('RFC 3665 §3.5: Bob is behind a proxy, voice and signalling go through the house', async () => {
    const edge = await EdgeProxy.start({ host: edgeHost, house: house.address.sip });
    const alices = await citizens('127.0.0.2');
    await leadTo('', { host: alices.host, username: '', sourceAddresses: [alices.host] });
    const bob = await deskPhone(house, town.pia.name, { server: edge.address });
    const call = await alices.call(`${town.head}${town.pia.extension}`, { from: citizenNumber(5) });
    const incoming = await bob.untilCalled();
    incoming.answer();
    await call.untilAnswered();
    await Promise.all([incoming.rtp.untilHears(tones.citizen), call.rtp.untilHears(tones.desk)]);
    const { media } = house.address;
    expect([call.remote?.host, incoming.remote?.host]).toEqual([media.host, media.host]);
    expect(call.remote?.port).not.toBe(incoming.rtp.port);
    call.hangUp();
    await incoming.untilEnded();
  });
});

import { seededRandom, VirtualClock } from '@amtsleitung/base/testing';
import { ServerLocator } from '@amtsleitung/sip';
import type { DnsClient } from '@amtsleitung/sip';
import { LossyNetwork } from '@amtsleitung/sip/testing';
import { describe, expect, it } from 'vitest';
import { providerHosts, registeringTrunk, TestHouse, TestProvider, trunkStage } from '../testing/index.ts';

const options = { caller: { number: '+49499921120' }, ringMilliseconds: 30_000, callId: 'call-1' };

describe('a provider that fails', () => {
  it('F9: is down within 30 s, is not stormed while it flaps, and is back by itself', async () => {
    const { house, provider, state, dead, start } = await trunkStage();
    await start();
    await house.run(60_000);
    dead.add(providerHosts[0]!);
    const before = house.clock.monotonic();
    while (state().status === 'up') await house.run(200);
    expect(house.clock.monotonic() - before).toBeLessThanOrEqual(30_000);
    expect(state().lastError).toMatchObject({ kind: 'no-answer' });
    dead.clear();
    await house.run(60_000);
    expect(state()).toMatchObject({ status: 'up' });

    const sent = house.network.sent.length;
    for (let flap = 0; flap < 30; flap++) {
      dead.add(providerHosts[0]!);
      await house.run(10_000);
      dead.clear();
      await house.run(10_000);
    }
    // Ten minutes: hardly more than what OPTIONS and their repetitions cost anyway.
    expect(house.network.sent.length - sent).toBeLessThan(1_000);
    expect(provider.registers.length).toBeLessThan(30);
    await house.run(300_000);
    expect(state().status).toBe('up');
  });

  it('that never answers OPTIONS is judged by its registration alone', async () => {
    const { house, provider, state, start } = await trunkStage();
    house.network.filter = ({ message }) => message.kind === 'response' || message.method !== 'OPTIONS';
    await start();
    await house.run(120_000);
    expect([state().status, provider.registers.length]).toEqual(['up', 1]);
  });

  it('of whom nothing more is heard may still send calls while it believes in our binding', async () => {
    const { house, provider, state, start } = await trunkStage();
    await start();
    house.network.filter = ({ message }) =>
      message.kind === 'response' || !['OPTIONS', 'REGISTER'].includes(message.method);
    await house.run(40_000);
    expect(state().status).toBe('down');
    provider.call('049992120');
    await house.run();
    expect(house.incoming.origin).toEqual({ kind: 'trunk', trunkId: 'block' });
  });

  it('is known to be down by its calls before anybody asks', async () => {
    const { house, state, dead, start } = await trunkStage();
    await start();
    dead.add(providerHosts[0]!);
    for (const leg of ['one', 'two']) {
      house.calls.dial(leg, { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    }
    await house.run(3_900);
    expect([house.told('one'), house.told('two')]).toEqual([['failed trunk-failed'], ['failed trunk-failed']]);
    expect(state().status).toBe('down');
  });

  it('RFC 3261 §21.5.4: is left alone until Retry-After', async () => {
    const { house, provider, start } = await trunkStage();
    await start();
    provider.onCall = (call) =>
      call.session.reject(503, { headers: [{ name: 'Retry-After', value: '20 (maintenance)' }] });
    house.calls.dial('one', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(50);
    expect(house.told('one')).toEqual(['failed trunk-failed']);
    expect(house.softswitch.trunkStates.isUsable('block')).toBe(false);
    house.calls.dial('two', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(50);
    expect(house.told('two')).toEqual(['failed trunk-failed']);
    expect(provider.calls).toHaveLength(1);
    await house.run(25_000);
    expect(house.softswitch.trunkStates.isUsable('block')).toBe(true);
  });

  it('with another server: a new call of a static trunk gets through in 4 s, and the next one at once', async () => {
    const fixed = {
      ...registeringTrunk,
      settings: { ...registeringTrunk.settings, registerSeconds: 0, optionsSeconds: 0 },
    };
    const { house, providers, dead, start } = await trunkStage(2, fixed);
    await start();
    dead.add(providerHosts[0]!);
    house.calls.dial('one', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(3_900);
    expect(house.told('one')).toEqual(['answered']);
    house.calls.dial('two', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(100);
    expect(house.told('two')).toEqual(['answered']);
    expect(providers[1]!.calls).toHaveLength(2);
  });
});

describe('a line that is never asked', () => {
  const unasked = {
    ...registeringTrunk,
    settings: { ...registeringTrunk.settings, registerSeconds: 0, optionsSeconds: 0 },
  };

  it('shows that it lives when a call comes in over it', async () => {
    const house = await TestHouse.open();
    const status = () => house.softswitch.trunkStates.of('line')?.status;
    expect(status()).toBe('starting');
    const provider = await house.provider();
    provider.dial('+49499921120', { from: '<sip:+493023125000@provider.example>' });
    await house.run();
    expect(status()).toBe('up');
  });

  it('shows it when a call is taken, and not when none is', async () => {
    const { house, state, dead, start } = await trunkStage(1, unasked);
    await start();
    dead.add(providerHosts[0]!);
    house.calls.dial('one', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(40_000);
    expect(state().status).not.toBe('up');
    dead.clear();
    await house.run(60_000);
    house.calls.dial('two', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(100);
    expect(state().status).toBe('up');
  });
});

describe('the name service of a provider', () => {
  const answer = <Entry>(records: readonly Entry[]) => Promise.resolve({ records, ttlSeconds: 60 });

  it('RFC 3263 §4.2: (F23) names the servers in order; what it said holds while it is dead', async () => {
    const clock = new VirtualClock();
    let isDead = false;
    const ask = <Entry>(records: readonly Entry[]) =>
      isDead ? Promise.reject(new Error('no answer')) : answer<Entry>(records);
    const dns: DnsClient = {
      naptr: () => ask<never>([]),
      srv: (name) =>
        ask(
          name === '_sip._udp.provider.example'
            ? providerHosts
                .slice(0, 2)
                .map((_, index) => ({ priority: index, weight: 0, port: 5060, target: `s${index}.example` }))
            : [],
        ),
      addresses: (name, family) => ask(family === 4 ? [providerHosts[Number(name[1])]!] : []),
    };
    const network = new LossyNetwork(clock, seededRandom(1));
    const before = { clock, network } as TestHouse;
    const locator = new ServerLocator({ dns, clock, random: seededRandom(4) });
    const house = new TestHouse({ before, options: { locator } });
    const providers = providerHosts.slice(0, 2).map((host) => new TestProvider(network, clock, host));
    await Promise.all(providers.map((one) => one.userAgent.start()));
    house.directory.replace({ trunks: [registeringTrunk] });
    await house.softswitch.start();
    await house.run(100);
    const server = () => house.softswitch.trunkStates.of('block')?.server;
    expect(server()).toBe('udp 10.1.0.1:5060');
    isDead = true;
    await house.run(3_600_000);
    expect(server()).toBe('udp 10.1.0.1:5060');
    network.filter = ({ to }) => to.host !== providerHosts[0];
    await house.run(60_000);
    expect(house.softswitch.trunkStates.of('block')).toMatchObject({ status: 'up', server: 'udp 10.1.0.2:5060' });
  });
});

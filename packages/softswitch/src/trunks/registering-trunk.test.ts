import { headerValue, parseNameAddress, printMessage } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { providerHosts, registeringTrunk, TestProvider, trunkStage } from '../testing/index.ts';

const options = { caller: { number: '+49499921120' }, ringMilliseconds: 30_000, callId: 'call-1' };

const contactOf = (request: SipRequest) => parseNameAddress(headerValue(request, 'Contact') ?? '')?.uri;

describe('a trunk that registers', () => {
  it('RFC 3261 §10.2: binds the whole block with one REGISTER, digest answered', async () => {
    const { provider, state, states, start } = await trunkStage();
    await start();
    const [register] = provider.registers;
    expect(provider.registers).toHaveLength(1);
    expect(register!.uri).toBe('sip:provider.example');
    expect(headerValue(register!, 'To')).toBe('<sip:+49199100200300@provider.example>');
    expect(headerValue(register!, 'Expires')).toBe('600');
    expect(contactOf(register!)).toMatch(/^sip:amt-[0-9a-f]{16}@10\.0\.0\.1:5060$/);
    expect(headerValue(register!, 'Authorization')).toContain('algorithm=SHA-256');
    expect(state()).toMatchObject({ status: 'up', server: 'udp 10.1.0.1:5060', calls: { incoming: 0, outgoing: 0 } });
    expect(state().registeredUntil).toBeGreaterThan(0);
    expect(states.map(({ status }) => status)).toContain('starting');
    expect(states.at(-1)!.status).toBe('up');
  });

  it.each([
    ['md5', 'algorithm=MD5'],
    ['sha-256', 'algorithm=SHA-256'],
  ] as const)('RFC 8760 §2.4: answers %s where the settings say so', async (digest, expected) => {
    const settings = { ...registeringTrunk.settings, digest };
    const { provider, start } = await trunkStage(1, { ...registeringTrunk, settings });
    await start();
    expect(headerValue(provider.registers[0]!, 'Authorization')).toContain(expected);
  });

  it('RFC 3261 §10.2.4: refreshes in time with the same Call-ID, From tag and Contact and a higher CSeq', async () => {
    const { house, provider, state, start } = await trunkStage();
    await start();
    await house.run(485_000);
    const [first, second] = provider.registers as [SipRequest, SipRequest];
    expect(provider.registers).toHaveLength(2);
    for (const name of ['Call-ID', 'From', 'Contact']) expect(headerValue(second, name)).toBe(headerValue(first, name));
    expect(parseInt(headerValue(second, 'CSeq')!, 10)).toBeGreaterThan(parseInt(headerValue(first, 'CSeq')!, 10));
    expect(state().status).toBe('up');
  });

  it('RFC 3261 §10.2.8: honours Min-Expires of a 423', async () => {
    const { provider, state, start } = await trunkStage();
    provider.onRegister = (request) =>
      Number(headerValue(request, 'Expires')) < 1_800
        ? { status: 423, headers: [{ name: 'Min-Expires', value: '1800' }] }
        : { status: 200, headers: [{ name: 'Expires', value: '1800' }] };
    await start();
    expect(provider.registers.map((one) => headerValue(one, 'Expires'))).toEqual(['600', '1800']);
    expect(state().status).toBe('up');
  });

  it.each([
    [403, 'wrong-credentials'],
    [404, 'unknown-number'],
  ] as const)('tells what %i means and does not insist', async (status, kind) => {
    const { house, provider, state, start } = await trunkStage();
    provider.onRegister = () => ({ status });
    await start();
    await house.run(240_000);
    expect(provider.registers).toHaveLength(1);
    expect(state()).toMatchObject({ status: 'down', lastError: { kind, status } });
    expect(house.softswitch.trunkStates.isUsable('block')).toBe(false);
  });

  it('with a wrong password says so after one challenge', async () => {
    const { provider, state, start } = await trunkStage(1, { ...registeringTrunk, password: 'wrong' });
    await start();
    expect(provider.registers).toEqual([]);
    expect(state()).toMatchObject({ status: 'down', lastError: { kind: 'wrong-credentials', status: 401 } });
  });

  it('whose name nobody knows says so', async () => {
    const { locator, state, start } = await trunkStage();
    locator.servers.clear();
    await start();
    expect(state()).toMatchObject({ status: 'down', lastError: { kind: 'name-not-found' } });
  });

  it('RFC 3263 §4.3: registers at the next server when the first is silent or overloaded', async () => {
    const { house, providers, state, dead, start } = await trunkStage(3);
    dead.add(providerHosts[0]!);
    providers[1]!.onRegister = () => ({ status: 503, headers: [{ name: 'Retry-After', value: '60' }] });
    await start();
    await house.run(9_000);
    expect(state()).toMatchObject({ status: 'up', server: 'udp 10.1.0.3:5060' });
  });

  it('RFC 3261 §10.2.2: takes its binding back when the house closes and when it is turned off', async () => {
    const { house, provider, state, start } = await trunkStage();
    await start();
    const off = { ...registeringTrunk, settings: { ...registeringTrunk.settings, enabled: false } };
    house.directory.replace({ trunks: [off] });
    await house.run(100);
    expect(provider.registers.map((one) => headerValue(one, 'Expires'))).toEqual(['600', '0']);
    expect(contactOf(provider.registers[1]!)).toBe(contactOf(provider.registers[0]!));
    expect(state().status).toBe('off');
    house.directory.replace({ trunks: [registeringTrunk] });
    await house.run(100);
    expect(state().status).toBe('up');
    await house.after(house.softswitch.close());
    expect(provider.registers.map((one) => headerValue(one, 'Expires'))).toEqual(['600', '0', '600', '0']);
  });

  it('registers anew when its account changes, and not when only its hours do', async () => {
    const { house, provider, start } = await trunkStage();
    await start();
    const hours = { ...registeringTrunk, settings: { ...registeringTrunk.settings, order: 5 } };
    house.directory.replace({ trunks: [hours] });
    await house.run(100);
    expect(provider.registers).toHaveLength(1);
    house.directory.replace({ trunks: [{ ...hours, settings: { ...hours.settings, registerSeconds: 300 } }] });
    await house.run(100);
    expect(provider.registers.map((one) => headerValue(one, 'Expires'))).toEqual(['600', '0', '300']);
  });

  it('does not wait for a dead provider when the house closes', async () => {
    const { house, dead, start } = await trunkStage();
    await start();
    dead.add(providerHosts[0]!);
    const before = house.clock.monotonic();
    await house.after(house.softswitch.close());
    expect(house.clock.monotonic() - before).toBeLessThan(4_000);
  });
});

describe('calls of a registered trunk', () => {
  it('come in from the server that holds the registration, and from nobody else', async () => {
    const { house, provider, start } = await trunkStage();
    await start();
    const call = provider.call('049992120');
    await house.run();
    expect(house.incoming).toMatchObject({
      origin: { kind: 'trunk', trunkId: 'block' },
      dialled: '+4949992120',
      caller: { number: '+491713920042' },
    });
    call.session.bye();
    const stranger = new TestProvider(house.network, house.clock, '10.6.6.6');
    await stranger.userAgent.start();
    stranger.binding = provider.binding;
    const forged = stranger.call('049992120');
    await house.run();
    expect(forged.end?.status).toBe(401);
    expect(house.events.filter(({ kind }) => kind === 'incoming')).toHaveLength(1);
  });

  it('of two lines to the same server go to the one whose Contact they name', async () => {
    const { house, provider, start } = await trunkStage();
    const second = { ...registeringTrunk, id: 'second' };
    house.directory.replace({ trunks: [registeringTrunk, second] });
    await start();
    // The last binding the provider has is that of the second line.
    provider.call('0499921120');
    await house.run();
    expect(house.incoming.origin).toEqual({ kind: 'trunk', trunkId: 'second' });
  });

  it('RFC 3608 §6.1: go out to the server that holds the registration, by its Service-Route', async () => {
    const { house, providers, dead, start } = await trunkStage(2);
    dead.add(providerHosts[0]!);
    providers[1]!.onRegister = () => ({
      status: 200,
      headers: [
        { name: 'Expires', value: '600' },
        { name: 'Service-Route', value: '<sip:10.1.0.2;lr;x=1>' },
      ],
    });
    await start();
    await house.run(9_000);
    dead.clear();
    house.calls.dial('out', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(50);
    expect(house.told('out')).toEqual(['answered']);
    expect(providers[0]!.calls).toEqual([]);
    const { invite } = providers[1]!.calls[0]!.session;
    expect(headerValue(invite, 'Route')).toBe('<sip:10.1.0.2;lr;x=1>');
    expect(invite.uri).toBe('sip:+493023125000@provider.example;user=phone');
    expect(house.softswitch.trunkStates.of('block')!.calls).toEqual({ incoming: 0, outgoing: 1 });
  });

  it('RFC 7315 §4.1: prove themselves by the number the provider says is ours where the house knows none', async () => {
    const { house, provider, start } = await trunkStage();
    provider.onRegister = () => ({
      status: 200,
      headers: [
        { name: 'Expires', value: '600' },
        { name: 'P-Associated-URI', value: '<sip:account@provider.example>, <sip:0049499921000@provider.example>' },
      ],
    });
    await start();
    const unknown = { ...options, caller: {} };
    house.calls.dial('out', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, unknown);
    await house.run(50);
    const { invite } = provider.calls[0]!.session;
    expect(headerValue(invite, 'P-Asserted-Identity')).toBe('<sip:+49499921000@provider.example;user=phone>');
  });

  it('RFC 3261 §8.1.2: name the outbound proxy as their route', async () => {
    const settings = { ...registeringTrunk.settings, outboundProxy: 'proxy.example:5070' };
    const { house, locator, provider, start } = await trunkStage(1, { ...registeringTrunk, settings });
    locator.servers.set('proxy.example', [provider.server]);
    locator.servers.delete('provider.example');
    await start();
    expect(headerValue(provider.registers[0]!, 'Route')).toBe('<sip:proxy.example:5070;lr>');
    house.calls.dial('out', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(50);
    expect(headerValue(provider.calls[0]!.session.invite, 'Route')).toBe('<sip:proxy.example:5070;lr>');
  });

  it('fail at once without a registration, emergency calls excepted', async () => {
    const { house, provider, start } = await trunkStage();
    provider.onRegister = () => ({ status: 403 });
    await start();
    house.calls.dial('out', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run();
    expect(house.told('out')).toEqual(['failed trunk-failed']);
    expect(provider.calls).toEqual([]);
  });

  it('1TR119: are tried once more with the head number alone when their identity is refused', async () => {
    const { house, provider, start } = await trunkStage();
    const head = { id: 'h', tenantId: 'town', e164: '+49499921', areaCodeLength: 4, trunkId: 'block' };
    house.directory.replace({ headNumbers: [head] });
    provider.onCall = (call) => {
      const isHead = headerValue(call.session.invite, 'P-Asserted-Identity')?.includes('+494999210@');
      if (isHead) call.session.provisional(180);
      else call.session.reject(403);
    };
    await start();
    house.calls.dial('out', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(50);
    expect(provider.calls).toHaveLength(2);
    expect(house.told('out')).toEqual(['ringing']);
    house.calls.hangUp('out');
    await house.run(50);
    provider.onCall = (call) => call.session.reject(403);
    house.calls.dial('again', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(50);
    expect(provider.calls).toHaveLength(4);
    expect(house.told('again')).toEqual(['failed forbidden']);
  });

  it('abuse case 22: show the provider no inside address, name or Call-ID', async () => {
    const { house, provider, start } = await trunkStage();
    await start();
    const phone = await house.phone('mira-desk', '10.0.1.7');
    await house.after(phone.register());
    const inside = phone.dial('03023125000', { callId: 'inside-call-id' });
    await house.run(50);
    const { leg } = house.incoming;
    house.calls.dial('out', { kind: 'trunk', trunkId: 'block', number: '+493023125000' }, options);
    await house.run(50);
    house.calls.answer(leg);
    house.calls.bridge(leg, 'out');
    await house.run(50);
    inside.session.bye();
    await house.run(50);
    house.calls.hangUp('out');
    await house.run(50);
    expect(provider.calls[0]!.end).toBeDefined();
    const told = house.network.sent
      .filter(({ to }) => to.host === provider.server.address)
      .map(({ message }) => new TextDecoder().decode(printMessage(message)))
      .join('\n');
    expect(told).not.toMatch(/10\.0\.1\.|mira|inside-call-id|call-1|town\.example|X-Amtsleitung|amtsleitung/i);
  });
});

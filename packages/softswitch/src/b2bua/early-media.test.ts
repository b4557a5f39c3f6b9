import { callFailures } from '@amtsleitung/domain';
import { headerValue, sdpBody, sdpOf } from '@amtsleitung/sip';
import type { SipResponse, UserAgentOptions } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { audio, fax, shown, TestHouse } from '../testing/index.ts';
import type { TestPhone } from '../testing/index.ts';

const options = { caller: {}, ringMilliseconds: 60_000, callId: 'c' } as const;
const pause = [{ kind: 'silence', milliseconds: 500 }] as const;

async function outside(agent: Partial<UserAgentOptions> = {}): Promise<{ house: TestHouse; provider: TestPhone }> {
  const house = await TestHouse.open();
  const provider = await house.provider(agent);
  house.calls.dial('out', { kind: 'trunk', trunkId: 'line', number: '+493023125000' }, options);
  await house.run();
  return { house, provider };
}

/** Pia's desk phone has dialled. */
async function dialling(sdp: string | 'none' = audio(), agent: Partial<UserAgentOptions> = {}) {
  const house = await TestHouse.open();
  const desk = await house.phone('pia-desk', '10.0.1.2', 5060, agent);
  await house.after(desk.register());
  const call = desk.dial('120', { body: sdp === 'none' ? undefined : sdpBody(sdp) });
  const early: SipResponse[] = [];
  call.session.handle({
    provisional: (response) => early.push(response),
    accepted: (response) => early.push(response),
    ended: (end) => (call.end = end),
  });
  await house.run();
  const { leg } = house.incoming;
  return { house, call, early, leg };
}

describe('sound before the answer, from a provider', () => {
  it('RFC 3960 §3.2: is told as progress, so that announcements are heard', async () => {
    const { house, provider } = await outside();
    provider.call.session.provisional(183, { body: sdpBody(audio()) });
    await house.run();
    expect(house.told('out')).toEqual(['progress']);
    provider.call.session.provisional(180);
    provider.call.session.provisional(183, { body: sdpBody(audio()) });
    await house.run();
    expect(house.told('out')).toEqual(['progress', 'ringing']);
    provider.answer();
    await house.run();
    expect(house.told('out').at(-1)).toBe('answered');
    expect(house.engine.commands).toEqual(['offer out~0 plain', 'accept out~0', 'accept out~0']);
  });

  it('can be bridged with the caller before the answer, and is after it', async () => {
    const { house, call, early, leg } = await dialling();
    const provider = await house.provider();
    house.calls.dial('out', { kind: 'trunk', trunkId: 'line', number: '+493023125000' }, options);
    await house.run();
    provider.call.session.provisional(183, { body: sdpBody(audio()) });
    await house.run();
    house.calls.progress(leg);
    house.calls.bridge(leg, 'out');
    await house.run();
    expect(early.map(({ status }) => status)).toEqual([183]);
    expect(house.engine.legs.get(leg)?.hears).toEqual({ bridge: 'out~0' });
    provider.answer();
    house.calls.answer(leg);
    await house.run();
    expect(sdpOf(early.at(-1)!)).toBe(sdpOf(early[0]!));
    expect(house.engine.legs.get(leg)?.hears).toEqual({ bridge: 'out~0' });
    expect(call.end).toBeUndefined();
  });

  it('that cannot be understood costs nothing: the call goes on', async () => {
    const { house, provider } = await outside();
    provider.call.session.provisional(183, { body: sdpBody(fax) });
    await house.run();
    provider.answer();
    await house.run();
    expect(house.told('out')).toEqual(['answered']);
  });

  it('which then stays silent is waited for', async () => {
    const { house, provider } = await outside();
    provider.call.session.provisional(183, { body: sdpBody(audio()) });
    await house.run();
    house.engine.emit({ kind: 'lost', leg: 'out~0', reason: 'silent' });
    await house.run(1_000);
    expect(house.told('out')).toEqual(['progress']);
  });

  it('of one phone among several is only a ringing', async () => {
    const house = await TestHouse.open();
    const desk = await house.phone('mira-desk', '10.0.1.1');
    const soft = await house.phone('mira-soft', '10.0.1.2');
    for (const phone of [desk, soft]) await house.after(phone.register());
    house.calls.dial('out', { kind: 'person', personId: 'mira' }, options);
    await house.run();
    desk.call.session.provisional(183, { body: sdpBody(audio()) });
    await house.run();
    expect(house.told('out')).toEqual(['ringing']);
  });
});

describe('a provider that wants its answers acknowledged', () => {
  it('RFC 3262 §5: a 200 without a session description stands for the one in the reliable 183', async () => {
    const { house, provider } = await outside({ supported: ['100rel'] });
    provider.call.session.provisional(183, { body: sdpBody(audio()) });
    await house.run();
    expect(house.network.sent.some(({ message }) => message.kind === 'request' && message.method === 'PRACK')).toBe(
      true,
    );
    provider.answer();
    await house.run();
    expect(provider.call.end).toBeUndefined();
    expect(house.told('out')).toEqual(['progress', 'answered']);
  });

  it('RFC 3311 §5: may change its sound before it answers', async () => {
    const { house, provider } = await outside({ supported: ['100rel'] });
    provider.call.session.provisional(183, { body: sdpBody(audio()) });
    await house.run();
    const changed = await house.after(provider.call.session.update(sdpBody(audio('sendrecv', '10.0.5.9'))));
    expect(changed.accepted).toBe(true);
    expect(house.engine.legs.get('out~0')?.remoteSdp).toContain('10.0.5.9');
  });
});

describe('a call that is passed on', () => {
  it('RFC 3261 §16.6: goes on with one hop less, so that no ring of forwardings lasts for ever', async () => {
    const house = await TestHouse.open();
    const provider = await house.provider();
    provider.dial('+49499921120', { maxForwards: 7 });
    await house.run();
    const { leg } = house.incoming;
    const target = { kind: 'trunk', trunkId: 'line', number: '+493023125000' } as const;
    house.calls.dial('out', target, { ...options, callId: leg });
    await house.run();
    expect(shown(provider.call, 'Max-Forwards')).toBe('6');
  });
});

describe('sound before the answer, for a desk phone', () => {
  it('RFC 3261 §13.3.1.3: a refused call is announced and then gets its real status, with Reason', async () => {
    const { house, call, early, leg } = await dialling();
    house.calls.progress(leg);
    house.calls.play(leg, 'p', pause);
    await house.run();
    expect(early.map(({ status }) => status)).toEqual([183]);
    expect(house.engine.commands).toContain(`play ${leg} p`);
    house.calls.hangUp(leg, callFailures['not-in-service']);
    await house.run();
    expect(call.end).toMatchObject({ cause: 'rejected', status: 404, reasons: [{ protocol: 'Q.850', cause: 1 }] });
    expect(await house.engine.list()).toEqual([]);
    expect(house.told(leg)).toEqual(['incoming', 'ended local not-in-service']);
  });

  it('RFC 3262 §3: goes out reliably to a phone that can', async () => {
    const { house, call, leg } = await dialling(audio(), { supported: ['100rel'] });
    house.calls.progress(leg);
    await house.run();
    expect(
      house.network.sent.filter(({ message }) => message.kind === 'request' && message.method === 'PRACK'),
    ).toHaveLength(1);
    house.calls.answer(leg);
    await house.run();
    expect([house.told(leg), call.end]).toEqual([['incoming', 'answered'], undefined]);
  });

  it('is only a ringing for a phone that has not offered any, and what is played there is over at once', async () => {
    const { house, early, leg } = await dialling('none');
    house.calls.progress(leg);
    house.calls.play(leg, 'p', pause);
    await house.run();
    expect(early.map(({ status }) => status)).toEqual([180]);
    expect(house.told(leg)).toEqual(['incoming', 'playback-ended']);
  });

  it('is opened once, however often it is asked for', async () => {
    const { house, early, leg } = await dialling();
    house.calls.progress(leg);
    house.calls.ring(leg);
    house.calls.answer(leg);
    house.calls.progress(leg);
    await house.run();
    expect(house.engine.commands).toEqual([`answer ${leg} plain`]);
    expect(early.at(-1)?.status).toBe(200);
    expect(headerValue(early.at(-1)!, 'Content-Type')).toBe('application/sdp');
  });

  it('that nobody can agree on ends in 488', async () => {
    const { house, call, leg } = await dialling(fax);
    house.calls.progress(leg);
    await house.run();
    expect(call.end).toMatchObject({ status: 488 });
  });

  it('does not outlive a caller who gives up', async () => {
    const { house, call, leg } = await dialling();
    house.calls.progress(leg);
    await house.run();
    call.session.cancel();
    await house.run();
    expect(house.told(leg)).toEqual(['incoming', 'ended remote cancelled']);
    expect(await house.engine.list()).toEqual([]);
  });
});

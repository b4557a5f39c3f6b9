import { describe, expect, it } from 'vitest';
import { SampleHouse } from '../testing/index.ts';

function inCall() {
  const house = new SampleHouse();
  house.logIn('service', 'anna');
  const citizen = house.citizenQueues();
  const agent = house.control.ringingAt('anna');
  house.control.pickUp(agent);
  return { house, citizen, agent, callId: house.callOf('anna') };
}

describe('hold', () => {
  it('music to the citizen, silence for the agent, back on resume; only the holder may resume', () => {
    const { house, citizen, agent, callId } = inCall();
    expect(house.director.hold('anna', callId)).toMatchObject({ ok: true });
    expect(house.control.heard(citizen)).toEqual(['music']);
    expect(house.control.leg(agent).hears).toBeUndefined();
    expect(house.stateOf('anna')).toEqual(['held']);
    expect(house.director.hold('anna', callId)).toEqual({ ok: false, failure: 'wrong-state' });
    expect(house.director.resume('anna', callId)).toMatchObject({ ok: true });
    expect(house.control.areBridged(citizen, agent)).toBe(true);
    expect(house.director.resume('anna', callId)).toEqual({ ok: false, failure: 'wrong-state' });
    expect(house.log.kinds(callId).filter((kind) => kind === 'call-held' || kind === 'call-resumed')).toHaveLength(2);
  });

  it("a desk phone's re-INVITE is the same command; the outside's is not ours", () => {
    const { house, citizen, agent } = inCall();
    house.control.fire({ kind: 'hold-requested', leg: citizen });
    expect(house.control.areBridged(citizen, agent)).toBe(true);
    house.control.fire({ kind: 'hold-requested', leg: agent });
    house.control.fire({ kind: 'hold-requested', leg: agent });
    expect(house.control.heard(citizen)).toEqual(['music']);
    house.control.fire({ kind: 'resume-requested', leg: agent });
    expect(house.control.areBridged(citizen, agent)).toBe(true);
  });

  it('two colleagues may hold each other: music to who is held and does not hold, voices when both are back', () => {
    const house = new SampleHouse();
    const anna = house.phoneDials('anna', '123');
    const dora = house.control.ringingAt('dora');
    house.control.pickUp(dora);
    house.control.fire({ kind: 'hold-requested', leg: anna });
    house.control.fire({ kind: 'hold-requested', leg: dora });
    expect([house.control.heard(anna), house.control.heard(dora)]).toEqual([[], []]);
    expect([house.stateOf('anna'), house.stateOf('dora')]).toEqual([['held'], ['held']]);
    house.control.fire({ kind: 'resume-requested', leg: anna });
    expect(house.control.heard(anna)).toEqual(['music']);
    house.control.fire({ kind: 'resume-requested', leg: dora });
    expect(house.control.areBridged(anna, dora)).toBe(true);
  });

  it('an agent whose line falters: music to the citizen instead of a dead line, and voices when it is back', () => {
    const { house, citizen, agent, callId } = inCall();
    house.control.fire({ kind: 'faltering', leg: agent });
    expect(house.control.heard(citizen)).toEqual(['music']);
    expect(house.stateOf('anna')).toEqual(['connected']);
    house.control.fire({ kind: 'recovered', leg: agent });
    expect(house.control.areBridged(citizen, agent)).toBe(true);
    house.director.hold('anna', callId);
    house.control.fire({ kind: 'faltering', leg: agent });
    house.control.fire({ kind: 'recovered', leg: agent });
    expect(house.control.heard(citizen)).toEqual(['music']);
    expect(house.control.commands.filter(({ name, leg }) => name === 'play' && leg === citizen)).toHaveLength(4);
  });

  it('digits pass to the other side, not while held', () => {
    const { house, citizen, agent, callId } = inCall();
    house.control.fire({ kind: 'digit', leg: agent, digit: '5' });
    house.director.hold('anna', callId);
    house.control.fire({ kind: 'digit', leg: agent, digit: '6' });
    expect(house.control.leg(citizen).digits).toBe('5');
  });

  it('nobody commands a call that is not theirs', () => {
    const { house, callId } = inCall();
    for (const result of [
      house.director.hold('ben', callId),
      house.director.hangUp('ben', callId),
      house.director.transfer('ben', callId, '123'),
      house.director.resume('anna', 'unknown'),
    ]) {
      expect(result).toEqual({ ok: false, failure: 'no-such-call' });
    }
  });
});

describe('blind transfer', () => {
  it('to a colleague: the citizen hears ringing, the agent is free when the other answers', () => {
    const { house, citizen, agent, callId } = inCall();
    expect(house.director.transfer('anna', callId, '123')).toMatchObject({ ok: true });
    expect(house.control.heard(citizen)).toEqual(['ringback']);
    expect(house.director.phoneState('anna').calls).toMatchObject([{ state: 'transferring', transferTarget: '123' }]);
    const dora = house.control.ringingAt('dora');
    expect(house.control.leg(dora).options?.caller).toEqual({ number: '+4917139200000' });
    house.control.pickUp(dora);
    expect(house.control.areBridged(citizen, dora)).toBe(true);
    expect(house.control.leg(agent).gone).toBe(true);
    expect(house.director.phoneState('anna')).toMatchObject({ calls: [], wrapUp: { callId } });
    house.control.hangsUp(citizen);
    expect(house.log.ofKind('call-transferred')[0]).toMatchObject({
      fromPersonId: 'anna',
      destination: { kind: 'person', personId: 'dora' },
    });
    expect(house.log.ofKind('call-connected').map(({ personId }) => personId)).toEqual(['anna', 'dora']);
    expect(house.log.ofKind('call-ended')).toHaveLength(1);
  });

  it.each(['no-answer', 'declined', 'unreachable'] as const)('%s: the call comes back', (failure) => {
    const { house, citizen, agent, callId } = inCall();
    house.director.transfer('anna', callId, '123');
    house.control.fail(house.control.ringingAt('dora'), failure);
    expect(house.control.areBridged(citizen, agent)).toBe(true);
    expect(house.stateOf('anna')).toEqual(['connected']);
    expect(house.log.ofKind('call-transferred')).toEqual([]);
  });

  it('from hold: the call comes back to hold, never to silence or an open microphone', () => {
    const { house, citizen, agent, callId } = inCall();
    house.control.fire({ kind: 'hold-requested', leg: agent });
    house.control.fire({ kind: 'transfer-requested', leg: agent, target: '123' });
    house.control.fail(house.control.ringingAt('dora'), 'declined');
    expect(house.control.heard(citizen)).toEqual(['music']);
    expect(house.stateOf('anna')).toEqual(['held']);
    expect(house.control.commands.at(-1)).toMatchObject({ name: 'play' });
    expect(house.control.commands.filter(({ name }) => name === 'transferFailed')).toEqual([
      { name: 'transferFailed', leg: agent },
    ]);
    house.director.transfer('anna', callId, '123');
    house.control.fire({ kind: 'resume-requested', leg: agent });
    expect(house.control.areBridged(citizen, agent)).toBe(true);
  });

  it('the citizen hangs up meanwhile: the phone is not told that its transfer succeeded', () => {
    const { house, citizen, agent } = inCall();
    house.control.fire({ kind: 'transfer-requested', leg: agent, target: '123' });
    house.control.hangsUp(citizen);
    expect(house.control.commands).toContainEqual({ name: 'transferFailed', leg: agent });
    expect(house.control.leg(agent).gone).toBe(true);
    expect(house.log.ofKind('call-transferred')).toEqual([]);
  });

  it('a phone is told at once when its transfer is refused, and nothing but goodbye when it succeeds', () => {
    const { house, citizen, agent } = inCall();
    house.control.fire({ kind: 'transfer-requested', leg: agent, target: '9999' });
    expect(house.control.commands.at(-1)).toEqual({ name: 'transferFailed', leg: agent });
    expect(house.control.areBridged(citizen, agent)).toBe(true);
    house.control.fire({ kind: 'transfer-requested', leg: agent, target: '123' });
    house.control.pickUp(house.control.ringingAt('dora'));
    expect(house.control.leg(agent)).toMatchObject({ gone: true });
    expect(house.control.leg(agent).failure).toBeUndefined();
  });

  it('the agent may take it back, or go: then nobody answering ends in a message', () => {
    const { house, citizen, agent, callId } = inCall();
    house.director.transfer('anna', callId, '123');
    expect(house.director.resume('anna', callId)).toMatchObject({ ok: true });
    expect(house.control.legsTo('dora')).toEqual([]);
    expect(house.control.areBridged(citizen, agent)).toBe(true);
    house.director.transfer('anna', callId, '123');
    house.control.hangsUp(agent);
    expect(house.director.phoneState('anna').wrapUp).toBeDefined();
    house.control.fail(house.control.ringingAt('dora'), 'no-answer');
    expect(house.control.heard(citizen)).toEqual(['nobody-available', 'leave-message-after-tone', 'message-beep']);
    house.control.hangsUp(citizen);
    expect(house.log.ofKind('call-ended')[0]).toMatchObject({ outcome: 'answered' });
  });

  it('the citizen gives up while it rings at the colleague', () => {
    const { house, citizen, callId } = inCall();
    house.director.transfer('anna', callId, '123');
    house.control.hangsUp(citizen);
    expect(house.control.legsTo('dora')).toEqual([]);
    expect(house.control.legsTo('anna')).toEqual([]);
    expect(house.log.ofKind('call-ended')).toHaveLength(1);
  });

  it('to a hotline: a new place at the end of that queue', () => {
    const { house, citizen, callId } = inCall();
    expect(house.director.transfer('anna', callId, '12')).toEqual({ ok: false, failure: 'not-reachable' });
    house.logIn('permits', 'dora');
    expect(house.director.transfer('anna', callId, '12')).toMatchObject({ ok: true });
    expect(house.control.heard(citizen)).toEqual(['please-wait', 'you-are-next']);
    expect(house.stateOf('anna')).toEqual([]);
    house.control.pickUp(house.control.ringingAt('dora'));
    expect(house.log.ofKind('hotline-answered').map(({ hotlineId }) => hotlineId)).toEqual(['service', 'permits']);
  });

  it("to the outside: with the transferor's rights and the transferor's number", () => {
    const { house, citizen, callId } = inCall();
    expect(house.director.transfer('anna', callId, '0044 20 7946 0000')).toEqual({
      ok: false,
      failure: 'not-permitted',
    });
    expect(house.director.transfer('anna', callId, '0171 3920001')).toMatchObject({ ok: true });
    const [leg] = house.control.trunkLegs();
    expect(leg?.options?.caller).toEqual({ number: '+49620521120' });
    house.control.pickUp(leg!.id);
    expect(house.control.areBridged(citizen, leg!.id)).toBe(true);
    expect(house.log.ofKind('call-transferred')[0]?.destination).toEqual({ kind: 'outside', numberClass: 'mobile' });
  });

  it('what can be told at once leaves the call as it is', () => {
    const { house, citizen, agent, callId } = inCall();
    house.phoneDials('dora', '030 123456');
    house.reachability.set('cem', false);
    const failures = ['123', '1222', '999', 'x', '120'].map((to) => {
      const result = house.director.transfer('anna', callId, to);
      return result.ok ? 'ok' : result.failure;
    });
    expect(failures).toEqual(['busy', 'not-reachable', 'not-in-service', 'not-in-service', 'busy']);
    expect(house.control.areBridged(citizen, agent)).toBe(true);
  });

  it("a desk phone's REFER is the same; a trunk's is ignored", () => {
    const { house, citizen, agent } = inCall();
    house.control.fire({ kind: 'transfer-requested', leg: citizen, target: '0171 3920001' });
    expect(house.control.trunkLegs()).toEqual([]);
    house.control.fire({ kind: 'transfer-requested', leg: agent, target: '123' });
    house.control.pickUp(house.control.ringingAt('dora'));
    expect(house.control.areBridged(citizen, house.control.legsTo('dora')[0]!.id)).toBe(true);
  });

  it('the called colleague may pass the caller on as well', () => {
    const house = new SampleHouse();
    const anna = house.phoneDials('anna', '123');
    house.control.pickUp(house.control.ringingAt('dora'));
    house.director.transfer('dora', house.callOf('dora'), '121');
    house.control.pickUp(house.control.ringingAt('ben'));
    expect(house.control.areBridged(anna, house.control.legsTo('ben')[0]!.id)).toBe(true);
    expect(house.director.phoneState('anna').calls[0]?.party).toMatchObject({ name: 'Ben Bensen' });
  });
});

describe('a call that goes wrong', () => {
  it('an exception ends this call with its fact, and no other', () => {
    const { house, citizen, agent } = inCall();
    house.control.broken = 'bridge';
    house.citizenCalls('+49620521123');
    house.control.pickUp(house.control.ringingAt('dora'));
    house.control.broken = undefined;
    expect(house.log.ofKind('call-ended')).toMatchObject([{ failure: 'interrupted', by: 'system' }]);
    expect(house.control.legsTo('dora')).toEqual([]);
    expect(house.lines.isBusy('dora')).toBe(false);
    expect(house.director.activeCalls).toBe(1);
    expect(house.control.areBridged(citizen, agent)).toBe(true);
    house.control.pickUp((house.citizenCalls('+49620521123'), house.control.ringingAt('dora')));
    expect(house.director.activeCalls).toBe(2);
  });

  it("an agent's line breaks: the citizen is back in the queue and does not have to call again", () => {
    const { house, citizen, agent } = inCall();
    house.reachability.set('anna', false);
    house.control.hangsUp(agent, 'lost');
    expect(house.director.phoneState('anna')).toEqual({ personId: 'anna', calls: [] });
    expect(house.control.heard(citizen)).toEqual(['please-wait', 'you-are-next']);
    house.logIn('service', 'ben');
    house.control.pickUp(house.control.ringingAt('ben'));
    expect(house.control.areBridged(citizen, house.control.legsTo('ben')[0]!.id)).toBe(true);
    house.control.hangsUp(citizen, 'lost');
    expect(house.control.heard(house.control.legsTo('ben')[0]!.id)).toEqual(['interrupted-apology']);
    house.control.playedOut(house.control.legsTo('ben')[0]!.id);
    expect(house.log.ofKind('call-ended')[0]).toMatchObject({ outcome: 'answered', failure: 'media-lost' });
    expect(house.log.ofKind('hotline-queued')).toHaveLength(2);
  });

  it('that citizen stands before all who wait, and the agent is asked first for them, without a wrap-up', () => {
    const { house, citizen, agent } = inCall();
    const second = house.citizenQueues();
    house.clock.advance(60_000);
    house.control.hangsUp(agent, 'lost');
    expect(house.control.heard(citizen)).toContain('you-are-next');
    house.control.pickUp(house.control.ringingAt('anna'));
    const [leg] = house.control.legsTo('anna');
    expect(house.control.areBridged(citizen, leg!.id)).toBe(true);
    house.control.playedOut(second);
    house.clock.advance(45_000);
    expect(house.control.heard(second)).toContain('you-are-next');
  });

  it('a transfer to the outside that fails gives its reservation back', () => {
    const { house, callId } = inCall();
    for (let tries = 0; tries < 4; tries++) {
      expect(house.director.transfer('anna', callId, '0171 3920001')).toMatchObject({ ok: true });
      house.control.fail(house.control.trunkLegs()[0]!.id, 'busy');
    }
    house.phoneDials('anna', '030 123456');
    house.phoneDials('anna', '030 123457');
    expect(house.control.trunkLegs()).toHaveLength(2);
  });

  it('a clean stop ends every call as interrupted', () => {
    const { house, citizen, agent } = inCall();
    const waiting = house.citizenQueues();
    house.director.close();
    expect([citizen, agent, waiting].every((leg) => house.control.leg(leg).gone)).toBe(true);
    expect(house.log.ofKind('call-ended').map(({ outcome }) => outcome)).toEqual(['interrupted', 'interrupted']);
  });

  it('unknown legs, repeated events and unknown tenants do no harm', () => {
    const { house, citizen } = inCall();
    house.control.fire({ kind: 'answered', leg: 'ghost' });
    house.control.hangsUp(citizen);
    house.control.hangsUp(citizen);
    house.control.settle();
    const stranger = house.control.incoming({
      ...{ origin: { kind: 'trunk', trunkId: 'x' }, tenantId: 'nowhere', dialled: '1', caller: {} },
    });
    expect(house.control.leg(stranger).failure?.kind).toBe('not-in-service');
    expect(house.log.ofKind('call-ended')).toHaveLength(1);
  });
});

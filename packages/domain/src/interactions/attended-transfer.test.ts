import { describe, expect, it } from 'vitest';
import { SampleHouse } from '../testing/index.ts';

/** A citizen talks to Ben, who has put them on hold and calls somebody to ask. */
function consulting(dialled = '123') {
  const house = new SampleHouse();
  const citizen = house.citizenCalls('+49620521121');
  const ben = house.control.ringingAt('ben');
  house.control.pickUp(ben);
  const callId = house.callOf('ben');
  house.control.fire({ kind: 'hold-requested', leg: ben });
  const consultation = house.phoneDials('ben', dialled);
  return { house, citizen, ben, callId, consultation };
}

describe('attended transfer', () => {
  it('by the phone (REFER with Replaces): both others talk, the transferor is out of both calls', () => {
    const { house, citizen, ben, callId, consultation } = consulting();
    const dora = house.control.ringingAt('dora');
    house.control.pickUp(dora);
    const words: string[] = [];
    house.presence.onChange((_tenantId, personId, word) => words.push(`${personId} ${word}`));
    house.control.fire({ kind: 'attended-transfer-requested', leg: ben, consultation });
    expect(house.control.areBridged(citizen, dora)).toBe(true);
    expect([house.control.leg(ben).gone, house.control.leg(consultation).gone]).toEqual([true, true]);
    expect(house.control.commands).not.toContainEqual({ name: 'transferFailed', leg: ben });
    // Dora is never seen free in between.
    expect(words).toEqual(['ben free']);
    expect([house.stateOf('ben'), house.stateOf('dora')]).toEqual([[], ['connected']]);
    expect(house.director.phoneState('dora').calls).toMatchObject([{ callId, party: { number: '+4917139200000' } }]);
    expect(house.log.ofKind('call-transferred')).toMatchObject([
      { callId, fromPersonId: 'ben', destination: { kind: 'person', personId: 'dora' } },
    ]);
    house.control.settle();
    house.control.hangsUp(citizen);
    expect(house.control.leg(dora).gone).toBe(true);
    expect(house.log.ofKind('call-ended')).toHaveLength(2);
    expect(house.director.activeCalls).toBe(0);
    expect(house.lines.isBusy('dora')).toBe(false);
  });

  it('by the screen: join two calls of the own', () => {
    const { house, citizen, callId } = consulting();
    house.control.pickUp(house.control.ringingAt('dora'));
    const other = house.director.phoneState('ben').calls.find((call) => call.callId !== callId)!.callId;
    expect(house.director.join('anna', callId, other)).toEqual({ ok: false, failure: 'no-such-call' });
    expect(house.director.join('ben', callId, callId)).toEqual({ ok: false, failure: 'wrong-state' });
    expect(house.director.join('ben', callId, 'no-such-call')).toEqual({ ok: false, failure: 'wrong-state' });
    expect(house.director.join('ben', callId, other)).toEqual({ ok: true, callId });
    expect(house.control.areBridged(citizen, house.control.legsTo('dora')[0]!.id)).toBe(true);
  });

  it('before anybody has answered it is a blind transfer to the same target', () => {
    const { house, citizen, ben, consultation } = consulting();
    house.control.fire({ kind: 'attended-transfer-requested', leg: ben, consultation });
    expect(house.control.leg(consultation).gone).toBe(true);
    expect(house.control.heard(citizen)).toEqual(['ringback']);
    house.control.pickUp(house.control.ringingAt('dora'));
    expect(house.control.areBridged(citizen, house.control.legsTo('dora')[0]!.id)).toBe(true);
  });

  it('a number dialled behind *31# stays hidden when the call is passed on before anybody has answered', () => {
    for (const [dialled, isHidden] of [
      ['*31#030 123456', true],
      ['030 123456', false],
    ] as const) {
      const { house, ben, consultation } = consulting(dialled);
      const asked = house.control.trunkLegs()[0]!;
      house.control.fire({ kind: 'attended-transfer-requested', leg: ben, consultation });
      const passedOn = house.control.trunkLegs().find(({ id }) => id !== asked.id);
      for (const leg of [asked, passedOn]) expect(leg!.options?.hideNumber ?? false).toBe(isHidden);
      expect(passedOn!.target).toMatchObject({ number: '+4930123456' });
    }
  });

  it('abuse case 7: to the outside it was dialled under the own rights, and is paid until both have hung up', () => {
    const { house, citizen, ben, consultation } = consulting('030 123456');
    const [outside] = house.control.trunkLegs();
    house.control.pickUp(outside!.id);
    house.control.fire({ kind: 'attended-transfer-requested', leg: ben, consultation });
    expect(house.control.areBridged(citizen, outside!.id)).toBe(true);
    expect(house.log.ofKind('trunk-call-ended')).toEqual([]);
    house.clock.advance(60_000);
    house.control.hangsUp(outside!.id);
    expect(house.log.ofKind('trunk-call-ended')).toMatchObject([
      { personId: 'ben', connectedMilliseconds: 60_000, callId: house.log.ofKind('call-transferred')[0]!.callId },
    ]);
    const premium = consulting('0900 5 123456');
    expect(premium.house.control.heard(premium.consultation)).toEqual(['not-permitted']);
    expect(premium.house.control.trunkLegs()).toEqual([]);
  });

  it('a call for help that still rings is not given up for a transfer', () => {
    // On the scripted network only.
    const { house, ben, consultation } = consulting('112');
    house.control.fire({ kind: 'attended-transfer-requested', leg: ben, consultation });
    expect(house.control.commands).toContainEqual({ name: 'transferFailed', leg: ben });
    expect(house.control.trunkLegs().filter(({ gone }) => !gone)).toHaveLength(1);
    expect(house.control.leg(consultation).gone).toBeFalsy();
  });

  it("abuse case 7: nobody joins a call that is another's; the phone is told that nothing happened", () => {
    const { house, citizen, ben } = consulting();
    const anna = house.phoneDials('anna', '1222');
    const cem = house.control.ringingAt('cem');
    house.control.pickUp(cem);
    for (const consultation of [anna, cem, citizen, 'no-such-leg', ben]) {
      house.control.fire({ kind: 'attended-transfer-requested', leg: ben, consultation });
    }
    expect(house.control.commands.filter(({ name }) => name === 'transferFailed')).toHaveLength(5);
    expect(house.control.areBridged(anna, cem)).toBe(true);
    expect(house.control.heard(citizen)).toEqual(['music']);
    house.control.fire({ kind: 'attended-transfer-requested', leg: citizen, consultation: anna });
    expect(house.control.areBridged(anna, cem)).toBe(true);
  });

  it('a hotline agent who passes on after asking goes into wrap-up', () => {
    const house = new SampleHouse();
    house.logIn('service', 'ben');
    const citizen = house.citizenQueues();
    const ben = house.control.ringingAt('ben');
    house.control.pickUp(ben);
    house.control.fire({ kind: 'hold-requested', leg: ben });
    const consultation = house.phoneDials('ben', '123');
    house.control.pickUp(house.control.ringingAt('dora'));
    house.control.fire({ kind: 'attended-transfer-requested', leg: ben, consultation });
    expect(house.director.phoneState('ben')).toMatchObject({ calls: [], wrapUp: { hotlineId: 'service' } });
    house.control.hangsUp(citizen);
    expect(house.log.ofKind('wrap-up-started')).toHaveLength(1);
  });
});

describe('the card of a hotline call', () => {
  it('counts the wait from the entry into the queue, not from the greeting before it', () => {
    const house = new SampleHouse();
    house.logIn('service', 'anna', 'ben');
    house.hotlines.setPaused('ben', true);
    house.phoneDials('anna', '123');
    const leg = house.citizenCalls('+496205210');
    house.clock.advance(9_000);
    house.control.playedOut(leg);
    const queuedAt = house.clock.now();
    house.clock.advance(60_000);
    house.hotlines.setPaused('ben', false);
    expect(house.director.phoneState('ben').calls).toMatchObject([
      { state: 'ringing', queuedAt, arrivedAt: queuedAt - 9_000 },
    ]);
    house.clock.advance(3_000);
    house.control.pickUp(house.control.ringingAt('ben'));
    expect(house.director.phoneState('ben').calls).toMatchObject([{ queuedAt, waitedMilliseconds: 63_000 }]);
  });
});

import { describe, expect, it } from 'vitest';
import { SampleHouse, sampleTown } from '../testing/index.ts';

/** Dora sits in another department. */
function twoDepartments() {
  const town = sampleTown();
  const people = town.people.map((person) => (person.id === 'dora' ? { ...person, departmentId: 'works' } : person));
  return { ...town, people, departments: [...town.departments, { ...town.departments[0]!, id: 'works' }] };
}

/** A citizen talks to Ben. */
function inCall(house = new SampleHouse()) {
  const citizen = house.citizenCalls('+49620521121');
  const ben = house.control.ringingAt('ben');
  house.control.pickUp(ben);
  return { house, citizen, ben, callId: house.callOf('ben') };
}

const heardBefore = (house: SampleHouse, leg: string) => {
  expect(house.control.leg(leg).answered).toBe(false);
  const heard = house.control.heard(leg);
  house.control.playedOut(leg);
  expect(house.control.leg(leg).gone).toBe(true);
  return [...heard, house.control.leg(leg).failure?.sipStatus];
};

describe('picking up', () => {
  it('*8 and extension: the call moves to who picked it up, the other phones are told it is answered elsewhere', () => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+49620521121');
    const ben = house.control.ringingAt('ben');
    const anna = house.phoneDials('anna', '*8121');
    expect(house.control.leg(anna).answered).toBe(true);
    expect(house.control.areBridged(citizen, anna)).toBe(true);
    expect(house.control.leg(ben)).toMatchObject({ gone: true, failure: { kind: 'answered-elsewhere', q850: 26 } });
    expect([house.stateOf('anna'), house.stateOf('ben')]).toEqual([['connected'], []]);
    expect([house.presence.presenceOf('anna'), house.lines.isBusy('ben')]).toEqual(['on-phone', false]);
    house.control.hangsUp(anna);
    expect(house.control.leg(citizen).gone).toBe(true);
    expect(house.log.ofKind('call-connected')).toMatchObject([{ personId: 'anna' }]);
    expect(house.log.ofKind('call-arrived')).toHaveLength(1);
    expect(house.director.activeCalls).toBe(0);
  });

  it('*8 takes the call that has rung longest in the department', () => {
    const house = new SampleHouse({ town: twoDepartments() });
    house.citizenCalls('+49620521123');
    house.clock.advance(1_000);
    const toBen = house.citizenCalls('+49620521121');
    house.clock.advance(1_000);
    house.citizenCalls('+496205211222');
    const anna = house.phoneDials('anna', '*8');
    expect(house.control.areBridged(anna, toBen)).toBe(true);
  });

  it('not across departments, not without a call, and both answers sound alike', () => {
    const house = new SampleHouse({ town: twoDepartments() });
    expect(heardBefore(house, house.phoneDials('anna', '*8123'))).toEqual(['nothing-to-fetch', 404]);
    const citizen = house.citizenCalls('+49620521123');
    expect(heardBefore(house, house.phoneDials('anna', '*8123'))).toEqual(['nothing-to-fetch', 404]);
    expect(heardBefore(house, house.phoneDials('anna', '*8'))).toEqual(['nothing-to-fetch', 404]);
    expect(house.director.pickUp('anna', 'dora')).toEqual({ ok: false, failure: 'no-such-call' });
    expect(house.control.leg(citizen).answered).toBe(false);
    expect(house.log.ofKind('call-arrived')).toHaveLength(1);
  });

  it('hotline calls are distributed, not picked up', () => {
    const house = new SampleHouse();
    house.logIn('service', 'ben');
    house.citizenQueues();
    const ben = house.control.ringingAt('ben');
    expect(heardBefore(house, house.phoneDials('anna', '*8121'))).toEqual(['nothing-to-fetch', 404]);
    expect(heardBefore(house, house.phoneReplaces('anna', ben, 'ringing'))).toEqual(['nothing-to-fetch', 404]);
    expect(house.director.pickUp('anna', 'ben')).toEqual({ ok: false, failure: 'no-such-call' });
    expect(house.control.ringingAt('ben')).toBe(ben);
  });

  it('on the screen: the own browser is called first; whoever is quicker has the call', () => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+49620521121');
    expect(house.director.pickUp('anna')).toMatchObject({ ok: true, callId: house.callOf('ben') });
    const [anna] = house.control.legsTo('anna');
    expect(anna?.target).toMatchObject({ autoAnswer: { callId: house.callOf('ben') } });
    expect(house.director.pickUp('cem', 'ben')).toEqual({ ok: false, failure: 'busy' });
    house.control.pickUp(anna!.id);
    expect(house.control.areBridged(citizen, anna!.id)).toBe(true);
    expect(house.control.legsTo('ben')).toEqual([]);

    const other = new SampleHouse();
    other.citizenCalls('+49620521121');
    other.director.pickUp('anna', 'ben');
    const [late] = other.control.legsTo('anna');
    other.control.pickUp(other.control.ringingAt('ben'));
    expect(other.control.leg(late!.id).gone).toBe(true);
    expect(other.stateOf('anna')).toEqual([]);
    expect(other.lines.isBusy('anna')).toBe(false);
  });

  it('a call that is being transferred can be picked up as well', () => {
    const { house, citizen } = inCall();
    house.director.transfer('ben', house.callOf('ben'), '1222');
    const anna = house.phoneDials('anna', '*81222');
    expect(house.control.areBridged(citizen, anna)).toBe(true);
    expect(house.log.ofKind('call-transferred')).toHaveLength(1);
    expect(house.stateOf('ben')).toEqual([]);
  });

  it('who picked up is too late: told so, nothing is left behind', () => {
    const house = new SampleHouse();
    house.citizenCalls('+49620521121');
    const ben = house.control.ringingAt('ben');
    house.control.pickUp(ben);
    expect(heardBefore(house, house.phoneReplaces('anna', ben, 'ringing'))).toEqual(['nothing-to-fetch', 404]);
    expect(house.stateOf('ben')).toEqual(['connected']);
  });
});

describe('RFC 3891 §4: a phone takes over a leg', () => {
  it('one that rings, of a colleague in the department or of its own person', () => {
    for (const who of ['anna', 'ben']) {
      const house = new SampleHouse();
      const citizen = house.citizenCalls('+49620521121');
      const leg = house.phoneReplaces(who, house.control.ringingAt('ben'), 'ringing');
      expect(house.control.areBridged(citizen, leg)).toBe(true);
      expect(house.presence.presenceOf(who)).toBe('on-phone');
    }
  });

  it('one that talks, of its own person only: the call goes on there (abuse case 7)', () => {
    const { house, citizen, ben } = inCall();
    expect(heardBefore(house, house.phoneReplaces('anna', ben, 'talking'))).toEqual(['nothing-to-fetch', 404]);
    expect(heardBefore(house, house.phoneReplaces('anna', citizen, 'talking'))).toEqual(['nothing-to-fetch', 404]);
    expect(house.control.areBridged(citizen, ben)).toBe(true);
    const other = house.phoneReplaces('ben', ben, 'talking');
    expect(house.control.areBridged(citizen, other)).toBe(true);
    expect(house.control.leg(ben).gone).toBe(true);
    expect(house.stateOf('ben')).toEqual(['connected']);
    house.control.hangsUp(other);
    expect(house.control.leg(citizen).gone).toBe(true);
  });

  it('one that is unknown, or of another organisation: nothing happens', () => {
    const { house, ben } = inCall();
    expect(heardBefore(house, house.phoneReplaces('ben', 'no-such-leg', 'talking'))).toEqual(['nothing-to-fetch', 404]);
    const town = sampleTown();
    const people = [{ ...town.people[0]!, id: 'zoe', tenantId: 'city' }];
    house.directory.replace({ ...town, tenant: { ...town.tenant, id: 'city' }, people, numbers: [] });
    const stranger = house.control.incoming({
      ...{ origin: { kind: 'device', personId: 'zoe' }, tenantId: 'city', dialled: '', caller: {} },
      replaces: { leg: ben, state: 'talking' },
    });
    expect(heardBefore(house, stranger)).toEqual(['nothing-to-fetch', 404]);
  });
});

describe('parking', () => {
  it('by screen: music, an orbit, seen by the parker; fetched by a colleague with *5 and the orbit', () => {
    const { house, citizen, ben, callId } = inCall();
    expect(house.director.park('ben', callId)).toEqual({ ok: true, callId, orbit: '1' });
    expect(house.control.heard(citizen)).toEqual(['music']);
    expect(house.control.leg(ben).gone).toBe(true);
    expect(house.director.phoneState('ben').calls).toMatchObject([{ state: 'parked', orbit: '1' }]);
    expect(house.lines.isBusy('ben')).toBe(false);
    const dora = house.phoneDials('dora', '*51');
    expect(house.control.areBridged(citizen, dora)).toBe(true);
    expect(house.stateOf('ben')).toEqual([]);
    expect(heardBefore(house, house.phoneDials('anna', '*51'))).toEqual(['nothing-to-fetch', 404]);
    expect(house.log.ofKind('call-parked')).toMatchObject([{ personId: 'ben', orbit: '1' }]);
  });

  it('by *5 with a call on hold: the orbit is said; by a transfer to *5; to an orbit of choice', () => {
    const { house, citizen, ben } = inCall();
    house.control.fire({ kind: 'hold-requested', leg: ben });
    const told = house.phoneDials('ben', '*5');
    expect(house.control.heard(told)).toEqual(['parked-at', '1']);
    expect(house.control.heard(citizen)).toEqual(['music']);
    const second = house.citizenCalls('+49620521123');
    const dora = house.control.ringingAt('dora');
    house.control.pickUp(dora);
    house.control.fire({ kind: 'transfer-requested', leg: dora, target: '*517' });
    expect(house.parking.callIn('town', '17')).toBeDefined();
    expect(house.control.heard(second)).toEqual(['music']);
    const third = inCall(house);
    house.control.fire({ kind: 'transfer-requested', leg: third.ben, target: '*517' });
    expect(house.control.commands).toContainEqual({ name: 'transferFailed', leg: third.ben });
  });

  it('nothing on hold, or a full house: told, nothing changes', () => {
    const house = new SampleHouse();
    expect(heardBefore(house, house.phoneDials('ben', '*5'))).toEqual(['feature-refused', 403]);
    for (let orbit = 1; orbit <= 20; orbit++) house.parking.take('town', `call ${orbit}`);
    const { callId, citizen, ben } = inCall(house);
    expect(house.director.park('ben', callId)).toEqual({ ok: false, failure: 'limit-reached' });
    expect(house.control.areBridged(citizen, ben)).toBe(true);
  });

  it('after two minutes the phone of the parker rings, three times at most, then the citizen may leave a message', () => {
    const { house, citizen, callId } = inCall();
    house.director.park('ben', callId);
    house.clock.advance(120_000);
    const recall = house.control.ringingAt('ben');
    expect(house.director.phoneState('ben').calls).toMatchObject([{ state: 'ringing' }]);
    house.control.fail(recall, 'no-answer');
    for (let again = 0; again < 2; again++) {
      house.clock.advance(30_000);
      house.director.hangUp('ben', callId);
    }
    house.clock.advance(30_000);
    expect(house.control.heard(citizen)).toContain('leave-message-after-tone');
    expect(house.parking.callIn('town', '1')).toBeUndefined();
  });

  it('the recall is answered, or the call is fetched while it rings', () => {
    const answered = inCall();
    answered.house.director.park('ben', answered.callId);
    answered.house.clock.advance(120_000);
    const recall = answered.house.control.ringingAt('ben');
    answered.house.control.pickUp(recall);
    expect(answered.house.control.areBridged(answered.citizen, recall)).toBe(true);

    const fetched = inCall();
    fetched.house.director.park('ben', fetched.callId);
    fetched.house.clock.advance(120_000);
    expect(fetched.house.director.fetch('anna', '1')).toMatchObject({ ok: true });
    const [anna] = fetched.house.control.legsTo('anna');
    fetched.house.control.pickUp(anna!.id);
    expect(fetched.house.control.areBridged(fetched.citizen, anna!.id)).toBe(true);
    expect(fetched.house.control.legsTo('ben')).toEqual([]);
    expect(fetched.house.director.fetch('cem', '1')).toEqual({ ok: false, failure: 'no-such-call' });
  });

  it('the citizen hangs up: the orbit is free, the call is over', () => {
    const { house, citizen, callId } = inCall();
    house.director.park('ben', callId);
    house.control.hangsUp(citizen);
    expect(house.parking.callIn('town', '1')).toBeUndefined();
    expect(house.log.ofKind('call-ended')).toMatchObject([{ outcome: 'answered', by: 'caller' }]);
    expect(house.director.activeCalls).toBe(0);
  });
});

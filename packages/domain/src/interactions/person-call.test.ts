import { describe, expect, it } from 'vitest';
import { SampleHouse } from '../testing/index.ts';

describe('a citizen calls a person', () => {
  it('showing a number nobody may show: the record says so, and keeps no number (TKG §120)', () => {
    const house = new SampleHouse();
    const origin = { kind: 'trunk', trunkId: 'line' } as const;
    const dialled = '+49620521123';
    house.control.incoming({ origin, tenantId: 'town', dialled, caller: {}, forgedCaller: true });
    house.citizenCalls(dialled);
    expect(house.log.ofKind('call-arrived').map(({ forgedCaller }) => forgedCaller)).toEqual([true, undefined]);
  });

  it('rings all devices 25 s, is answered, and is one call for the record', () => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+49620521123');
    expect(house.control.leg(citizen)).toMatchObject({ ringing: true, answered: false });
    const dora = house.control.ringingAt('dora');
    expect(house.control.leg(dora).options?.ringMilliseconds).toBe(25_000);
    house.control.fire({ kind: 'ringing', leg: dora });
    house.control.pickUp(dora);
    expect(house.control.leg(citizen).answered).toBe(true);
    expect(house.control.areBridged(citizen, dora)).toBe(true);
    house.control.hangsUp(dora);
    expect(house.control.leg(citizen).gone).toBe(true);
    expect(house.log.kinds()).toEqual(['call-arrived', 'call-routed', 'call-ringing', 'call-connected', 'call-ended']);
    expect(house.log.ofKind('call-ended')[0]).toMatchObject({ outcome: 'answered', by: 'callee' });
  });

  it.each([
    ['no answer', (house: SampleHouse) => house.control.fail(house.control.ringingAt('dora'), 'no-answer')],
    ['declined', (house: SampleHouse) => house.director.hangUp('dora', house.callOf('dora'))],
    ['no word from the network', (house: SampleHouse) => house.clock.advance(28_000)],
  ])('%s: announcement and a message in the own box', (_name, act) => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+49620521123');
    act(house);
    expect(house.control.heard(citizen)).toEqual(['nobody-available', 'leave-message-after-tone', 'message-beep']);
    expect(house.stateOf('dora')).toEqual([]);
    house.control.playedOut(citizen);
    house.control.recorded(citizen, 2_000);
    expect(house.log.ofKind('message-recorded')[0]?.box).toEqual({ kind: 'person', personId: 'dora' });
  });

  it('on another call or without a device: a message for the citizen', () => {
    const house = new SampleHouse({ reachable: ['dora'] });
    house.control.pickUp((house.citizenCalls('+49620521123'), house.control.ringingAt('dora')));
    expect(house.control.heard(house.citizenCalls('+49620521123'))).toContain('nobody-available');
    expect(house.control.heard(house.citizenCalls('+49620521120'))).toContain('nobody-available');
    expect(house.control.legsTo('dora')).toHaveLength(1);
  });

  it('unknown number: spoken, then 404, never silence (R33)', () => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+49620521999');
    expect(house.control.heard(citizen)).toEqual(['number-not-in-service']);
    house.control.playedOut(citizen);
    expect(house.control.leg(citizen)).toMatchObject({ gone: true, failure: { kind: 'not-in-service' } });
    expect(house.log.ofKind('call-ended')[0]).toMatchObject({ outcome: 'failed', failure: 'not-in-service' });
  });

  it('a trunk can never dial out', () => {
    const house = new SampleHouse();
    for (const dialled of ['+4930123456', '017139200000', '00441234567', '110', '115', '+1900123']) {
      house.citizenCalls(dialled);
    }
    expect(house.control.trunkLegs()).toEqual([]);
    expect([...house.control.legs.values()].filter(({ target }) => target)).toEqual([]);
  });

  it.each(['110', '0900123456', '+4913712345', 'anonymous', '120', undefined])(
    'a shown number %s is suppressed, its name too',
    (number) => {
      const house = new SampleHouse();
      const caller = { name: 'Chef', ...(number === undefined ? {} : { number }) };
      house.control.incoming({
        ...{ origin: { kind: 'trunk', trunkId: 'line' }, tenantId: 'town', dialled: '+49620521123', caller },
      });
      expect(house.control.leg(house.control.ringingAt('dora')).options?.caller).toEqual({});
      expect(house.log.parties[0]).not.toHaveProperty('number');
    },
  );
});

describe('a colleague dials', () => {
  it('an extension: name and extension are shown, the caller is answered when the other picks up', () => {
    const house = new SampleHouse();
    const anna = house.phoneDials('anna', '123');
    expect(house.control.leg(anna)).toMatchObject({ ringing: true, answered: false });
    const dora = house.control.ringingAt('dora');
    expect(house.control.leg(dora).options?.caller).toEqual({ number: '120', name: 'Anna Annasen' });
    expect(house.director.phoneState('anna').calls).toMatchObject([
      { state: 'dialling', direction: 'internal', party: { number: '123', name: 'Dora Dorasen' } },
    ]);
    house.control.pickUp(dora);
    expect(house.control.areBridged(anna, dora)).toBe(true);
    expect(house.log.ofKind('call-arrived')[0]).toMatchObject({ direction: 'internal', callerPersonId: 'anna' });
    expect(house.log.parties).toEqual([]);
  });

  it('somebody who is busy hears busy; who is away may leave a message', () => {
    const house = new SampleHouse({ reachable: ['anna', 'ben', 'dora'] });
    house.phoneDials('dora', '+4930123456');
    const anna = house.phoneDials('anna', '123');
    expect(house.control.leg(anna)).toMatchObject({ gone: true, answered: false, failure: { kind: 'busy' } });
    const ben = house.phoneDials('ben', '1222');
    expect(house.control.heard(ben)).toContain('leave-message-after-tone');
  });

  it('the outside: the office number is shown, never a name, and `-0` for people without an extension', () => {
    const house = new SampleHouse();
    const anna = house.phoneDials('anna', '030 123456');
    const [leg] = house.control.trunkLegs();
    expect(leg).toMatchObject({
      target: { trunkId: 'line', number: '+4930123456' },
      options: { caller: { number: '+49620521120' } },
    });
    expect(leg?.options?.caller).not.toHaveProperty('name');
    house.control.pickUp(leg!.id);
    expect(house.control.areBridged(anna, leg!.id)).toBe(true);
    house.phoneDials('eve', '0171 3920000');
    expect(house.control.trunkLegs()[1]?.options?.caller).toEqual({ number: '+496205210' });
    expect(house.log.ofKind('call-arrived')[0]).toMatchObject({ direction: 'outbound', trunkId: 'line' });
    expect(house.log.parties[0]).toMatchObject({ number: '+4930123456' });
  });

  it('foreign and premium numbers: told why, nothing dialled', () => {
    const house = new SampleHouse();
    for (const dialled of ['0044 20 7946 0000', '0900 5 123456', '0137 123456', '11833']) {
      expect(house.control.heard(house.phoneDials('anna', dialled))).toEqual(['not-permitted']);
    }
    expect(house.control.trunkLegs()).toEqual([]);
  });

  it('two outgoing calls at once, not three; a finished one makes room', () => {
    const house = new SampleHouse();
    const first = house.phoneDials('anna', '030 123456');
    house.phoneDials('anna', '030 123457');
    const third = house.phoneDials('anna', '030 123458');
    expect(house.control.leg(third)).toMatchObject({ gone: true, failure: { sipStatus: 503 } });
    house.control.hangsUp(first);
    house.phoneDials('anna', '030 123458');
    expect(house.control.trunkLegs()).toHaveLength(2);
  });

  it('a far end that fails is passed on to the phone', () => {
    const house = new SampleHouse();
    const anna = house.phoneDials('anna', '030 123456');
    house.control.fail(house.control.trunkLegs()[0]!.id, 'busy');
    expect(house.control.leg(anna)).toMatchObject({ gone: true, failure: { kind: 'busy' } });
  });

  it('gives up before anybody answers', () => {
    const house = new SampleHouse();
    const anna = house.phoneDials('anna', '123');
    const dora = house.control.ringingAt('dora');
    house.control.hangsUp(anna);
    expect(house.control.leg(dora)).toMatchObject({ gone: true, failure: { kind: 'cancelled' } });
    expect(house.log.ofKind('call-ended')[0]).toMatchObject({ outcome: 'abandoned', by: 'caller' });
  });
});

describe('dialling on the screen', () => {
  it('calls the own browser first, then the target with ringing to hear', () => {
    const house = new SampleHouse();
    const result = house.director.dial('anna', '21-123');
    expect(result).toMatchObject({ ok: true });
    const own = house.control.legsTo('anna')[0]!;
    expect(own.target).toMatchObject({ autoAnswer: { callId: result.ok && result.callId } });
    expect(own.options?.caller).toMatchObject({ name: 'Dora Dorasen' });
    expect(house.stateOf('anna')).toEqual(['dialling']);
    house.control.pickUp(own.id);
    expect(house.control.heard(own.id)).toEqual(['ringback']);
    house.control.pickUp(house.control.ringingAt('dora'));
    expect(house.control.areBridged(own.id, house.control.legsTo('dora')[0]!.id)).toBe(true);
    expect(house.stateOf('anna')).toEqual(['connected']);
  });

  it('a busy colleague is heard as the busy tone', () => {
    const house = new SampleHouse();
    house.phoneDials('dora', '030 123456');
    house.director.dial('anna', '123');
    const own = house.control.legsTo('anna')[0]!.id;
    house.control.pickUp(own);
    expect(house.control.heard(own)).toContain('busy');
    house.control.playedOut(own);
    expect(house.log.ofKind('call-ended').at(-1)).toMatchObject({ outcome: 'failed', failure: 'busy' });
  });

  it.each([
    ['999', 'not-in-service'],
    ['rm -rf', 'not-in-service'],
    ['0044 20 7946 0000', 'not-permitted'],
    ['010 33 030 123456', 'not-in-service'],
  ])('%s is refused as %s', (to, failure) => {
    const house = new SampleHouse();
    expect(house.director.dial('anna', to)).toEqual({ ok: false, failure });
    expect(house.log.events).toEqual([]);
    expect(house.director.activeCalls).toBe(0);
  });

  it('needs a phone, a person and a free line', () => {
    const house = new SampleHouse({ reachable: ['anna', 'dora'] });
    expect(house.director.dial('ben', '123')).toEqual({ ok: false, failure: 'not-reachable' });
    expect(house.director.dial('nobody', '123')).toEqual({ ok: false, failure: 'not-permitted' });
    house.phoneDials('anna', '123');
    expect(house.director.dial('anna', '030 123456')).toEqual({ ok: false, failure: 'busy' });
  });

  it('the own browser does not answer: the call ends, nobody else was rung', () => {
    const house = new SampleHouse();
    house.director.dial('anna', '123');
    house.control.fail(house.control.ringingAt('anna'), 'unreachable');
    expect(house.log.ofKind('call-ended')[0]).toMatchObject({ outcome: 'failed', failure: 'unreachable' });
    expect(house.control.legsTo('dora')).toEqual([]);
    expect(house.lines.isBusy('anna')).toBe(false);
  });
});

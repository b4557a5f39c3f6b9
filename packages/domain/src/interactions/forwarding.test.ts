import { describe, expect, it } from 'vitest';
import { callFailures } from '../calls/call-failure.ts';
import { staticTrunkSettings } from '../directory/trunk-settings.ts';
import { SampleHouse, sampleTown, townWhere } from '../testing/index.ts';

const citizen = '+4917139200000';
const mobile = '0171 5555555';
const outsideOf = (house: SampleHouse) => house.control.trunkLegs()[0];

describe('forwarding', () => {
  it('always: the phone does not ring, the call goes on under the own rights and at the own expense', () => {
    const house = new SampleHouse({ town: townWhere('dora', { forwarding: { always: mobile } }) });
    const leg = house.citizenCalls('+49620521123');
    expect(house.control.legsTo('dora')).toEqual([]);
    expect(outsideOf(house)).toMatchObject({
      target: { number: '+491715555555' },
      options: { caller: { number: '+49620521123' }, forwardedBy: '+49620521123' },
    });
    house.control.pickUp(outsideOf(house)!.id);
    expect(house.control.areBridged(leg, outsideOf(house)!.id)).toBe(true);
    house.control.hangsUp(leg);
    expect(house.log.ofKind('call-forwarded')).toMatchObject([
      { personId: 'dora', destination: { kind: 'outside', numberClass: 'mobile' } },
    ]);
    expect(house.log.ofKind('trunk-call-ended')).toMatchObject([{ personId: 'dora' }]);
    expect(JSON.stringify(house.log.events)).not.toContain('5555555');
  });

  it("shows the citizen's number only where the provider lets it (CLIP no screening), a colleague's never", () => {
    const open = { ...staticTrunkSettings, identity: { ...staticTrunkSettings.identity, noScreening: true } };
    const town = sampleTown();
    const trunks = town.trunks.map((trunk) => ({ ...trunk, settings: open }));
    const where = townWhere('dora', { forwarding: { always: mobile } }, { ...town, trunks });
    const house = new SampleHouse({ town: where });
    house.citizenCalls('+49620521123', citizen);
    expect(outsideOf(house)?.options).toMatchObject({ caller: { number: citizen }, forwardedBy: '+49620521123' });
    const inside = new SampleHouse({ town: where });
    inside.phoneDials('anna', '123');
    expect(outsideOf(inside)?.options?.caller).toEqual({ number: '+49620521123' });
  });

  it('busy, also by do not disturb; unanswered after the time chosen; unreachable', () => {
    const town = townWhere('dora', { forwarding: { busy: '121', noAnswer: '1222', noAnswerSeconds: 7 } });
    const busy = new SampleHouse({ town });
    busy.phoneDials('dora', '120');
    busy.citizenCalls('+49620521123');
    expect(busy.control.legsTo('ben')).toHaveLength(1);
    const disturbed = new SampleHouse({ town });
    disturbed.settings.setDoNotDisturb('dora', true);
    disturbed.citizenCalls('+49620521123');
    expect(disturbed.control.legsTo('dora')).toEqual([]);
    expect(disturbed.control.legsTo('ben')).toHaveLength(1);
    const unanswered = new SampleHouse({ town });
    unanswered.citizenCalls('+49620521123');
    const leg = unanswered.control.ringingAt('dora');
    expect(unanswered.control.leg(leg).options?.ringMilliseconds).toBe(7_000);
    unanswered.control.fail(leg, 'no-answer');
    expect(unanswered.control.legsTo('cem')).toHaveLength(1);
    const away = new SampleHouse({ town, reachable: ['cem'] });
    away.citizenCalls('+49620521123');
    expect(away.control.legsTo('cem')).toHaveLength(1);
  });

  it('the message is for whom the citizen called, not for the last in the chain', () => {
    const house = new SampleHouse({ town: townWhere('dora', { forwarding: { always: '121' } }) });
    const leg = house.citizenCalls('+49620521123');
    house.control.fail(house.control.ringingAt('ben'), 'no-answer');
    house.control.playedOut(leg);
    house.control.recorded(leg, 3_000);
    expect(house.log.ofKind('message-recorded')).toMatchObject([{ box: { kind: 'person', personId: 'dora' } }]);
  });

  it('rights are checked again with every call: a right that was taken away ends it', () => {
    const town = townWhere('dora', { forwarding: { always: '0044 20 7946 0000' }, diallingClasses: ['international'] });
    const allowed = new SampleHouse({ town });
    allowed.citizenCalls('+49620521123');
    expect(outsideOf(allowed)?.target).toMatchObject({ number: '+442079460000' });
    const { people } = townWhere('dora', { diallingClasses: ['internal'] }, town);
    const house = new SampleHouse({ town: { ...town, people } });
    house.citizenCalls('+49620521123');
    expect(house.control.trunkLegs()).toEqual([]);
    expect(house.control.legsTo('dora')).toHaveLength(1);
  });

  it.each(['110', '112', '0112', '0900 5 123456', 'sip:x@example.com'])('never leads to %s', (to) => {
    const house = new SampleHouse({ town: townWhere('dora', { forwarding: { always: to } }) });
    house.citizenCalls('+49620521123');
    expect(house.control.trunkLegs()).toEqual([]);
  });

  it('abuse case 8: over a limit of its owner it is as if there was none', () => {
    const house = new SampleHouse({ town: townWhere('dora', { forwarding: { always: mobile } }) });
    house.citizenCalls('+49620521123');
    house.citizenCalls('+49620521123');
    expect(house.control.trunkLegs()).toHaveLength(2);
    house.citizenCalls('+49620521123');
    expect(house.control.trunkLegs()).toHaveLength(2);
    expect(house.control.legsTo('dora')).toHaveLength(1);
  });

  it('circles end: each forwards once, and never more than three times', () => {
    let town = townWhere('dora', { forwarding: { always: '121' } });
    town = townWhere('ben', { forwarding: { always: '123' } }, town);
    const circle = new SampleHouse({ town });
    circle.citizenCalls('+49620521123');
    expect(circle.control.legsTo('ben')).toHaveLength(1);
    town = townWhere('ben', { forwarding: { always: '1222' } }, town);
    town = townWhere('cem', { forwarding: { always: '120' } }, town);
    town = townWhere('anna', { forwarding: { always: mobile } }, town);
    const long = new SampleHouse({ town });
    long.citizenCalls('+49620521123');
    expect(long.log.ofKind('call-forwarded').map(({ personId }) => personId)).toEqual(['dora', 'ben', 'cem']);
    expect(long.control.legsTo('anna')).toHaveLength(1);
  });

  it('what comes back from where it was forwarded to rings instead of going round', () => {
    const town = townWhere('dora', { forwarding: { always: mobile, noAnswer: mobile } });
    const back = (divertedBy: string) => {
      const house = new SampleHouse({ town });
      const origin = { kind: 'trunk', trunkId: 'line' } as const;
      const caller = { number: citizen };
      house.control.incoming({ origin, tenantId: 'town', dialled: '+49620521123', caller, divertedBy });
      return house;
    };
    const own = back('+49620521123');
    expect(own.control.trunkLegs()).toEqual([]);
    own.control.fail(own.control.ringingAt('dora'), 'no-answer');
    expect(own.control.trunkLegs()).toEqual([]);
    for (const other of ['+49620521121', '+4930123456', 'nonsense']) {
      expect(back(other).control.trunkLegs()).toHaveLength(1);
    }
  });

  it('a hotline call never follows it, nor do not disturb, nor what the phone asks for (requirement I/3b)', () => {
    const forwarding = { always: mobile, busy: mobile, noAnswer: mobile };
    const house = new SampleHouse({ town: townWhere('anna', { forwarding, doNotDisturb: true }) });
    house.logIn('service', 'anna');
    house.citizenQueues();
    const leg = house.control.ringingAt('anna');
    house.control.fire({ kind: 'failed', leg, failure: callFailures.declined, redirectTo: mobile });
    expect(house.control.trunkLegs()).toEqual([]);
    expect(house.log.ofKind('hotline-offer-ended')).toMatchObject([{ outcome: 'declined' }]);
  });

  it('abuse case 9: a phone that redirects (302) does so under the rights of its person', () => {
    for (const [to, goes] of [
      [mobile, 1],
      ['0044 20 7946 0000', 0],
      ['0900 5 123456', 0],
      ['112', 0],
      ['<sip:evil@example.com>', 0],
    ] as const) {
      const house = new SampleHouse();
      house.citizenCalls('+49620521123');
      const leg = house.control.ringingAt('dora');
      house.control.fire({ kind: 'failed', leg, failure: callFailures.declined, redirectTo: to });
      expect(house.control.trunkLegs(), to).toHaveLength(goes);
      expect(house.log.ofKind('trunk-call-started').map(({ personId }) => personId)).toEqual(goes ? ['dora'] : []);
    }
  });

  it('a transfer to somebody who forwards everything follows it', () => {
    const house = new SampleHouse({ town: townWhere('cem', { forwarding: { always: mobile } }) });
    const leg = house.citizenCalls('+49620521123');
    house.control.pickUp(house.control.ringingAt('dora'));
    expect(house.director.transfer('dora', house.callOf('dora'), '1222')).toMatchObject({ ok: true });
    house.control.pickUp(outsideOf(house)!.id);
    expect(house.control.areBridged(leg, outsideOf(house)!.id)).toBe(true);
    expect(house.log.ofKind('trunk-call-started')).toMatchObject([{ personId: 'cem' }]);
  });

  it('abuse case 3: nothing but a forwarding leads from a trunk back out', () => {
    const house = new SampleHouse();
    for (const dialled of ['+491715555555', '*21*01715555555#', '*31#01715555555', '*8', '*51', '00441234567', '112']) {
      house.citizenCalls(dialled);
    }
    expect([...house.control.legs.values()].filter(({ target }) => target)).toEqual([]);
  });
});

describe('do not disturb', () => {
  it('direct calls do not ring; colleagues hear busy, citizens may leave a message; transfers are told', () => {
    const house = new SampleHouse({ town: townWhere('dora', { doNotDisturb: true }) });
    const leg = house.citizenCalls('+49620521123');
    expect(house.control.heard(leg)).toContain('leave-message-after-tone');
    const anna = house.phoneDials('anna', '123');
    expect(house.control.leg(anna)).toMatchObject({ gone: true, failure: { kind: 'busy' } });
    expect(house.presence.presenceOf('dora')).toBe('do-not-disturb');
    house.citizenCalls('+49620521121');
    house.control.pickUp(house.control.ringingAt('ben'));
    expect(house.director.transfer('ben', house.callOf('ben'), '123')).toEqual({ ok: false, failure: 'busy' });
  });
});

describe('the own number', () => {
  it('is hidden for one call by *31#, for all by choice, never inside', () => {
    const house = new SampleHouse();
    house.phoneDials('anna', '*31#030 123456');
    expect(outsideOf(house)).toMatchObject({ target: { number: '+4930123456' }, options: { hideNumber: true } });
    house.phoneDials('anna', '030 123456');
    expect(house.control.trunkLegs()[1]?.options).not.toHaveProperty('hideNumber');
    house.settings.setHideNumber('ben', true);
    house.phoneDials('ben', '030 123456');
    expect(house.control.trunkLegs()[2]?.options?.hideNumber).toBe(true);
    house.phoneDials('cem', '*31#123');
    expect(house.control.legsTo('dora')[0]?.options).toMatchObject({ caller: { number: '1222' } });
    const refused = house.phoneDials('eve', '*31#0900 5 123456');
    expect(house.control.heard(refused)).toEqual(['not-permitted']);
  });

  it('who hides it is hidden in calls they transfer or forward too, and named as nobody', () => {
    const hidden = { hideNumber: true, forwarding: { always: mobile } };
    const forwarded = new SampleHouse({ town: townWhere('dora', hidden) });
    forwarded.citizenCalls('+49620521123');
    expect(outsideOf(forwarded)?.options).toMatchObject({ hideNumber: true });
    expect(outsideOf(forwarded)?.options).not.toHaveProperty('forwardedBy');
    const house = new SampleHouse({ town: townWhere('ben', { hideNumber: true }) });
    house.citizenCalls('+49620521121');
    house.control.pickUp(house.control.ringingAt('ben'));
    expect(house.director.transfer('ben', house.callOf('ben'), mobile)).toMatchObject({ ok: true });
    expect(outsideOf(house)?.options).toMatchObject({ hideNumber: true });
  });
});

import { describe, expect, it } from 'vitest';
import { staticTrunkSettings } from '../directory/trunk-settings.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import { SampleHouse, sampleTown } from '../testing/index.ts';

/** The town with a second trunk and a head number on it. */
function twoTrunks(settings = {}): TownDirectory {
  const town = sampleTown();
  const [line] = town.trunks;
  const trunkSettings = { ...staticTrunkSettings, ...settings };
  return {
    ...town,
    trunks: [
      { ...line!, settings: trunkSettings },
      { ...line!, id: 'second', settings: trunkSettings },
    ],
    headNumbers: [...town.headNumbers, { ...town.headNumbers[0]!, id: 'h2', e164: '+49620577', trunkId: 'second' }],
  };
}

const dialled = (house: SampleHouse) =>
  house.control.trunkLegs().map(({ id, target, options }) => ({
    id,
    over: target?.kind === 'trunk' ? target.trunkId : '',
    shows: options?.caller.number,
  }));

describe('a call whose trunk fails', () => {
  it('goes over the next one, with a number of that trunk; the caller hears ringing all along', () => {
    const house = new SampleHouse({ town: twoTrunks() });
    const anna = house.phoneDials('anna', '030 123456');
    expect(dialled(house)).toMatchObject([{ over: 'line', shows: '+49620521120' }]);
    house.control.fail(dialled(house)[0]!.id, 'trunk-failed');
    expect(dialled(house)).toMatchObject([{ over: 'second', shows: '+496205770' }]);
    expect(house.control.commands.filter(({ leg }) => leg === anna).map(({ name }) => name)).toEqual(['ring']);
    house.control.pickUp(dialled(house)[0]!.id);
    expect(house.control.areBridged(anna, dialled(house)[0]!.id)).toBe(true);
    house.control.hangsUp(anna);
    expect(house.log.ofKind('trunk-call-started')).toMatchObject([{ trunkId: 'line' }]);
    expect(house.log.ofKind('trunk-call-ended')).toMatchObject([{ trunkId: 'second', personId: 'anna' }]);
  });

  it('a trunk that is known to be down is tried last, but tried', () => {
    const house = new SampleHouse({ town: twoTrunks() });
    house.downTrunks.add('line');
    house.phoneDials('anna', '030 123456');
    expect(dialled(house)).toMatchObject([{ over: 'second' }]);
    house.control.fail(dialled(house)[0]!.id, 'trunk-failed');
    expect(dialled(house)).toMatchObject([{ over: 'line' }]);
  });

  it('a full trunk is passed over, and every reservation comes back when all have failed', () => {
    const town = twoTrunks();
    const full = { ...town, trunks: town.trunks.map((trunk) => ({ ...trunk, outgoingCapacity: 1 })) };
    const house = new SampleHouse({ town: full });
    house.phoneDials('anna', '030 123456');
    house.phoneDials('ben', '030 123457');
    expect(dialled(house).map(({ over }) => over)).toEqual(['line', 'second']);
    const cem = house.phoneDials('cem', '030 123458');
    expect(house.control.leg(cem)).toMatchObject({ gone: true, failure: { sipStatus: 503 } });
    // Anna's trunk fails, the other one is Ben's: hers has failed for good.
    house.control.fail(dialled(house)[0]!.id, 'trunk-failed');
    expect(house.log.ofKind('trunk-call-ended')).toMatchObject([{ cents: 0, connectedMilliseconds: 0 }]);
    house.phoneDials('cem', '030 123458');
    expect(dialled(house).map(({ over }) => over)).toEqual(['second', 'line']);
  });

  it('busy and declined are answers of the called: no other trunk is asked', () => {
    for (const failure of ['busy', 'declined', 'no-answer'] as const) {
      const house = new SampleHouse({ town: twoTrunks() });
      house.phoneDials('anna', '030 123456');
      house.control.fail(dialled(house)[0]!.id, failure);
      expect(dialled(house)).toEqual([]);
    }
  });

  it('all have failed: told aloud before the answer, then the true status', () => {
    const house = new SampleHouse({ town: twoTrunks() });
    const anna = house.phoneDials('anna', '030 123456');
    for (let trunk = 0; trunk < 2; trunk++) house.control.fail(dialled(house)[0]!.id, 'trunk-failed');
    expect(house.control.heard(anna)).toEqual(['call-failed']);
    expect(house.control.leg(anna)).toMatchObject({ answered: false, gone: false });
    house.control.playedOut(anna);
    expect(house.control.leg(anna)).toMatchObject({ answered: false, gone: true, failure: { sipStatus: 503 } });
  });
});

describe('sound before the answer', () => {
  it("the provider's announcement is heard, ringing again when another trunk is tried", () => {
    const house = new SampleHouse({ town: twoTrunks() });
    const anna = house.phoneDials('anna', '030 123456');
    const [first] = dialled(house);
    house.control.fire({ kind: 'ringing', leg: first!.id });
    house.control.fire({ kind: 'progress', leg: first!.id });
    expect(house.control.areBridged(anna, first!.id)).toBe(true);
    expect(house.control.leg(anna).answered).toBe(false);
    expect(house.control.commands).toContainEqual({ name: 'progress', leg: anna });
    house.control.fail(first!.id, 'trunk-failed');
    expect(house.control.heard(anna)).toEqual(['ringback']);
    house.control.pickUp(dialled(house)[0]!.id);
    expect(house.control.leg(anna).answered).toBe(true);
    expect(house.control.areBridged(anna, dialled(house)[0]!.id)).toBe(true);
  });

  it("a colleague's phone has none: its caller hears ringing", () => {
    const house = new SampleHouse();
    const anna = house.phoneDials('anna', '123');
    house.control.fire({ kind: 'progress', leg: house.control.ringingAt('dora') });
    expect(house.control.commands).not.toContainEqual({ name: 'progress', leg: anna });
  });

  it('of a transfer: the citizen hears it', () => {
    const house = new SampleHouse();
    const citizen = house.citizenCalls('+49620521123');
    house.control.pickUp(house.control.ringingAt('dora'));
    house.director.transfer('dora', house.callOf('dora'), '030 123456');
    house.control.fire({ kind: 'progress', leg: dialled(house)[0]!.id });
    expect(house.control.areBridged(citizen, dialled(house)[0]!.id)).toBe(true);
  });
});

describe('the spend guard in a call', () => {
  const dear = { guard: { callsPerMinute: 0, dailyCents: 0, centsPerMinute: { national: 100 } } };

  it('books what a call came to, stops the next one and says so to the administrator', () => {
    const house = new SampleHouse({ town: twoTrunks(dear) });
    const first = house.phoneDials('anna', '030 123456');
    house.control.pickUp(dialled(house)[0]!.id);
    house.clock.advance(18 * 60_000);
    house.control.hangsUp(first);
    expect(house.log.ofKind('trunk-call-ended')).toMatchObject([{ cents: 1_800, connectedMilliseconds: 1_080_000 }]);
    const second = house.phoneDials('anna', '030 123456');
    expect(house.control.leg(second)).toMatchObject({ gone: true, failure: { sipStatus: 503 } });
    expect(house.log.ofKind('limit-reached')).toMatchObject([
      { scope: 'person', scopeId: 'anna', limit: 'daily-cents', tenantId: 'town' },
    ]);
    expect(house.director.dial('anna', '030 123456')).toEqual({ ok: false, failure: 'limit-reached' });
    expect(house.director.activeCalls).toBe(0);
    house.phoneDials('ben', '030 123456');
    expect(dialled(house)).toHaveLength(1);
  });

  it('survives a restart: what was spent counts, a call that was cut off counts with its reservation', async () => {
    const before = new SampleHouse({ town: twoTrunks(dear) });
    const anna = before.phoneDials('anna', '030 123456');
    before.control.pickUp(dialled(before)[0]!.id);
    before.clock.advance(18 * 60_000);
    before.control.hangsUp(anna);
    before.phoneDials('ben', '030 123456');
    const stored = before.log.events.flatMap((event) =>
      event.kind === 'trunk-call-started' || event.kind === 'trunk-call-ended' ? [event] : [],
    );
    const after = new SampleHouse({ town: twoTrunks({ guard: { ...dear.guard, dailyCents: 2_000 } }) });
    const asked: number[] = [];
    const history = { since: (at: number) => (asked.push(at), Promise.resolve(stored)) };
    await after.director.restore(history);
    // Midnight in Berlin.
    expect(asked).toEqual([Date.UTC(2026, 10, 22, 23)]);
    expect(after.director.dial('anna', '030 123456')).toEqual({ ok: false, failure: 'limit-reached' });
    after.phoneDials('cem', '030 123456');
    // 1800 and 300 reserved are spent on `line`; another 300 go over the other trunk.
    expect(dialled(after)).toMatchObject([{ over: 'second' }]);
  });

  it('help is never limited, never hidden and tries every trunk, whatever each says', () => {
    // Resolution and dialling on the scripted network only.
    const town = twoTrunks();
    const house = new SampleHouse({
      town: { ...town, trunks: town.trunks.map((one) => ({ ...one, outgoingCapacity: 0 })) },
    });
    house.downTrunks.add('line');
    house.settings.setHideNumber('anna', true);
    house.phoneDials('anna', '112');
    expect(dialled(house)).toMatchObject([{ over: 'line', shows: '+496205210' }]);
    expect(house.control.trunkLegs()[0]?.options).not.toHaveProperty('hideNumber');
    house.control.fail(dialled(house)[0]!.id, 'forbidden');
    expect(dialled(house)).toMatchObject([{ over: 'second', shows: '+496205210' }]);
    expect(house.log.ofKind('trunk-call-started')).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callFailures, type CallFailureKind } from '../calls/call-failure.ts';
import type { DomainEvent } from '../events/event.ts';
import { SampleHouse, type ScriptedLeg } from '../testing/index.ts';

type Step = (house: SampleHouse) => void;

const people = ['anna', 'ben', 'cem', 'dora', 'eve'] as const;
const person = fc.constantFrom(...people);
const hotline = fc.constantFrom('service', 'permits');
const target = fc.constantFrom(
  '0',
  '12',
  '120',
  '121',
  '123',
  '999',
  '030 123456',
  '0044 20 7946 0000',
  'x',
  '*5',
  '*53',
);
const code = fc.constantFrom(
  '*8',
  '*8121',
  '*8123',
  '*5',
  '*51',
  '*52',
  '*53',
  '*26#',
  '#26#',
  '*31#030 123456',
  '*30',
);
const forwarding = fc.constantFrom('', '', '120', '121', '123', '12', '030 123456', '0044 20 7946 0000');
const kind = fc.constantFrom('always' as const, 'busy' as const, 'noAnswer' as const);
const failure = fc.constantFrom<CallFailureKind>('no-answer', 'busy', 'declined', 'unreachable', 'trunk-failed');
const pick = fc.nat(200);
/** Agents are mostly there: else nothing but messages would happen. */
const mostly = fc.nat(4).map((number) => number > 0);

const onLeg =
  (filter: (leg: ScriptedLeg) => boolean, act: (house: SampleHouse, leg: string) => void) =>
  (index: number): Step =>
  (house) => {
    const legs = [...house.control.legs.values()].filter((leg) => !leg.gone && filter(leg));
    const leg = legs[index % Math.max(1, legs.length)];
    if (leg) act(house, leg.id);
  };
const onCall =
  (act: (house: SampleHouse, personId: string, callId: string) => void) =>
  (personId: string, index: number): Step =>
  (house) => {
    const { calls } = house.director.phoneState(personId);
    const call = calls[index % Math.max(1, calls.length)];
    if (call) act(house, personId, call.callId);
  };

/** What phones and screens do besides calling: codes, forwarding, taking calls over and joining them. */
const feature: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(person, code).map(
      ([who, dialled]): Step =>
        (house) =>
          void house.phoneDials(who, dialled),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(person, kind, forwarding).map(
      ([who, when, to]): Step =>
        (house) =>
          void house.settings.setForwarding(who, when, to),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(pick, pick).map(([index, other]) =>
      onLeg(
        () => true,
        (house, leg) => {
          const legs = [...house.control.legs.keys()];
          const consultation = legs[other % legs.length] ?? '';
          house.control.fire({ kind: 'attended-transfer-requested', leg, consultation });
        },
      )(index),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(person, pick, fc.constantFrom('ringing' as const, 'talking' as const))
      .map(([who, index, state]) =>
        onLeg(
          ({ target }) => target !== undefined,
          (house, leg) => void house.phoneReplaces(who, leg, state),
        )(index),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(pick, forwarding).map(([index, redirectTo]) =>
      onLeg(
        ({ target, answered }) => target !== undefined && !answered,
        (house, leg) => house.control.fire({ kind: 'failed', leg, failure: callFailures.declined, redirectTo }),
      )(index),
    ),
  },
  {
    weight: 2,
    arbitrary: pick.map(
      onLeg(
        ({ target, answered }) => target?.kind === 'trunk' && !answered,
        (house, leg) => house.control.fire({ kind: 'progress', leg }),
      ),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(person, person, pick, fc.constantFrom('1', '2', '3'))
      .map(([who, other, index, orbit]): Step => (house) => {
        const { calls } = house.director.phoneState(who);
        const [one, two] = [calls[index % Math.max(1, calls.length)], calls.at(-1)];
        if (index % 4 === 0) house.director.pickUp(who, index % 8 === 0 ? other : undefined);
        else if (index % 4 === 1) house.director.fetch(who, orbit);
        else if (index % 4 === 2 && one) house.director.park(who, one.callId);
        else if (one && two) house.director.join(who, one.callId, two.callId);
      }),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: feature },
  {
    weight: 4,
    arbitrary: fc.constantFrom('+496205210', '+4962052112', '+49620521123', '+49620521999').map(
      (to): Step =>
        (house) =>
          void house.citizenCalls(to),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(person, target).map(
      ([who, to]): Step =>
        (house) =>
          void house.phoneDials(who, to),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(person, target).map(
      ([who, to]): Step =>
        (house) =>
          void house.director.dial(who, to),
    ),
  },
  {
    weight: 5,
    arbitrary: pick.map(
      onLeg(
        ({ playbackId, loops }) => playbackId !== undefined && !loops,
        (house, leg) => house.control.playedOut(leg),
      ),
    ),
  },
  {
    weight: 5,
    arbitrary: pick.map(
      onLeg(
        ({ target, answered }) => target !== undefined && !answered,
        (house, leg) => house.control.pickUp(leg),
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(pick, failure).map(([index, kind]) =>
      onLeg(
        ({ target, answered }) => target !== undefined && !answered,
        (house, leg) => house.control.fail(leg, kind),
      )(index),
    ),
  },
  {
    weight: 2,
    arbitrary: pick.map(
      onLeg(
        () => true,
        (house, leg) => house.control.hangsUp(leg),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: pick.map(
      onLeg(
        () => true,
        (house, leg) => house.control.hangsUp(leg, 'lost'),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: pick.map(
      onLeg(
        ({ recordingId }) => recordingId !== undefined,
        (house, leg) => house.control.recorded(leg, 3_000),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: pick.map(
      onLeg(
        () => true,
        (house, leg) => house.control.fire({ kind: 'digit', leg, digit: '#' }),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: pick.map(
      onLeg(
        () => true,
        (house, leg) => house.control.fire({ kind: 'hold-requested', leg }),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(pick, target).map(([index, to]) =>
      onLeg(
        () => true,
        (house, leg) => house.control.fire({ kind: 'transfer-requested', leg, target: to }),
      )(index),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(person, pick)
      .map(([who, index]) =>
        onCall((house, personId, callId) => void house.director.hold(personId, callId))(who, index),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(person, pick)
      .map(([who, index]) =>
        onCall((house, personId, callId) => void house.director.resume(personId, callId))(who, index),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(person, pick)
      .map(([who, index]) =>
        onCall((house, personId, callId) => void house.director.hangUp(personId, callId))(who, index),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(person, pick, target)
      .map(([who, index, to]) =>
        onCall((house, personId, callId) => void house.director.transfer(personId, callId, to))(who, index),
      ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(person, hotline, mostly).map(
      ([who, where, on]): Step =>
        (house) =>
          void house.hotlines.setLogin(who, where, on),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(person, mostly).map(
      ([who, on]): Step =>
        (house) =>
          house.hotlines.setPaused(who, !on),
    ),
  },
  {
    weight: 1,
    arbitrary: person.map(
      (who): Step =>
        (house) =>
          void house.hotlines.finishWrapUp(who, 'done'),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(person, mostly).map(
      ([who, on]): Step =>
        (house) =>
          house.reachability.set(who, on),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 120_000 }).map(
      (time): Step =>
        (house) =>
          house.clock.advance(time),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Step>((house) => house.control.settle()) },
);

/** Must hold after every single step. */
function holdsNow(house: SampleHouse): void {
  expect(house.errors).toEqual([]);
  for (const personId of people) {
    const ringing = house.control.legsTo(personId).filter(({ answered }) => !answered);
    expect(ringing.length, `${personId} is rung once at most`).toBeLessThanOrEqual(1);
  }
  for (const leg of house.control.legs.values()) {
    if (leg.gone || typeof leg.hears !== 'string') continue;
    const other = house.control.leg(leg.hears);
    expect(other.gone || other.hears === leg.id, 'hearing is mutual').toBe(true);
    expect(other.gone, 'nobody listens to a dead line').toBe(false);
  }
  for (const leg of house.control.legs.values()) {
    const isCitizen = leg.target === undefined && leg.answered && !leg.gone;
    const held = people.some((id) => house.stateOf(id).some((state) => state === 'held' || state === 'transferring'));
    if (isCitizen && !held) expect(leg.hears ?? leg.recordingId, 'no silence').toBeDefined();
  }
}

/** Must hold when everybody has hung up. */
function holdsAtTheEnd(house: SampleHouse): void {
  expect(house.director.activeCalls).toBe(0);
  expect([...house.control.legs.values()].filter(({ gone }) => !gone)).toEqual([]);
  for (const personId of people) {
    expect(house.lines.isBusy(personId)).toBe(false);
    expect(house.director.phoneState(personId).calls).toEqual([]);
  }
  const { log } = house;
  expectPairs(log.ofKind('call-arrived'), log.ofKind('call-ended'), ({ callId }) => callId);
  const left = [...log.ofKind('hotline-answered'), ...log.ofKind('hotline-abandoned')];
  const overflowed = log.ofKind('hotline-overflowed');
  const turnedAway = overflowed.filter(({ waitMilliseconds }) => waitMilliseconds === 0).length;
  const queued = log.ofKind('hotline-queued').length;
  expect(left.length + overflowed.length).toBeGreaterThanOrEqual(queued);
  expect(left.length + overflowed.length - turnedAway).toBeLessThanOrEqual(queued);
  expectPairs(log.ofKind('hotline-offered'), log.ofKind('hotline-offer-ended'), ({ offerId }) => offerId);
  const wrapUp = ({ callId, personId }: { callId: string; personId: string }) => `${callId} ${personId}`;
  expectPairs(log.ofKind('wrap-up-started'), log.ofKind('wrap-up-ended'), wrapUp);
  // Each service has one wrap-up; none when the agent's line broke.
  const answered = log.ofKind('hotline-answered').map(wrapUp);
  for (const wrappedUp of log.ofKind('wrap-up-started').map(wrapUp)) {
    expect(answered).toContain(wrappedUp);
    answered.splice(answered.indexOf(wrappedUp), 1);
  }
  expectPairs(log.ofKind('trunk-call-started'), log.ofKind('trunk-call-ended'), ({ chargeId }) => chargeId);
  for (let orbit = 1; orbit <= 20; orbit++) expect(house.parking.callIn('town', String(orbit))).toBeUndefined();
  for (const { callId } of log.ofKind('call-ended')) expectEndIsLast(log.events, callId);
}

function expectPairs<One extends DomainEvent, Other extends DomainEvent>(
  starts: readonly One[],
  ends: readonly Other[],
  key: (event: One | Other) => string,
): void {
  expect(ends.map(key).sort()).toEqual(starts.map(key).sort());
  expect(new Set(ends.map(({ id }) => id)).size).toBe(ends.length);
}

function expectEndIsLast(events: readonly DomainEvent[], callId: string): void {
  const kinds = events.flatMap((event) => ('callId' in event && event.callId === callId ? [event.kind] : []));
  const after = kinds.slice(kinds.indexOf('call-ended') + 1);
  expect(after.filter((kind) => !kind.startsWith('wrap-up-'))).toEqual([]);
}

const orders = ['bridge', 'play', 'answer', 'dial', 'park', 'record', 'ring', 'sendDigits'] as const;
const steps = fc.array(step, { minLength: 40, maxLength: 160, size: 'max' });

function everybodyHangsUp(house: SampleHouse): void {
  house.control.settle();
  for (const leg of [...house.control.legs.values()]) if (!leg.gone) house.control.hangsUp(leg.id);
  house.clock.advance(3_600_000);
  house.control.settle();
}

describe('whatever happens in whatever order', () => {
  it('one offer an agent, no silence, every call ends once', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (acts, seed) => {
        const house = new SampleHouse({ seed });
        house.logIn('service', 'anna', 'ben');
        for (const act of acts) {
          act(house);
          holdsNow(house);
        }
        everybodyHangsUp(house);
        holdsAtTheEnd(house);
      }),
      { numRuns: 60 },
    );
  });

  it('orders to the network that throw: the call ends once, nobody stays reserved', () => {
    const mishap = fc.option(fc.constantFrom(...orders), { nil: undefined, freq: 8 });
    fc.assert(
      fc.property(steps, fc.infiniteStream(mishap), fc.nat(), (acts, mishaps, seed) => {
        const house = new SampleHouse({ seed });
        house.logIn('service', 'anna', 'ben');
        for (const act of acts) {
          house.control.broken = mishaps.next().value;
          act(house);
        }
        house.control.broken = undefined;
        everybodyHangsUp(house);
        holdsAtTheEnd(house);
      }),
      { numRuns: 40 },
    );
  });
});

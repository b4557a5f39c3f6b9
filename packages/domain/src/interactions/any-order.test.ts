import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../events/event.ts';
import { SampleHouse } from '../testing/index.ts';
import { people, step } from '../testing/random-steps.ts';

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

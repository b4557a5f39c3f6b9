import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleHotline } from '../testing/index.ts';
import { isIdle } from './agent-state.ts';
import { chooseOffers } from './choose-offers.ts';
import type { DistributionEffect, DistributionInput, Offer } from './distribution.ts';
import { Distributor } from './distributor.ts';

const agents = ['anna', 'ben', 'cem', 'dora'] as const;

/** A distributor with a clock in hand; every person has a device and no call. */
class Hall {
  readonly effects: DistributionEffect[] = [];
  readonly distributor: Distributor;
  now = 0;
  #offers = 0;

  constructor() {
    this.distributor = new Distributor({
      newOfferId: () => `offer-${++this.#offers}`,
      wallTime: () => 1_000_000 + this.now,
      isReachable: () => true,
      isBusy: () => false,
    });
    const service = sampleHotline('service', ['anna', 'ben', 'cem']);
    this.apply({ kind: 'configured', hotlines: [service, sampleHotline('permits', ['ben', 'dora'])] });
  }

  apply(input: DistributionInput): readonly DistributionEffect[] {
    const effects = this.distributor.apply(input, this.now);
    this.effects.push(...effects);
    return effects;
  }

  wait(milliseconds: number): readonly DistributionEffect[] {
    this.now += milliseconds;
    return this.apply({ kind: 'tick' });
  }

  logIn(...people: readonly string[]): void {
    for (const personId of people) {
      for (const hotlineId of ['service', 'permits'])
        this.apply({ kind: 'login', personId, hotlineId, loggedIn: true });
      this.now += 1;
    }
  }

  enter(callId: string, hotlineId = 'service'): readonly DistributionEffect[] {
    return this.apply({ kind: 'entered', callId, hotlineId });
  }

  /** Answers the open offer of this person, talks, and finishes wrap-up. */
  serve(personId: string, talk = 10_000): void {
    const offer = this.offers().findLast((open) => open.personId === personId)!;
    this.apply({ kind: 'offer-answered', offerId: offer.offerId });
    this.now += talk;
    this.apply({ kind: 'agent-done', personId, callId: offer.callId });
    this.apply({ kind: 'wrap-up-done', personId });
  }

  offers(): readonly Offer[] {
    return this.effects.flatMap((effect) => (effect.kind === 'offer' ? [effect.offer] : []));
  }

  offeredTo(callId: string): readonly string[] {
    return this.offers().flatMap((offer) => (offer.callId === callId ? [offer.personId] : []));
  }
}

describe('longest idle', () => {
  it('counts from the end of the last hotline call, wrap-up included', () => {
    const hall = new Hall();
    hall.logIn('anna', 'ben');
    hall.enter('one');
    hall.enter('two');
    expect([hall.offeredTo('one'), hall.offeredTo('two')]).toEqual([['anna'], ['ben']]);
    hall.serve('ben', 5_000);
    hall.serve('anna', 20_000);
    hall.enter('three');
    expect(hall.offeredTo('three')).toEqual(['ben']);
  });

  it('or since ready, if that is later: who comes back from a pause stands last', () => {
    const hall = new Hall();
    hall.logIn('anna', 'ben');
    hall.apply({ kind: 'pause', personId: 'anna', paused: true });
    hall.now += 1_000;
    hall.apply({ kind: 'pause', personId: 'anna', paused: false });
    hall.enter('one');
    expect(hall.offeredTo('one')).toEqual(['ben']);
  });

  it('the oldest caller over all hotlines comes first', () => {
    const hall = new Hall();
    hall.logIn('dora', 'anna', 'ben');
    for (const personId of agents) hall.apply({ kind: 'pause', personId, paused: true });
    hall.enter('permit', 'permits');
    hall.now += 10;
    hall.enter('service');
    hall.apply({ kind: 'pause', personId: 'ben', paused: false });
    expect(hall.offers().map(({ callId, personId }) => [callId, personId])).toEqual([['permit', 'ben']]);
  });

  it('who had this call already comes last, and rests before anything else', () => {
    const hall = new Hall();
    hall.logIn('anna', 'ben');
    hall.enter('one');
    hall.apply({ kind: 'offer-ended', offerId: 'offer-1', outcome: 'no-answer' });
    hall.enter('two');
    expect(hall.offeredTo('one')).toEqual(['anna', 'ben']);
    expect(hall.offeredTo('two')).toEqual([]);
    hall.wait(10_000);
    expect(hall.offeredTo('two')).toEqual(['anna']);
  });

  it('a phone that refuses at once is not asked in a loop, even without a retry pause', () => {
    const hall = new Hall();
    hall.apply({ kind: 'configured', hotlines: [sampleHotline('service', ['anna'], { retryPauseSeconds: 0 })] });
    hall.logIn('anna');
    hall.enter('one');
    hall.apply({ kind: 'offer-ended', offerId: 'offer-1', outcome: 'unreachable' });
    expect(hall.offers()).toHaveLength(1);
    hall.wait(1_000);
    expect(hall.offers()).toHaveLength(2);
  });

  it('an offer whose outcome never arrives ends by its lease', () => {
    const hall = new Hall();
    hall.logIn('anna');
    hall.enter('one');
    expect(hall.wait(24_999)).toEqual([]);
    expect(hall.wait(1).map(({ kind }) => kind)).toEqual(['event', 'withdraw']);
    expect(hall.distributor.agent('anna')?.offerId).toBeUndefined();
  });

  it('membership taken away or the hotline deleted: logged out, offers withdrawn, nobody waits for it', () => {
    const hall = new Hall();
    hall.logIn('anna');
    hall.enter('one');
    const effects = hall.apply({ kind: 'configured', hotlines: [sampleHotline('service', ['ben'])] });
    expect(effects.map((effect) => effect.kind)).toEqual(['event', 'withdraw', 'event', 'overflow']);
    hall.logIn('ben');
    hall.enter('two');
    expect(hall.apply({ kind: 'configured', hotlines: [] }).at(-1)).toEqual({
      ...{ kind: 'overflow', callId: 'two', reason: 'closed' },
    });
  });

  it('an answer that comes too late is no answer', () => {
    const hall = new Hall();
    hall.logIn('anna');
    hall.enter('one');
    hall.apply({ kind: 'left', callId: 'one' });
    expect(hall.apply({ kind: 'offer-answered', offerId: 'offer-1' })).toEqual([]);
    expect(hall.distributor.agent('anna')).toMatchObject({ offerId: undefined });
    expect(hall.distributor.agent('anna')?.call).toBeUndefined();
  });
});

describe('in any order', () => {
  const person = fc.constantFrom(...agents);
  const call = fc.nat(9).map((number) => `call-${number}`);
  const offerId = fc.nat(60).map((number) => `offer-${number}`);
  const hotlineId = fc.constantFrom('service', 'permits');
  const flag = fc.boolean();
  const outcome = fc.constantFrom('no-answer', 'declined', 'unreachable', 'withdrawn' as const);
  const time = fc.integer({ min: 0, max: 40_000 });
  const input = fc.oneof(
    fc.record({ kind: fc.constant('login' as const), personId: person, hotlineId, loggedIn: flag }),
    fc.record({ kind: fc.constant('pause' as const), personId: person, paused: flag }),
    fc.record({ kind: fc.constant('reachable' as const), personId: person, reachable: flag }),
    fc.record({ kind: fc.constant('busy' as const), personId: person, busy: flag }),
    fc.record({ kind: fc.constant('entered' as const), callId: call, hotlineId }),
    fc.record({ kind: fc.constant('entered' as const), callId: call, hotlineId }),
    fc.record({ kind: fc.constant('left' as const), callId: call }),
    fc.record({ kind: fc.constant('offer-answered' as const), offerId }),
    fc.record({ kind: fc.constant('offer-ended' as const), offerId, outcome }),
    fc.record({ kind: fc.constant('agent-done' as const), personId: person, callId: call }),
    fc.record({ kind: fc.constant('call-over' as const), callId: call }),
    fc.record({ kind: fc.constant('wrap-up-done' as const), personId: person }),
    fc.record({ kind: fc.constant('tick' as const) }),
  );

  const run = (check: (hall: Hall, effects: readonly DistributionEffect[]) => void) =>
    fc.assert(
      fc.property(fc.array(fc.tuple(input, time), { maxLength: 150, size: 'max' }), (steps) => {
        const hall = new Hall();
        hall.logIn('anna', 'ben', 'dora');
        for (const [next, wait] of steps) {
          hall.now += wait;
          check(hall, hall.apply(next));
        }
      }),
      { numRuns: 100 },
    );

  it('an agent is never reserved without an offer, an offer has one agent and one caller', () => {
    run(({ distributor }) => {
      const fromCalls = distributor.waiting().flatMap(({ offer }) => (offer ? [[offer.personId, offer.offerId]] : []));
      const fromAgents = distributor.agents.flatMap(({ personId, offerId: id }) => (id ? [[personId, id]] : []));
      expect(fromAgents.sort()).toEqual(fromCalls.sort());
      expect(new Set(fromCalls.map(([personId]) => personId)).size).toBe(fromCalls.length);
    });
  });

  it('nobody waits while somebody is ready for them', () => {
    run(({ distributor, now }) => {
      expect(chooseOffers(distributor.waiting(), distributor.agents, now)).toEqual([]);
    });
  });

  it('only people on duty and free are offered', () => {
    run(({ distributor }, effects) => {
      for (const effect of effects) {
        if (effect.kind !== 'offer') continue;
        const agent = distributor.agent(effect.offer.personId)!;
        expect(isIdle({ ...agent, offerId: undefined })).toBe(true);
        expect(agent.hotlineIds.has(effect.offer.hotlineId)).toBe(true);
      }
    });
  });

  it('nobody moves backwards in the queue', () => {
    const before = new Map<string, number>();
    let last: Hall | undefined;
    run((hall) => {
      if (hall !== last) before.clear();
      last = hall;
      const seen = new Map<string, number>();
      for (const hotline of hall.distributor.hotlines) {
        hall.distributor
          .waiting(hotline.id)
          .forEach(({ callId, order }, index) => seen.set(`${callId} ${order}`, index));
      }
      for (const [key, index] of seen) expect(index).toBeLessThanOrEqual(before.get(key) ?? index);
      before.clear();
      for (const [key, index] of seen) before.set(key, index);
    });
  });

  it('the next wake is always ahead: no timer turns in circles', () => {
    run(({ distributor, now }) => {
      expect(distributor.nextWake(now) ?? now + 1).toBeGreaterThan(now);
    });
  });
});

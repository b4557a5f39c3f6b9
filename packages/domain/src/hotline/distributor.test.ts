import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleHotline } from '../testing/index.ts';
import { isIdle } from './agent-state.ts';
import { chooseOffers } from './choose-offers.ts';
import type { DistributionEffect, DistributionInput, Offer } from './distribution.ts';
import { Distributor } from './distributor.ts';

const agents = ['anna', 'ben', 'cem', 'dora'] as const;

/** A distributor with a clock in hand; every person has a device and no call. */
class Scene {
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
    const scene = new Scene();
    scene.logIn('anna', 'ben');
    scene.enter('one');
    scene.enter('two');
    expect([scene.offeredTo('one'), scene.offeredTo('two')]).toEqual([['anna'], ['ben']]);
    scene.serve('ben', 5_000);
    scene.serve('anna', 20_000);
    scene.enter('three');
    expect(scene.offeredTo('three')).toEqual(['ben']);
  });

  it('or since ready, if that is later: who comes back from a pause stands last', () => {
    const scene = new Scene();
    scene.logIn('anna', 'ben');
    scene.apply({ kind: 'pause', personId: 'anna', paused: true });
    scene.now += 1_000;
    scene.apply({ kind: 'pause', personId: 'anna', paused: false });
    scene.enter('one');
    expect(scene.offeredTo('one')).toEqual(['ben']);
  });

  it('the oldest caller over all hotlines comes first', () => {
    const scene = new Scene();
    scene.logIn('dora', 'anna', 'ben');
    for (const personId of agents) scene.apply({ kind: 'pause', personId, paused: true });
    scene.enter('permit', 'permits');
    scene.now += 10;
    scene.enter('service');
    scene.apply({ kind: 'pause', personId: 'ben', paused: false });
    expect(scene.offers().map(({ callId, personId }) => [callId, personId])).toEqual([['permit', 'ben']]);
  });

  it('who had this call already comes last, and rests before anything else', () => {
    const scene = new Scene();
    scene.logIn('anna', 'ben');
    scene.enter('one');
    scene.apply({ kind: 'offer-ended', offerId: 'offer-1', outcome: 'no-answer' });
    scene.enter('two');
    expect(scene.offeredTo('one')).toEqual(['anna', 'ben']);
    expect(scene.offeredTo('two')).toEqual([]);
    scene.wait(10_000);
    expect(scene.offeredTo('two')).toEqual(['anna']);
  });

  it('a phone that refuses at once is not asked in a loop, even without a retry pause', () => {
    const scene = new Scene();
    scene.apply({ kind: 'configured', hotlines: [sampleHotline('service', ['anna'], { retryPauseSeconds: 0 })] });
    scene.logIn('anna');
    scene.enter('one');
    scene.apply({ kind: 'offer-ended', offerId: 'offer-1', outcome: 'unreachable' });
    expect(scene.offers()).toHaveLength(1);
    scene.wait(1_000);
    expect(scene.offers()).toHaveLength(2);
  });

  it('an offer whose outcome never arrives ends by its lease', () => {
    const scene = new Scene();
    scene.logIn('anna');
    scene.enter('one');
    expect(scene.wait(24_999)).toEqual([]);
    expect(scene.wait(1).map(({ kind }) => kind)).toEqual(['event', 'withdraw']);
    expect(scene.distributor.hall.agent('anna')?.offerId).toBeUndefined();
  });

  it('membership taken away or the hotline deleted: logged out, offers withdrawn, nobody waits for it', () => {
    const scene = new Scene();
    scene.logIn('anna');
    scene.enter('one');
    const effects = scene.apply({ kind: 'configured', hotlines: [sampleHotline('service', ['ben'])] });
    expect(effects.map((effect) => effect.kind)).toEqual(['event', 'withdraw', 'event', 'overflow']);
    scene.logIn('ben');
    scene.enter('two');
    expect(scene.apply({ kind: 'configured', hotlines: [] }).at(-1)).toEqual({
      ...{ kind: 'overflow', callId: 'two', reason: 'closed' },
    });
  });

  it('an answer that comes too late is no answer', () => {
    const scene = new Scene();
    scene.logIn('anna');
    scene.enter('one');
    scene.apply({ kind: 'left', callId: 'one' });
    expect(scene.apply({ kind: 'offer-answered', offerId: 'offer-1' })).toEqual([]);
    expect(scene.distributor.hall.agent('anna')).toMatchObject({ offerId: undefined });
    expect(scene.distributor.hall.agent('anna')?.call).toBeUndefined();
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
    fc.record({ kind: fc.constant('agent-lost' as const), personId: person, callId: call }),
    fc.record({ kind: fc.constant('call-over' as const), callId: call }),
    fc.record({ kind: fc.constant('wrap-up-done' as const), personId: person }),
    fc.record({ kind: fc.constant('tick' as const) }),
  );

  const run = (check: (scene: Scene, effects: readonly DistributionEffect[]) => void) =>
    fc.assert(
      fc.property(fc.array(fc.tuple(input, time), { maxLength: 150, size: 'max' }), (steps) => {
        const scene = new Scene();
        scene.logIn('anna', 'ben', 'dora');
        for (const [next, wait] of steps) {
          scene.now += wait;
          check(scene, scene.apply(next));
        }
      }),
      { numRuns: 100 },
    );

  it('an agent is never reserved without an offer, an offer has one agent and one caller', () => {
    run(({ distributor: { hall } }) => {
      const fromCalls = hall.waiting().flatMap(({ offer }) => (offer ? [[offer.personId, offer.offerId]] : []));
      const fromAgents = hall.agents.flatMap(({ personId, offerId: id }) => (id ? [[personId, id]] : []));
      expect(fromAgents.sort()).toEqual(fromCalls.sort());
      expect(new Set(fromCalls.map(([personId]) => personId)).size).toBe(fromCalls.length);
    });
  });

  it('nobody waits while somebody is ready for them', () => {
    run(({ distributor: { hall }, now }) => {
      expect(chooseOffers(hall.waiting(), hall.agents, now)).toEqual([]);
    });
  });

  it('only people on duty and free are offered', () => {
    run(({ distributor: { hall } }, effects) => {
      for (const effect of effects) {
        if (effect.kind !== 'offer') continue;
        const agent = hall.agent(effect.offer.personId)!;
        expect(isIdle({ ...agent, offerId: undefined })).toBe(true);
        expect(agent.hotlineIds.has(effect.offer.hotlineId)).toBe(true);
      }
    });
  });

  it('nobody moves backwards in the queue, but for those who get their old place back', () => {
    const before = new Map<string, number>();
    let last: Scene | undefined;
    run((scene) => {
      if (scene !== last) before.clear();
      last = scene;
      const seen = new Map<string, number>();
      for (const hotline of scene.distributor.hall.hotlines) {
        scene.distributor.hall
          .waiting(hotline.id)
          .forEach(({ callId, order }, index) => seen.set(`${callId} ${order}`, index));
      }
      const orderOf = (key: string) => Number(key.split(' ')[1]);
      const arrived = [...seen.keys()].filter((key) => !before.has(key)).map(orderOf);
      for (const [key, index] of seen) {
        const returned = arrived.filter((order) => order < orderOf(key)).length;
        expect(index).toBeLessThanOrEqual((before.get(key) ?? index) + returned);
      }
      before.clear();
      for (const [key, index] of seen) before.set(key, index);
    });
  });

  it('the next wake is always ahead: no timer turns in circles', () => {
    run(({ distributor: { hall }, now }) => {
      expect(hall.nextWake(now) ?? now + 1).toBeGreaterThan(now);
    });
  });
});

import fc from 'fast-check';
import { callFailures, type CallFailureKind } from '../calls/call-failure.ts';
import type { SampleHouse } from './sample-house.ts';
import type { ScriptedLeg } from './scripted-call-control.ts';

/** Something that happens to a house. */
export type Step = (house: SampleHouse) => void;

/** Everybody in the sample town. */
export const people = ['anna', 'ben', 'cem', 'dora', 'eve'] as const;
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

/** Anything that citizens, colleagues, phones, screens and the clock may do. */
export const step: fc.Arbitrary<Step> = fc.oneof(
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

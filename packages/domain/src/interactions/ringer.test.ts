import { silentLogger } from '@amtsleitung/base';
import { seededRandom } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { CallGuard } from '../dialplan/call-guard.ts';
import { EventWriter } from '../events/event-writer.ts';
import { SampleHouse } from '../testing/index.ts';
import { Call } from './call.ts';
import { Ringer } from './ringer.ts';
import { Stages } from './stages.ts';

/** A number that three trunks carry, best first. */
function overThreeTrunks() {
  const sample = new SampleHouse();
  const { clock, control, directory, reachability, hotlines, lines, log, parking } = sample;
  const random = seededRandom(1);
  const guard = new CallGuard({ clock, timers: clock, directory, onLimit: () => {} });
  const house = {
    ...{
      clock,
      timers: clock,
      random,
      logger: silentLogger,
      control,
      directory,
      reachability,
      hotlines,
      lines,
      parking,
    },
    ...{ events: new EventWriter(log, clock, random), guard, discardRecording: () => {}, handOver: () => undefined },
    trunkStates: { isUsable: () => true },
  };
  const observer = { legOpened: () => {}, legClosed: () => {}, changed: () => {} };
  const start = { id: 'call', tenantId: 'town', direction: 'outbound' } as const;
  const call = new Call(start, house, observer, (own) => new Stages(own));
  const outcome: string[] = [];
  const trunksInOrder = ['a', 'b', 'c'].map((trunkId) => ({ trunkId }));
  const target = { kind: 'outside', number: '+4930123456', lines: trunksInOrder, chargeId: 'none' } as const;
  const ringer = new Ringer(
    call,
    target,
    { caller: {}, isCaller: false, ringMilliseconds: 1_000 },
    {
      answered: ({ leg }) => outcome.push(`answered ${leg === control.trunkLegs()[0]?.id}`),
      failed: ({ kind }) => outcome.push(kind),
    },
  );
  control.connectTo((event) => call.post(() => ringer.onLegEvent(event)));
  call.post(() => ringer.start());
  const trunks = () => control.trunkLegs().map(({ target: to }) => to?.kind === 'trunk' && to.trunkId);
  return { clock, control, outcome, trunks };
}

describe('a call over several trunks', () => {
  it('goes to the next when a line fails, and tells the last failure when all do', () => {
    const { control, outcome, trunks } = overThreeTrunks();
    expect(trunks()).toEqual(['a']);
    control.fail(control.trunkLegs()[0]!.id, 'trunk-failed');
    expect(trunks()).toEqual(['b']);
    control.fail(control.trunkLegs()[0]!.id, 'overloaded');
    expect(trunks()).toEqual(['c']);
    control.fail(control.trunkLegs()[0]!.id, 'unreachable');
    expect(outcome).toEqual(['unreachable']);
  });

  it('stays with the trunk that reached the called: busy is an answer', () => {
    const { control, outcome } = overThreeTrunks();
    control.fail(control.trunkLegs()[0]!.id, 'trunk-failed');
    control.fail(control.trunkLegs()[0]!.id, 'busy');
    expect(outcome).toEqual(['busy']);
  });

  it('abuse case 11: who is not there is not rung, and not paid for, over every trunk', () => {
    const { control, outcome, trunks } = overThreeTrunks();
    control.fail(control.trunkLegs()[0]!.id, 'unreachable');
    expect([outcome, trunks()]).toEqual([['unreachable'], []]);
  });

  it('the second one answers', () => {
    const { control, outcome } = overThreeTrunks();
    control.fail(control.trunkLegs()[0]!.id, 'trunk-failed');
    control.pickUp(control.trunkLegs()[0]!.id);
    expect(outcome).toEqual(['answered true']);
  });

  it('a trunk that never says anything ends by its lease, once', () => {
    const { clock, control, outcome } = overThreeTrunks();
    clock.advance(60_000);
    expect(outcome).toEqual(['no-answer']);
    expect(control.trunkLegs()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { TestHouse } from '../testing/index.ts';

describe('on a bad network', () => {
  it('every call comes once, is answered once and ends once', async () => {
    const house = await TestHouse.open();
    const phone = await house.phone('mira-desk', '10.0.1.1');
    await house.after(phone.register());
    phone.onCall = (call) => phone.answer(call);
    const provider = await house.provider();
    house.network.faults = { loss: 0.1, duplication: 0.1, latency: 10, jitter: 40 };
    const calls = Array.from({ length: 30 }, () => provider.dial('+49499921120'));
    house.softswitch.onLegEvent((event) => {
      if (event.kind !== 'incoming') return;
      house.calls.answer(event.leg);
      const options = { caller: event.caller, ringMilliseconds: 60_000, callId: 'c' };
      house.calls.dial(`to-${event.leg}`, { kind: 'person', personId: 'mira' }, options);
    });
    await house.run(30_000);
    const legs = new Set(house.events.map((event) => event.leg));
    expect(legs.size).toBe(60);
    for (const leg of legs) expect(house.told(leg).filter((word) => word === 'answered')).toHaveLength(1);
    for (const call of calls) call.session.bye();
    for (const leg of legs) if (leg.startsWith('to-')) house.calls.hangUp(leg);
    await house.run(40_000);
    for (const leg of legs) expect(house.told(leg).filter((word) => word.startsWith('ended'))).toHaveLength(1);
    for (const call of phone.calls) expect(call.end).toBeDefined();
    expect(await house.engine.list()).toEqual([]);
  });
});

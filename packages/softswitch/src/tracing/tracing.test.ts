import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LegTrace, TraceStore } from '@amtsleitung/domain';
import { TestHouse } from '../testing/test-house.ts';
import { town } from '../testing/test-town.ts';

class MemoryTraces implements TraceStore {
  readonly saved: LegTrace[] = [];
  fails = false;
  save = async (...traces: readonly LegTrace[]): Promise<void> => {
    if (this.fails) throw new Error('database away');
    this.saved.push(...traces);
  };
  ofCall = async () => [];
  recent = async () => [];
}

const outside = '+491713920042';
let house: TestHouse;
let traces: MemoryTraces;
beforeEach(async () => {
  traces = new MemoryTraces();
  house = await TestHouse.open({ options: { traceStore: traces } });
});
afterEach(() => house.after(house.softswitch.close()));

/** A citizen calls, Mira's desk phone answers, the citizen hangs up. */
async function citizenCalls(): Promise<string> {
  const phone = await house.phone('mira-desk', '10.0.1.1');
  await house.after(phone.register());
  const provider = await house.provider();
  provider.dial('+49499921120', { from: `"Berta Bürgerin" <sip:${outside}@provider.example>` });
  await house.run(100);
  const { leg } = house.incoming;
  house.calls.answer(leg);
  house.calls.dial(
    'to-mira',
    { kind: 'person', personId: 'mira' },
    {
      caller: { number: outside, name: 'Berta Bürgerin' },
      ringMilliseconds: 20_000,
      callId: leg,
    },
  );
  await house.run(200);
  house.calls.hangUp('to-mira');
  house.calls.hangUp(leg);
  await house.run(4_000);
  return leg;
}

describe('traces', () => {
  it('show both legs of a call, masked, after it is over', async () => {
    const leg = await citizenCalls();
    const inbound = traces.saved.find((trace) => trace.leg === leg)!;
    const outbound = traces.saved.find((trace) => trace.leg === 'to-mira')!;
    expect(inbound).toMatchObject({ tenantId: 'town', callId: leg });
    expect(outbound.callId).toBe(leg);
    expect(inbound.messages[0]).toMatchObject({
      direction: 'received',
      peer: 'Leitung',
      summary: 'INVITE',
      transport: 'udp',
    });
    expect(inbound.messages.map(({ summary }) => summary)).toEqual(
      expect.arrayContaining(['100 Trying', 'BYE', '200 OK']),
    );
    expect(outbound.messages[0]).toMatchObject({ direction: 'sent', peer: 'mira-desk', summary: 'INVITE' });
    expect(JSON.stringify(traces.saved)).not.toMatch(/3920042|Berta|Bürgerin|mira-desk-secret/);
  });

  it('are not kept where the tenant does not want them', async () => {
    house.directory.replace({
      ...town,
      tenant: { ...town.tenant, settings: { ...town.tenant.settings, traceCalls: false } },
    });
    await citizenCalls();
    expect(traces.saved).toEqual([]);
  });

  it('that cannot be stored hurt no call', async () => {
    traces.fails = true;
    await citizenCalls();
    expect(house.told('to-mira').at(-1)).toMatch(/^ended/);
  });
});

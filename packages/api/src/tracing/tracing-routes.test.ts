import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestHouse } from '../testing/test-house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await TestHouse.open();
  for (const [callId, at] of [
    ['early', 1_000],
    ['late', 2_000],
  ] as const) {
    house.traces.rows.push({
      ...{ tenantId: 'berg-town', callId, leg: callId },
      messages: [{ at, direction: 'received', peer: 'Leitung', transport: 'udp', summary: 'INVITE', text: 'INVITE' }],
    });
  }
  house.traces.records.set('late', { direction: 'inbound', outcome: 'answered', lastDigits: '042' });
});
afterAll(() => house.api.close());

const asked = async (query: string, login = 'tessa.berg') =>
  (await house.signedIn(login)).get(`/api/admin/traces${query}`);

describe('the list of traced calls', () => {
  it('tells of any call of the house its direction, outcome and the end of its number', async () => {
    const { body } = await asked('?lastDigits=042');
    expect(body).toMatchObject({
      enabled: expect.any(Boolean) as boolean,
      calls: [{ callId: 'late', direction: 'inbound', outcome: 'answered', lastDigits: '042', peers: ['Leitung'] }],
    });
    expect(body['calls']).toHaveLength(1);
  });

  it('goes back in time', async () => {
    expect((await asked('?before=2000')).body['calls']).toMatchObject([{ callId: 'early' }]);
  });

  it.each(['1', '42', '0042', '%25%25%25', ''])(
    'is not searched by "%s": three digits, no more, no less',
    async (digits) => {
      expect((await asked(`?lastDigits=${digits}`)).status).toBe(400);
    },
  );

  it('is for administrators, and a look at one call is written down', async () => {
    expect((await asked('', 'mira.berg')).status).toBe(403);
    const before = house.events.published.length;
    const admin = await house.signedIn('tessa.berg');
    expect((await admin.get('/api/admin/traces/late')).status).toBe(200);
    expect(house.events.published.slice(before)).toContainEqual(
      expect.objectContaining({ kind: 'trace-viewed', callId: 'late' }),
    );
  });
});

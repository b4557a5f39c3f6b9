import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestHouse, type TestBrowser } from '../testing/index.ts';

interface Colleague {
  readonly personId: string;
  readonly mayPickUp: boolean;
}
const ringing = { callId: 'c9', state: 'ringing', direction: 'inbound', party: {}, arrivedAt: 1 } as const;

let house: TestHouse;
let mira: TestBrowser;
beforeAll(async () => {
  house = await TestHouse.open();
  mira = await house.signedIn('mira.berg');
  house.phone.states.set('berg-mira', {
    personId: 'berg-mira',
    calls: [
      {
        ...{ callId: 'c1', state: 'parked', direction: 'inbound', party: {}, arrivedAt: 1, queuedAt: 2 },
        ...{ orbit: '7', opensDoor: true },
      },
    ],
  });
});
afterAll(() => house.api.close());

describe('calls between colleagues', () => {
  it('are parked, fetched, picked up, joined, and doors opened', async () => {
    expect((await mira.post('/api/phone/calls/c1/park')).body).toEqual({ orbit: '1' });
    expect((await mira.post('/api/phone/fetch', { orbit: '7' })).body).toEqual({ callId: 'new-call' });
    expect((await mira.post('/api/phone/pick-up', {})).body).toEqual({ callId: 'new-call' });
    expect((await mira.post('/api/phone/pick-up', { personId: 'berg-pia' })).status).toBe(200);
    expect((await mira.post('/api/phone/calls/c1/join', { consultationCallId: 'c2' })).status).toBe(204);
    expect((await mira.post('/api/phone/calls/c1/open-door')).status).toBe(204);
    expect(house.phone.commands).toEqual([
      'park berg-mira c1',
      'fetch berg-mira 7',
      'pick up berg-mira anybody',
      'pick up berg-mira berg-pia',
      'join with c2 berg-mira c1',
      'open-door berg-mira c1',
    ]);
  });

  it('are picked up in one’s own department; the list says so whatever rings', async () => {
    const mayPickUp = async () => {
      const { people } = (await mira.get('/api/team')).body as unknown as { people: Colleague[] };
      return people.filter((one) => one.mayPickUp).map(({ personId }) => personId);
    };
    const before = await mayPickUp();
    expect(before).toContain('berg-pia');
    expect(before).not.toContain('berg-mira');
    house.phone.states.set('berg-pia', { personId: 'berg-pia', calls: [ringing] });
    expect(await mayPickUp()).toEqual(before);
    const town = house.directory.holder.byTenant('berg-town')!;
    const elsewhere = { ...town.departments[0]!, id: 'elsewhere' };
    house.directory.holder.replace({
      ...town,
      departments: [...town.departments, elsewhere],
      people: town.people.map((one) => (one.id === 'berg-pia' ? { ...one, departmentId: 'elsewhere' } : one)),
    });
    expect(await mayPickUp()).toEqual(before.filter((id) => id !== 'berg-pia'));
  });

  it('show when the citizen entered the queue, where the call is parked, and the door', async () => {
    const { body } = await mira.get('/api/phone');
    expect(body['calls']).toMatchObject([{ state: 'parked', queuedAt: 2, orbit: '7', opensDoor: true }]);
  });

  it.each([
    ['/api/phone/fetch', { orbit: '*5' }],
    ['/api/phone/fetch', {}],
    ['/api/phone/calls/c1/join', {}],
  ])('%s refuses %o', async (path, body) => {
    expect((await mira.post(path, body)).status).toBe(400);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestHouse, type TestBrowser } from '../testing/index.ts';

let house: TestHouse;
let mira: TestBrowser;
beforeAll(async () => {
  house = await TestHouse.open();
  mira = await house.signedIn('mira.berg');
});
afterAll(() => house.api.close());

const phone = (person = 'berg-mira') =>
  house.directory.holder.byTenant('berg-town')!.people.find(({ id }) => id === person)!.phone;
const nothing = { always: '', busy: '', noAnswer: '', noAnswerSeconds: 20 };
const quiet = { forwarding: nothing, doNotDisturb: false, hideNumber: false };

describe('one’s own phone', () => {
  it('shows how it is set, what may be dialled, and the codes, but no PIN', async () => {
    const { body, text } = await mira.get('/api/my/phone');
    expect(body).toMatchObject({ ...quiet, hasPin: false, guestOf: [] });
    expect(body['diallingClasses']).toEqual(['internal', 'local', 'national', 'mobile', 'service']);
    expect(text).toContain('*21*Ziel#');
  });

  it('is in effect at once, for oneself only, and leaves a trace without the target', async () => {
    const input = {
      forwarding: { ...nothing, busy: '121', noAnswerSeconds: 15 },
      doNotDisturb: true,
      hideNumber: true,
    };
    expect((await mira.put('/api/my/phone', input)).status).toBe(204);
    expect(phone()).toMatchObject(input);
    expect(phone('berg-pia').doNotDisturb).toBe(false);
    expect(house.events.published.at(-1)).toMatchObject({ kind: 'record-changed', recordId: 'berg-mira' });
    expect((await mira.get('/api/my/phone')).body).toMatchObject(input);
    expect((await mira.put('/api/my/phone', quiet)).status).toBe(204);
  });

  it.each([
    ['4711', 'forwarding-not-in-service'],
    ['110', 'forwarding-not-permitted'],
    ['+1 212 5550100', 'forwarding-not-permitted'],
  ])('is not forwarded to %s', async (to, code) => {
    const answer = await mira.put('/api/my/phone', { ...quiet, forwarding: { ...nothing, always: to } });
    expect(`${answer.status} ${JSON.stringify(answer.body.fields)}`).toBe(`422 {"forwarding.always":"${code}"}`);
    expect(phone().forwarding.always).toBe('');
  });

  it('takes a PIN that nobody guesses, and never shows it', async () => {
    for (const [pin, code] of [
      ['123456', 'pin-too-simple'],
      ['12', 'pin-too-short'],
      ['12345a', 'pin-not-digits'],
    ]) {
      expect((await mira.put('/api/my/phone/pin', { pin })).body.fields).toEqual({ pin: code });
    }
    expect((await mira.put('/api/my/phone/pin', { pin: '804613' })).status).toBe(204);
    const { body, text } = await mira.get('/api/my/phone');
    expect(body['hasPin']).toBe(true);
    expect(text).not.toMatch(/804613|argon/);
    expect(phone().pinHash).toMatch(/^\$argon2id/);
  });

  it('gets a code for another desk, good for two minutes', async () => {
    const { body } = await mira.post('/api/my/phone/hot-desk-code');
    expect(body['code']).toMatch(/^\d{6}$/);
    expect(body['expiresAt']).toBe(house.clock.now() + 120_000);
  });
});

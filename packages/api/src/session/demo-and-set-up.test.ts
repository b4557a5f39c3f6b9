import { afterEach, describe, expect, it } from 'vitest';
import { TestHouse } from '../testing/index.ts';
import { hashToken } from './token.ts';
import { sipDomainOf } from './create-house.ts';

let house: TestHouse;
afterEach(() => house.api.close());
const one = async (more = {}) => {
  const town = await import('../testing/town.ts');
  return TestHouse.open(more, [town.buildTown('berg', '+49499921')]);
};
const signInDemo = (host?: string) => {
  const browser = house.browser();
  if (host) browser.headers = { origin: `http://${host}`, host };
  return browser.post('/api/session/demo', { personId: 'berg-tessa' });
};

describe('one-click sign-in', () => {
  it('exists in the demo town only', async () => {
    house = await one();
    expect((await house.browser().get('/api/entrance')).body).toEqual({
      tenantName: 'Stadt berg',
      state: 'ready',
      demoPeople: [],
    });
    expect((await signInDemo()).status).toBe(404);
  });

  it('lists and lets in people with a login, on this machine', async () => {
    house = await one({ demoTenantId: 'berg-town' });
    const { demoPeople } = (await house.browser().get('/api/entrance')).body as { demoPeople: { name: string }[] };
    expect(demoPeople.map(({ name }) => name)).toContain('Tessa Ausberg');
    expect(demoPeople.map(({ name }) => name)).not.toContain('Lisa Ausberg');
    expect((await signInDemo()).body).toMatchObject({ personId: 'berg-tessa', demo: true });
    expect((await house.browser().post('/api/session/demo', { personId: 'berg-listed' })).status).toBe(401);
  });

  it('is closed to a rebound name and behind a proxy, unless told otherwise', async () => {
    house = await one({ demoTenantId: 'berg-town' });
    expect((await signInDemo('evil.example')).status).toBe(404);
    expect((await signInDemo(`localhost:${house.api.address!.port}`)).status).toBe(200);
    await house.api.close();
    house = await one({ demoTenantId: 'berg-town', behindProxy: true });
    expect((await signInDemo()).status).toBe(404);
    await house.api.close();
    house = await one({ demoTenantId: 'berg-town', behindProxy: true, demoFromAnywhere: true });
    expect((await signInDemo('evil.example')).status).toBe(200);
  });
});

describe('a second town beside the demo', () => {
  it('is neither listed nor entered by one click', async () => {
    const town = await import('../testing/town.ts');
    const towns = [town.buildTown('berg', '+49499921'), town.buildTown('tal', '+49499922')];
    house = await TestHouse.open({ demoTenantId: 'berg-town' }, towns);
    const { body } = await house.browser().get('/api/entrance');
    expect(body).toMatchObject({ tenantName: 'Stadt berg' });
    expect(JSON.stringify(body)).not.toContain('tal-');
    expect((await house.browser().post('/api/session/demo', { personId: 'tal-tessa' })).status).toBe(401);
  });
});

describe('set-up of an empty house', () => {
  const form = {
    token: 'einmal',
    tenantName: 'Amt Nordsee-Süd',
    firstName: 'Anna',
    lastName: 'Amt',
    login: 'anna.amt',
    password: 'lang-genug-und-gut',
  };

  it('makes the first administrator, once', async () => {
    house = await TestHouse.open({}, []);
    const browser = house.browser();
    expect((await browser.get('/api/entrance')).body).toMatchObject({ state: 'setup' });
    await house.passwords.putSetupToken(hashToken('einmal'), house.clock.now() + 1000);
    expect((await browser.post('/api/setup', { ...form, token: 'geraten' })).body.code).toBe('wrong-token');
    expect((await browser.post('/api/setup', { ...form, login: 'a b' })).body.fields).toEqual({
      login: 'invalid-format',
    });
    expect((await browser.post('/api/setup', form)).body).toMatchObject({ roles: ['person', 'admin'] });
    expect((await browser.get('/api/admin')).status).toBe(200);
    expect((await house.browser().post('/api/setup', form)).body.code).toBe('already-set-up');
    const [town] = house.directory.holder.all();
    expect(town!.tenant.sipDomain).toBe('amt-nordsee-sued.internal');
    const again = await house.browser().post('/api/session', { login: 'anna.amt', password: form.password });
    expect(again.status).toBe(200);
  });

  it('can be done again when the database failed half-way', async () => {
    house = await TestHouse.open({}, []);
    await house.passwords.putSetupToken(hashToken('einmal'), house.clock.now() + 1000);
    const { saveDepartment } = house.directory;
    house.directory.saveDepartment = async () => {
      throw new Error('disk full');
    };
    expect((await house.browser().post('/api/setup', form)).status).toBe(503);
    house.directory.saveDepartment = saveDepartment;
    expect((await house.browser().post('/api/setup', form)).status).toBe(200);
    expect(house.directory.holder.all()).toHaveLength(1);
  });

  it('makes a SIP domain of any name', () => {
    expect(sipDomainOf('Stadt Grünheide (Mark)')).toBe('stadt-gruenheide-mark.internal');
    expect(sipDomainOf('!!!')).toBe('rathaus.internal');
  });
});

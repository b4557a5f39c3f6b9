import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestHouse, everybodysPassword, type TestBrowser } from '../testing/index.ts';

let house: TestHouse;
let admin: TestBrowser;
beforeAll(async () => {
  house = await TestHouse.open();
  admin = await house.signedIn('tessa.berg');
});
afterAll(() => house.api.close());

const town = () => house.directory.holder.byTenant('berg-town')!;
const lastEvent = () => house.events.published.at(-1);
const person = {
  firstName: 'Nina',
  lastName: 'Neu',
  departmentId: 'berg-department',
  siteId: 'berg-site',
  duties: '',
  roles: ['person'],
  language: 'de',
};
const fieldsOf = async (path: string, body: object, method: 'post' | 'put' = 'post') => {
  const answer = await admin[method](path, body);
  return `${answer.status} ${JSON.stringify(answer.body.fields ?? answer.body.code)}`;
};
const idOf = async (path: string, body: object): Promise<string> => {
  const answer = await admin.post(path, body);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.id as string;
};

describe('people', () => {
  it('are created with login, extension and the number that leads to them, in effect at once', async () => {
    const id = await idOf('/api/admin/people', {
      ...person,
      extension: '160',
      login: 'nina.neu',
      password: everybodysPassword,
    });
    expect(town().numbers).toContainEqual(
      expect.objectContaining({ extension: '160', destination: { kind: 'person', personId: id } }),
    );
    expect(lastEvent()).toMatchObject({
      kind: 'record-changed',
      personId: 'berg-tessa',
      record: 'person',
      recordId: id,
      change: 'created',
    });
    expect(JSON.stringify(house.events.published)).not.toMatch(/Nina|160|kastanie/);
    const nina = await house.signedIn('nina.neu');
    expect((await nina.get('/api/session')).body).toMatchObject({ firstName: 'Nina', extension: '160' });
    expect(
      (await admin.put(`/api/admin/people/${id}`, { ...person, extension: '161', login: 'nina.neu' })).status,
    ).toBe(204);
    expect(town().numbers.filter(({ destination }) => JSON.stringify(destination).includes(id))).toMatchObject([
      { extension: '161' },
    ]);
    expect((await admin.put(`/api/admin/people/${id}`, person)).status).toBe(204);
    expect(town().numbers.some(({ destination }) => JSON.stringify(destination).includes(id))).toBe(false);
    expect((await nina.get('/api/session')).status).toBe(401);
  });

  it.each([
    [{ extension: '1101' }, { extension: 'starts-with-emergency' }],
    [{ extension: '112' }, { extension: 'starts-with-emergency' }],
    [{ extension: '120' }, { extension: 'taken' }],
    [{ extension: '0' }, { extension: 'taken' }],
    [{ login: 'MIRA.berg', password: everybodysPassword }, { login: 'taken' }],
    [{ login: 'nora.neu' }, { password: 'required' }],
    [{ login: 'nora.neu', password: 'Nora.Neu-2026' }, { password: 'guessable' }],
    [
      { departmentId: 'tal-department', siteId: 'nowhere' },
      { departmentId: 'unknown', siteId: 'unknown' },
    ],
  ])('are refused with %o', async (fields, expected) => {
    const events = house.events.published.length;
    expect(await fieldsOf('/api/admin/people', { ...person, ...fields })).toBe(`422 ${JSON.stringify(expected)}`);
    expect(house.events.published).toHaveLength(events);
  });

  it.each([
    [{ firstName: ' ' }, { firstName: 'too-small' }],
    [{ extension: '12a' }, { extension: 'invalid-format' }],
    [{ login: 'zwei worte' }, { login: 'invalid-format' }],
    [{ roles: ['boss'] }, { 'roles.0': 'invalid-value' }],
    [{ password: 'kurz' }, { password: 'too-small' }],
    [{ lastName: 'a\u0000b' }, { lastName: 'invalid-format' }],
    [{ lastName: 'Muster\u202egnp.exe' }, { lastName: 'invalid-format' }],
    [{ duties: 'Wohngeld\r\nX-Header: 1' }, { duties: 'invalid-format' }],
  ])('are refused by the schema with %o', async (fields, expected) => {
    expect(await fieldsOf('/api/admin/people', { ...person, ...fields })).toBe(`400 ${JSON.stringify(expected)}`);
  });

  it('keep the last administrator', async () => {
    const tessa = { ...person, login: 'tessa.berg', roles: ['person', 'lead'] };
    expect(await fieldsOf('/api/admin/people/berg-tessa', tessa, 'put')).toBe('422 {"roles":"last-administrator"}');
    expect((await admin.delete('/api/admin/people/berg-tessa')).body.code).toBe('last-administrator');
  });

  it('stay away when an administrator saves them meanwhile', async () => {
    house.presence.setAway('berg-nora', true);
    const nora = { ...person, extension: '124', login: 'nora.berg' };
    expect((await admin.put('/api/admin/people/berg-nora', nora)).status).toBe(204);
    expect(town().people.find(({ id }) => id === 'berg-nora')).toMatchObject({ away: true, firstName: 'Nina' });
  });

  it('TDDDG §16: have their forwarding ended by an administrator of their own town', async () => {
    const ute = await house.signedIn('ute.berg');
    const forwarding = { always: '121', busy: '123', noAnswer: '', noAnswerSeconds: 20 };
    const set = await ute.put('/api/my/phone', { forwarding, doNotDisturb: false, hideNumber: false });
    expect(set.status).toBe(204);
    const shown = async () => {
      const { people } = (await admin.get('/api/admin')).body as { people: { id: string; forwarding: unknown }[] };
      return people.find(({ id }) => id === 'berg-ute')?.forwarding;
    };
    expect(await shown()).toEqual({ always: '121', busy: '123', noAnswer: '' });
    expect((await admin.delete('/api/admin/people/tal-mira/forwarding')).status).toBe(404);
    expect((await admin.delete('/api/admin/people/berg-ute/forwarding')).status).toBe(204);
    expect(await shown()).toEqual({ always: '', busy: '', noAnswer: '' });
    expect(house.events.published.at(-1)).toMatchObject({
      ...{ kind: 'record-changed', record: 'person', recordId: 'berg-ute', change: 'updated' },
    });
  });

  it('are not deleted while a number leads to them or a message waits for them', async () => {
    expect((await admin.delete('/api/admin/people/berg-ute')).body.code).toBe('in-use');
    expect((await admin.delete('/api/admin/numbers/berg-number-122')).status).toBe(204);
    expect(town().people.find(({ id }) => id === 'berg-ute')?.extension).toBeUndefined();
    const box = { kind: 'person', personId: 'berg-ute' } as const;
    house.messages.rows.set('u', {
      id: 'u',
      tenantId: 'berg-town',
      callId: 'c',
      box,
      recordedAt: 1,
      milliseconds: 1,
      file: 'u.wav',
    });
    expect((await admin.delete('/api/admin/people/berg-ute')).body.code).toBe('open-messages');
    house.messages.rows.clear();
    const ute = await house.signedIn('ute.berg');
    expect((await admin.delete('/api/admin/people/berg-ute')).status).toBe(204);
    expect((await ute.get('/api/session')).status).toBe(401);
    expect((await admin.delete('/api/admin/people/berg-ute')).status).toBe(404);
  });

  it('of two forms sent at once with the same extension get it once', async () => {
    const forms = ['a', 'b'].map((name) =>
      admin.post('/api/admin/people', { ...person, firstName: name, extension: '177' }),
    );
    expect((await Promise.all(forms)).map(({ status }) => status).toSorted()).toEqual([200, 422]);
  });
});

describe('devices', () => {
  it('show a password of 128 bits or more once, and keep its digests', async () => {
    const form = { personId: 'berg-mira', siteId: 'berg-site', label: 'Softphone' };
    const { body } = await admin.post('/api/admin/devices', form);
    expect(body).toMatchObject({ sipDomain: 'berg.example', server: 'pbx.example', port: 5060 });
    const password = body.password as string;
    expect(password.length * 5).toBeGreaterThanOrEqual(128);
    const stored = () => town().devices.find(({ id }) => id === body.id)!;
    expect(JSON.stringify(stored())).not.toContain(password);
    const overview = await admin.get('/api/admin');
    expect(overview.text).toContain(body.sipUser);
    expect(overview.text).not.toMatch(/ha1|sha256/);
    expect(overview.text).not.toContain(stored().ha1.md5);
    const { ha1, sipUser } = stored();
    const renewed = (await admin.post(`/api/admin/devices/${body.id as string}/secret`)).body;
    expect(renewed.password).not.toBe(password);
    expect(stored()).toMatchObject({ sipUser });
    expect(stored().ha1).not.toEqual(ha1);
    expect((await admin.delete(`/api/admin/devices/${body.id as string}`)).status).toBe(204);
    expect(await fieldsOf('/api/admin/devices', { ...form, personId: 'tal-mira' })).toBe('422 {"personId":"unknown"}');
  });

  it('that are alarm diallers keep the numbers they may call, and refuse what is no number', async () => {
    const lift = (allowedNumbers: readonly string[]) => ({
      ...{ personId: 'berg-mira', siteId: 'berg-site', label: 'Aufzug' },
      settings: { kind: 'alarm-dialler', largeOverTcp: true, hotDesk: false, allowedNumbers },
    });
    const refused = '422 {"settings.allowedNumbers":"invalid"}';
    expect(await fieldsOf('/api/admin/devices', lift(['030 123456', 'Notruf']))).toBe(refused);
    const { body } = await admin.post('/api/admin/devices', lift(['030 123456']));
    const { devices } = (await admin.get('/api/admin')).body as { devices: { id: string; settings: unknown }[] };
    expect(devices.find(({ id }) => id === body.id)?.settings).toMatchObject({ allowedNumbers: ['030 123456'] });
  });
});

describe('numbers', () => {
  const free = {
    headNumberId: 'berg-head',
    extension: '600',
    destination: { kind: 'hotline', hotlineId: 'berg-ausweise' },
  };

  it('lead to people and hotlines', async () => {
    const id = await idOf('/api/admin/numbers', free);
    const { numbers } = (await admin.get('/api/admin')).body as {
      numbers: { id: string; text: string; targetName: string }[];
    };
    expect(numbers.find((number) => number.id === id)).toMatchObject({ text: '04999 21-600', targetName: 'Ausweise' });
    expect((await admin.put(`/api/admin/numbers/${id}`, { ...free, extension: '601' })).status).toBe(204);
    expect((await admin.delete(`/api/admin/numbers/${id}`)).status).toBe(204);
  });

  it.each([
    [{ extension: '121' }, { extension: 'taken' }],
    [{ extension: '1100' }, { extension: 'starts-with-emergency' }],
    [{ headNumberId: 'tal-head' }, { headNumberId: 'unknown' }],
    [{ destination: { kind: 'person', personId: 'tal-mira' } }, { destination: 'unknown' }],
  ])('are refused with %o', async (fields, expected) => {
    expect(await fieldsOf('/api/admin/numbers', { ...free, ...fields })).toBe(`422 ${JSON.stringify(expected)}`);
  });
});

describe('trunks', () => {
  const trunk = {
    name: 'Zweit',
    host: 'sip.provider.example',
    port: 5060,
    transport: 'tcp',
    sourceAddresses: ['198.51.100.7', '198.51.100.8:5080', '[2001:db8::1]:5060', '2001:db8::2'],
    username: '',
    outgoingCapacity: 5,
  };

  it('keep a password until another user name is given, and never show it', async () => {
    const id = await idOf('/api/admin/trunks', { ...trunk, username: 'amt-7', password: 'provider-geheim' });
    const stored = () => town().trunks.find((one) => one.id === id)!;
    expect(stored().ha1).toBeDefined();
    expect((await admin.get('/api/admin')).text).not.toContain('provider-geheim');
    const { ha1 } = stored();
    expect((await admin.put(`/api/admin/trunks/${id}`, { ...trunk, username: 'amt-7', port: 5062 })).status).toBe(204);
    expect(stored()).toMatchObject({ port: 5062, ha1, password: 'provider-geheim' });
    const renamed = await fieldsOf(`/api/admin/trunks/${id}`, { ...trunk, username: 'amt-8' }, 'put');
    expect(renamed).toBe('422 {"password":"required"}');
    expect((await admin.put(`/api/admin/trunks/${id}`, trunk)).status).toBe(204);
    expect(stored().ha1).toBeUndefined();
    expect((await admin.delete(`/api/admin/trunks/${id}`)).status).toBe(204);
  });

  it.each([
    [{ host: 'kein host' }, { host: 'invalid-host' }],
    [{ host: '999.1.1.1' }, { host: 'invalid-host' }],
    [{ sourceAddresses: ['300.1.1.1'] }, { 'sourceAddresses.0': 'invalid-address' }],
    [{ sourceAddresses: ['198.51.100.9', '198.51.100.9'] }, { 'sourceAddresses.1': 'taken' }],
    [{ sourceAddresses: ['192.0.2.2'] }, { 'sourceAddresses.0': 'taken' }],
    [{ username: 'berg-sip', password: 'x' }, { username: 'taken' }],
    [{ username: 'a"b', password: 'x' }, { username: 'invalid-format' }],
    [{ password: 'x' }, { username: 'required' }],
  ])('are refused with %o', async (fields, expected) => {
    expect(await fieldsOf('/api/admin/trunks', { ...trunk, ...fields })).toBe(`422 ${JSON.stringify(expected)}`);
  });

  it('do not come from the address of a SIP proxy of ours', async () => {
    const other = await TestHouse.open({ sipProxies: ['192.0.2.77', '2001:db8::7'] });
    const tessa = await other.signedIn('tessa.berg');
    const sourceAddresses = ['192.0.2.78', '192.0.2.77:5080', '192.0.2.77', '[2001:db8::7]:5060'];
    const { status, body } = await tessa.post('/api/admin/trunks', { ...trunk, sourceAddresses });
    const fields = [1, 2, 3].map((position) => [`sourceAddresses.${position}`, 'own-proxy']);
    expect([status, body.fields]).toEqual([422, Object.fromEntries(fields)]);
    await other.api.close();
  });

  it('are not deleted while they carry a head number', async () => {
    expect((await admin.delete('/api/admin/trunks/berg-trunk')).body.code).toBe('in-use');
  });
});

describe('hotlines', () => {
  const hours = (...intervals: readonly (readonly [weekday: number, from: string, to: string])[]) => ({
    intervals: intervals.map(([weekday, from, to]) => ({ weekday, from, to })),
    closures: [],
  });
  const hotline = {
    name: 'Wahlamt',
    language: 'de',
    memberIds: ['berg-mira', 'berg-mira', 'berg-pia'],
    openingHours: hours([1, '08:00', '12:00'], [1, '12:00', '24:00'], [2, '08:00', '12:00']),
    ringSeconds: 20,
    retryPauseSeconds: 15,
    wrapUpSeconds: 30,
    maxWaitSeconds: 600,
    serviceLevel: { percent: 80, seconds: 20 },
  };
  const closed = (...dates: readonly string[]) => ({
    openingHours: { intervals: [], closures: dates.map((date) => ({ date, reason: '' })) },
  });

  it('are created, changed and deleted', async () => {
    const id = await idOf('/api/admin/hotlines', hotline);
    expect(town().hotlines.find((one) => one.id === id)?.memberIds).toEqual(['berg-mira', 'berg-pia']);
    expect((await admin.put(`/api/admin/hotlines/${id}`, { ...hotline, ringSeconds: 30 })).status).toBe(204);
    expect((await admin.delete(`/api/admin/hotlines/${id}`)).status).toBe(204);
    expect((await admin.delete('/api/admin/hotlines/berg-service')).body.code).toBe('in-use');
  });

  it.each([
    [{ name: 'service' }, { name: 'taken' }],
    [{ memberIds: ['tal-mira', 'berg-listed'] }, { 'memberIds.0': 'unknown', 'memberIds.1': 'no-login' }],
    [{ openingHours: hours([1, '12:00', '12:00']) }, { 'openingHours.intervals.0.to': 'order' }],
    [
      { openingHours: hours([3, '13:00', '16:00'], [3, '08:00', '13:30']) },
      { 'openingHours.intervals.0.from': 'overlap' },
    ],
    [closed('2026-02-30'), { 'openingHours.closures.0.date': 'invalid-date' }],
    [closed('2026-12-24', '2026-12-24'), { 'openingHours.closures.1.date': 'taken' }],
  ])('are refused with %o', async (fields, expected) => {
    expect(await fieldsOf('/api/admin/hotlines', { ...hotline, ...fields })).toBe(`422 ${JSON.stringify(expected)}`);
  });
});

describe('organisation', () => {
  it('grows by a head number, a site and a department', async () => {
    const head = { e164: '+49499955', areaCodeLength: 4, trunkId: 'berg-trunk' };
    const id = await idOf('/api/admin/head-numbers', head);
    expect(await fieldsOf('/api/admin/head-numbers', head)).toBe('422 {"e164":"taken"}');
    expect((await admin.put(`/api/admin/head-numbers/${id}`, head)).status).toBe(204);
    const site = { name: 'Bauhof', address: 'Weg 1', emergencyNumber: '+494999550', emergencyTrunkId: 'berg-trunk' };
    const siteId = await idOf('/api/admin/sites', site);
    expect(await fieldsOf('/api/admin/sites', { ...site, emergencyNumber: '' })).toBe(
      '422 {"emergencyNumber":"required"}',
    );
    await idOf('/api/admin/departments', { name: 'Bauhof', siteId });
    expect(await fieldsOf('/api/admin/departments', { name: 'X', siteId: 'tal-site' })).toBe(
      '422 {"siteId":"unknown"}',
    );
  });
});

describe('a change while the database is away', () => {
  it('is refused with 503, and the next one sees what is really stored', async () => {
    house.storeAway = true;
    expect((await admin.post('/api/admin/people', person)).body.code).toBe('database-away');
    house.storeAway = false;
    expect((await admin.post('/api/admin/people', { ...person, extension: '188' })).status).toBe(200);
  });
});

import {
  adminRoutes,
  boardRoutes,
  callRoutes,
  hotlineRoutes,
  messageRoutes,
  phoneRoutes,
  sessionRoutes,
  teamRoutes,
  type AdminOverview,
} from '@amtsleitung/contract';
import { TestPhone, TestTrunk, sineSource, type PhoneAccount, type TestCall } from '@amtsleitung/simulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ApiClient } from './harness/api-client.ts';
import { checkout, House } from './harness/house.ts';
import { LiveClient } from './harness/live-client.ts';
import { expectOneSentence, outcomeOf, type Outcome } from './harness/refusal.ts';
import { RunningProgram } from './harness/running-program.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, newDevice, provider, readyAgent, town } from './harness/town.ts';

/** The second town; a colleague there has the login and the extension of one in the first. */
const other = { name: 'Neustadt an der Nette', domain: 'neustadt.internal', head: '+49499922', host: '127.0.0.3' };
const [login, password] = ['mira.meldewesen', 'Ein langes Kennwort 8'];
const { extension } = town.mira;

let house: House;
let printed: readonly string[];
let bruno: ApiClient;
let brunosDevice: PhoneAccount;
let erna: ApiClient;
let otherTrunk: TestTrunk;

const tenant = (...args: string[]): Promise<Outcome> =>
  outcomeOf(
    new RunningProgram('npm', ['run', 'tenant', '--', ...args, '--data', house.address.data], { cwd: checkout }),
  );

beforeAll(async () => {
  house = await House.start({ topic: 'two-towns' });
  const created = await tenant('create', other.name, '--admin', 'Erna Erste', '--sip-domain', other.domain);
  expect(created.said).toEqual([]);
  ({ printed } = created);
  const word = (label: string) => printed.find((line) => line.startsWith(`${label}: `))!.split(': ')[1]!;
  erna = house.visitor();
  const body = { login: word('Benutzername'), password: word('Passwort') };
  await erna.call(sessionRoutes.signIn, { body });
  await furnish();
});
afterAll(async () => {
  await otherTrunk?.close();
  await house.tearDown();
});

/** What the new town's administrator does first. */
async function furnish(): Promise<void> {
  otherTrunk = await TestTrunk.open({ server: house.address.sip, host: other.host });
  const { sites, departments } = await erna.call(adminRoutes.overview);
  const [siteId, departmentId] = [sites[0]!.id, departments[0]!.id];
  const { id: trunkId } = await erna.call(adminRoutes.createTrunk, {
    body: {
      name: 'Anbieter',
      host: otherTrunk.host,
      port: otherTrunk.port,
      transport: 'udp',
      sourceAddresses: [other.host],
      username: '',
      outgoingCapacity: 10,
    },
  });
  const { id: headNumberId } = await erna.call(adminRoutes.createHeadNumber, {
    body: { e164: other.head, areaCodeLength: 4, trunkId },
  });
  const person = { firstName: 'Bruno', lastName: 'Beispiel', departmentId, siteId, duties: '' };
  const { id: personId } = await erna.call(adminRoutes.createPerson, {
    body: { ...person, extension, login, password, roles: ['person', 'lead'], language: 'de' },
  });
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));
  const { id: hotlineId } = await erna.call(adminRoutes.createHotline, {
    body: {
      name: town.hotline.name,
      language: 'de',
      memberIds: [personId],
      openingHours: { intervals: always, closures: [] },
      ringSeconds: 20,
      retryPauseSeconds: 15,
      wrapUpSeconds: 0,
      maxWaitSeconds: 600,
      serviceLevel: { percent: 75, seconds: 30 },
    },
  });
  const numbers = (await erna.call(adminRoutes.overview)).numbers.map((number) => number.extension);
  if (!numbers.includes(extension)) {
    const body = { headNumberId, extension, destination: { kind: 'person', personId } as const };
    await erna.call(adminRoutes.createNumber, { body });
  }
  const body = { headNumberId, extension: '0', destination: { kind: 'hotline', hotlineId } as const };
  await erna.call(adminRoutes.createNumber, { body });
  const secret = await erna.call(adminRoutes.createDevice, { body: { personId, siteId, label: 'Tischtelefon' } });
  brunosDevice = { user: secret.sipUser, password: secret.password, domain: secret.sipDomain };
  bruno = house.visitor();
  await bruno.call(sessionRoutes.signIn, { body: { login: `${login}@${other.domain}`, password } });
}

const brunosPhone = (): Promise<TestPhone> =>
  deskPhone(house, 'Bruno Beispiel', { account: brunosDevice, says: () => sineSource(tones.colleague) });

/** It ends without ever having been answered by a person: refused, or after an announcement. */
async function reachesNobody(call: TestCall, ...phones: readonly TestPhone[]): Promise<void> {
  const rung = phones.map((phone) => phone.inbox.total);
  await call.untilEnded(30_000);
  expect(phones.map((phone) => phone.inbox.total)).toEqual(rung);
}

describe('an organisation', () => {
  it('is founded while the house runs, is listed, and cannot be founded twice', async () => {
    expect(printed.join('\n')).toMatch(/^Angelegt: Neustadt an der Nette\nSIP-Domäne: neustadt\.internal\n/);
    const { printed: towns } = await tenant('list');
    expect(towns.map((line) => line.split('  ')[0])).toEqual(['Musterstadt', other.name]);
    const again = await tenant('create', 'Neustadt', '--admin', 'Ed Zweiter', '--sip-domain', other.domain);
    expectOneSentence(again, /gibt es schon/, /--sip-domain/);
    for (const wrong of [['create', 'Altstadt'], ['found'], []]) {
      const { code, said } = await tenant(...wrong);
      expect([code, said.length]).toEqual([64, 1]);
      expect(said[0]).toMatch(/zum Beispiel: npm run tenant -- create/i);
    }
  });

  it('keeps its people apart by domain where logins are the same', async () => {
    const admin = await house.signIn(town.admin);
    const { people } = await admin.call(adminRoutes.overview);
    const { id, ...mira } = people.find((person) => person.login === login)!;
    const miras = 'Ein anderes Kennwort 9';
    await admin.call(adminRoutes.updatePerson, { params: { id }, body: { ...mira, password: miras } });
    const signIn = async (typed: string, word: string) => {
      const answer = await house.visitor().send(sessionRoutes.signIn, { body: { login: typed, password: word } });
      return answer.ok ? sessionRoutes.signIn.reply.parse(await answer.json()).lastName : answer.status;
    };
    expect(await signIn(`${login}@musterstadt.example`, miras)).toBe('Meldewesen');
    expect(await signIn(`${login}@${other.domain}`, password)).toBe('Beispiel');
    expect(await signIn(`${login}@${other.domain}`, miras)).toBe(401);
    expect(await signIn(login, password)).toBe(401);
    const entrance = await house.visitor().call(sessionRoutes.entrance);
    expect(JSON.stringify(entrance)).not.toContain('Beispiel');
    const { personId } = await bruno.call(sessionRoutes.current);
    const oneClick = await house.visitor().send(sessionRoutes.signInDemo, { body: { personId } });
    expect(oneClick.status).toBe(401);
  });
});

describe('by API and live socket', () => {
  /** Every route that takes an id, with the other town's own records. */
  const attempts = (of: AdminOverview): readonly (readonly [string, string, object?])[] => {
    const [person, device, number] = [of.people[0]!, of.devices[0]!, of.numbers[0]!];
    const [head, site, department] = [of.headNumbers[0]!, of.sites[0]!, of.departments[0]!];
    const [trunk, hotline] = [of.trunks[0]!, of.hotlines[0]!];
    const { headNumberId, destination } = number;
    return [
      ['PUT', `people/${person.id}`, person],
      ['DELETE', `people/${person.id}`],
      ['POST', `devices/${device.id}/secret`],
      ['DELETE', `devices/${device.id}`],
      ['PUT', `numbers/${number.id}`, { headNumberId, extension: '99', destination }],
      ['DELETE', `numbers/${number.id}`],
      ['PUT', `head-numbers/${head.id}`, head],
      ['PUT', `sites/${site.id}`, site],
      ['PUT', `departments/${department.id}`, department],
      ['PUT', `trunks/${trunk.id}`, trunk],
      ['DELETE', `trunks/${trunk.id}`],
      ['PUT', `hotlines/${hotline.id}`, hotline],
      ['DELETE', `hotlines/${hotline.id}`],
    ];
  };

  it('nothing of the other town can be seen, changed or even told to exist', async () => {
    await newDevice(house, town.mira.name);
    const admin = await house.signIn(town.admin);
    const before = await admin.call(adminRoutes.overview);
    const seen = JSON.stringify(await erna.call(adminRoutes.overview));
    for (const { id } of [...before.people, ...before.hotlines, ...before.trunks]) expect(seen).not.toContain(id);
    for (const [method, path, body] of attempts(before)) {
      const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
      expect([path, (await erna.fetch(`/api/admin/${path}`, init)).status]).toEqual([path, 404]);
    }
    const foreign = { personId: before.people[0]!.id, siteId: before.sites[0]!.id, label: 'x' };
    expect((await erna.send(adminRoutes.createDevice, { body: foreign })).status).toBe(422);
    const { id, ...trunk } = (await erna.call(adminRoutes.overview)).trunks[0]!;
    const stolen = { ...trunk, sourceAddresses: [other.host, '127.0.0.2'] };
    expect((await erna.send(adminRoutes.updateTrunk, { params: { id }, body: stolen })).status).toBe(422);
    expect(await admin.call(adminRoutes.overview)).toEqual(before);
    const params = { id: before.hotlines[0]!.id };
    expect((await bruno.send(hotlineRoutes.setLogin, { params, body: { loggedIn: true } })).status).toBe(404);
    const { people } = await bruno.call(teamRoutes.list, { query: { search: 'Meldewesen' } });
    expect(people).toEqual([]);
  });

  it('a call of one town is nowhere in the other: not on screens, lists, board, and cannot be touched', async () => {
    const live = await LiveClient.open(bruno);
    onTestFinished(() => live.close());
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name, { whenCalled: 'answer' });
    const mira = await readyAgent(house, town.mira.name);
    const number = `${town.head}${town.hotline.extension}`;
    const citizen = await trunk.call(number, { from: citizenNumber(1), says: sineSource(tones.citizen) });
    const call = await phone.untilCalled();
    await citizen.rtp.untilHears(tones.desk);
    const params = { id: (await mira.call(phoneRoutes.state)).calls[0]!.callId };
    for (const route of [phoneRoutes.hold, phoneRoutes.resume]) {
      expect((await bruno.send(route, { params })).status).toBe(404);
    }
    const transfer = await bruno.send(phoneRoutes.transfer, { params, body: { to: extension } });
    expect(transfer.status).toBe(404);
    await citizen.rtp.untilHears(tones.desk);
    citizen.hangUp();
    await call.untilEnded();
    await expect.poll(async () => (await mira.call(callRoutes.list)).calls[0]?.outcome).toBe('answered');
    expect((await bruno.call(callRoutes.list)).calls).toEqual([]);
    expect((await bruno.call(messageRoutes.list)).messages).toEqual([]);
    const { hotlines } = await bruno.call(boardRoutes.board);
    expect(hotlines.map(({ today }) => today.offered)).toEqual([0]);
    const pushed = JSON.stringify(live.messages);
    const { personId, tenantId } = await mira.call(sessionRoutes.current);
    for (const word of [params.id, personId, tenantId, 'Meldewesen', citizenNumber(1)])
      expect(pushed).not.toContain(word);
  });
});

describe('by SIP', () => {
  it('a device registers in its own domain only', async () => {
    const miras = await newDevice(house, town.mira.name);
    for (const account of [
      { ...miras, domain: other.domain },
      { ...brunosDevice, domain: miras.domain },
    ]) {
      const phone = await TestPhone.open({ server: house.address.sip, account });
      onTestFinished(() => phone.close());
      expect((await phone.register()).status).toBeGreaterThanOrEqual(400);
    }
  });

  it('the same extension is another desk in each town', async () => {
    const mira = await deskPhone(house, town.mira.name, { whenCalled: 'answer' });
    const brunos = await brunosPhone();
    const trunk = await provider(house);
    const first = await trunk.call(`${town.head}${extension}`, {
      from: citizenNumber(2),
      says: sineSource(tones.citizen),
    });
    const atMira = await mira.untilCalled();
    await Promise.all([first.rtp.untilHears(tones.desk), atMira.rtp.untilHears(tones.citizen)]);
    const second = await otherTrunk.call(`${other.head}${extension}`, {
      from: citizenNumber(3),
      says: sineSource(tones.secondCitizen),
    });
    const atBruno = await brunos.untilCalled();
    atBruno.answer();
    await Promise.all([second.rtp.untilHears(tones.colleague), atBruno.rtp.untilHears(tones.secondCitizen)]);
    expect([mira.inbox.total, brunos.inbox.total]).toEqual([1, 1]);
    first.hangUp();
    second.hangUp();
    await Promise.all([atMira.untilEnded(), atBruno.untilEnded()]);
  });

  it("neither a phone nor a provider reaches the other town's people", async () => {
    const pia = await deskPhone(house, town.pia.name);
    const miraAccount = await newDevice(house, town.mira.name);
    const mira = await deskPhone(house, town.mira.name, { account: miraAccount });
    const brunos = await brunosPhone();
    // An extension that only the other town has.
    await reachesNobody(await brunos.call(town.pia.extension), pia, mira);
    // The other town's domain in the Request-URI, with one's own good password.
    const disguised = await TestPhone.open({
      server: house.address.sip,
      account: { ...brunosDevice, domain: miraAccount.domain },
    });
    onTestFinished(() => disguised.close());
    await reachesNobody(await disguised.call(town.pia.extension), pia, mira);
    // Each provider hands in calls to its own town's numbers only.
    await reachesNobody(
      await otherTrunk.call(`${town.head}${town.pia.extension}`, { from: citizenNumber(4) }),
      pia,
      mira,
    );
    const trunk = await provider(house);
    await reachesNobody(await trunk.call(`${other.head}${extension}`, { from: citizenNumber(5) }), brunos);
    // The whole number of the other town is an outside call, over one's own provider.
    const outside = await brunos.call(`0${town.head.replace('+49', '')}${town.pia.extension}`);
    const atProvider = await otherTrunk.untilCalled();
    atProvider.reject(486);
    await outside.untilEnded();
    expect(pia.inbox.total).toBe(0);
  });
});

import { adminRoutes, hotlineRoutes, type TrunkInput } from '@amtsleitung/contract';
import { TestPhone, TestTrunk, sineSource, type PhoneAccount, type TestPhoneOptions } from '@amtsleitung/simulator';
import { onTestFinished } from 'vitest';
import type { ApiClient } from './api-client.ts';
import type { House } from './house.ts';
import { LiveClient } from './live-client.ts';
import { tones } from './tones.ts';

/** The demo town as its own people know it. */
export const town = {
  head: '+49499921',
  admin: 'Tessa Telefonie',
  lead: 'Lena Leitung',
  hotline: { name: 'Bürgerservice', extension: '0', secondExtension: '115' },
  officeHotline: { name: 'Ausweise und Pässe', extension: '125' },
  mira: { name: 'Mira Meldewesen', extension: '120' },
  pia: { name: 'Pia Passstelle', extension: '121' },
  ute: { name: 'Ute Umzug', extension: '122' },
  fritz: { name: 'Fritz Fischerei', extension: '123' },
  bodo: { name: 'Bodo Baurecht', extension: '150' },
} as const;

/** Numbers set aside for film and television. */
export const citizenNumber = (index: number): string => `+4917139200${String(index).padStart(2, '0')}`;

/** A new SIP device of a person, as an administrator makes one. */
export async function newDevice(house: House, personName: string, label = 'Tischtelefon'): Promise<PhoneAccount> {
  const admin = await house.signIn(town.admin);
  const { people } = await admin.call(adminRoutes.overview);
  const person = people.find(({ firstName, lastName }) => `${firstName} ${lastName}` === personName);
  if (!person) throw new Error(`nobody is called ${personName}`);
  const body = { personId: person.id, siteId: person.siteId, label };
  const secret = await admin.call(adminRoutes.createDevice, { body });
  return { user: secret.sipUser, password: secret.password, domain: secret.sipDomain };
}

/** A registered desk phone that ends with the test. */
export async function deskPhone(
  house: House,
  personName: string,
  options: Partial<TestPhoneOptions> = {},
): Promise<TestPhone> {
  const account = options.account ?? (await newDevice(house, personName));
  const says = () => sineSource(tones.desk);
  const phone = await TestPhone.open({ server: house.address.sip, account, says, ...options });
  onTestFinished(async () => {
    // Else the next story's calls ring at a dead phone as well.
    await phone.register(0);
    await phone.close();
  });
  await phone.mustRegister();
  return phone;
}

/** A provider known to the house; its outgoing calls go there from now on. Ends with the test. */
export async function provider(house: House, whenCalled: 'nothing' | 'ring' | 'answer' = 'ring'): Promise<TestTrunk> {
  const says = () => sineSource(tones.citizen);
  const trunk = await TestTrunk.open({ server: house.address.sip, whenCalled, says });
  onTestFinished(() => trunk.close());
  await pointTrunk(house, { host: trunk.host, port: trunk.port });
  return trunk;
}

/** Changes the demo trunk as an administrator would. */
export async function pointTrunk(house: House, change: Partial<TrunkInput>): Promise<void> {
  const admin = await house.signIn(town.admin);
  const { trunks } = await admin.call(adminRoutes.overview);
  const trunk = trunks[0]!;
  await admin.call(adminRoutes.updateTrunk, { params: { id: trunk.id }, body: { ...trunk, ...change } });
}

/** Logs a person in to a hotline, by the API. Returns the person's session. */
export async function readyAgent(house: House, personName: string, hotlineName: string = town.hotline.name) {
  const api = await house.signIn(personName);
  await setHotline(api, hotlineName, true);
  return api;
}

export async function setHotline(api: ApiClient, hotlineName: string, loggedIn: boolean): Promise<void> {
  const { hotlines } = await api.call(hotlineRoutes.mine);
  const hotline = hotlines.find(({ name }) => name === hotlineName);
  if (!hotline) throw new Error(`no hotline ${hotlineName} among ${hotlines.map(({ name }) => name).join(', ')}`);
  await api.call(hotlineRoutes.setLogin, { params: { id: hotline.hotlineId }, body: { loggedIn } });
}

/** Nobody is logged in anywhere; for stories that share a house. */
export async function logEverybodyOut(house: House): Promise<void> {
  const members = [town.mira, town.pia, town.ute, town.fritz];
  for (const { name } of members) {
    const api = await house.signIn(name);
    const { hotlines, paused } = await api.call(hotlineRoutes.mine);
    await api.send(hotlineRoutes.finishWrapUp, { body: {} });
    if (paused) await api.call(hotlineRoutes.setPaused, { body: { paused: false } });
    for (const { hotlineId, loggedIn } of hotlines) {
      if (loggedIn) await api.call(hotlineRoutes.setLogin, { params: { id: hotlineId }, body: { loggedIn: false } });
    }
  }
}

/** The live socket of a session, closed with the test. */
export async function watch(api: ApiClient): Promise<LiveClient> {
  const live = await LiveClient.open(api);
  onTestFinished(() => live.close());
  return live;
}

/** The tests change how fast a hotline moves, as an administrator would. */
export async function tuneHotline(
  house: House,
  hotlineName: string,
  change: Partial<{
    wrapUpSeconds: number;
    ringSeconds: number;
    retryPauseSeconds: number;
    maxWaitSeconds: number;
    openingHours: { intervals: { weekday: number; from: string; to: string }[]; closures: never[] };
  }>,
): Promise<void> {
  const admin = await house.signIn(town.admin);
  const { hotlines } = await admin.call(adminRoutes.overview);
  const found = hotlines.find(({ name }) => name === hotlineName)!;
  const { id, ...hotline } = found;
  await admin.call(adminRoutes.updateHotline, { params: { id }, body: { ...hotline, ...change } });
}

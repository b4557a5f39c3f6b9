import { adminRoutes, hotlineRoutes, sessionRoutes } from '@amtsleitung/contract';
import { TestPhone } from '@amtsleitung/simulator';
import type { ApiClient } from '../e2e/harness/api-client.ts';
import type { House } from '../e2e/harness/house.ts';

const hotlineExtension = '990';
const extensionOf = (place: number): string => String(8000 + place);
const password = 'Messung-mit-Kennwort';

/** People at automatic desk phones: everything between caller and answer is the house. */
export interface CallCentre {
  /** Number of the hotline that all of them serve, when `hotline` was asked for. */
  readonly number: string;
  /** Own number of the person at `phones[place]`. */
  numberOf(place: number): string;
  readonly phones: readonly TestPhone[];
  close(): Promise<void>;
}

/** Creates people and devices by the API and registers the phones; with `hotline` one that all are logged in to. */
export async function openCallCentre(house: House, agents: number, hotline: boolean): Promise<CallCentre> {
  const admin = await house.signIn('Tessa Telefonie');
  const overview = await admin.call(adminRoutes.overview);
  const [department, head] = [overview.departments[0]!, overview.headNumbers[0]!];
  const people: string[] = [];
  const phones: TestPhone[] = [];
  for (let place = 0; place < agents; place++) {
    const { id } = await admin.call(adminRoutes.createPerson, {
      body: {
        firstName: 'Mess',
        lastName: `Platz ${place}`,
        departmentId: department.id,
        siteId: department.siteId,
        duties: '',
        extension: extensionOf(place),
        login: `messplatz.${place}`,
        password,
        roles: ['person'],
        language: 'de',
      },
    });
    people.push(id);
    phones.push(await openPhone(house, admin, id, department.siteId));
  }
  if (hotline) await openHotline(house, admin, head.id, people);
  return {
    number: `${head.e164}${hotlineExtension}`,
    numberOf: (place) => `${head.e164}${extensionOf(place)}`,
    phones,
    close: async () => {
      await Promise.all(phones.map((phone) => phone.close()));
    },
  };
}

async function openHotline(house: House, admin: ApiClient, headNumberId: string, people: string[]): Promise<void> {
  const { id } = await admin.call(adminRoutes.createHotline, { body: hotlineOf(people) });
  await admin.call(adminRoutes.createNumber, {
    body: { headNumberId, extension: hotlineExtension, destination: { kind: 'hotline', hotlineId: id } },
  });
  for (const place of people.keys()) await logIn(house, place, id);
}

async function openPhone(house: House, admin: ApiClient, personId: string, siteId: string): Promise<TestPhone> {
  const secret = await admin.call(adminRoutes.createDevice, { body: { personId, siteId, label: 'Messplatz' } });
  const phone = await TestPhone.open({
    server: house.address.sip,
    account: { user: secret.sipUser, password: secret.password, domain: secret.sipDomain },
    whenCalled: 'answer',
  });
  await phone.mustRegister();
  return phone;
}

async function logIn(house: House, place: number, hotlineId: string): Promise<void> {
  const agent = house.visitor();
  await agent.call(sessionRoutes.signIn, { body: { login: `messplatz.${place}`, password } });
  await agent.call(hotlineRoutes.setLogin, { params: { id: hotlineId }, body: { loggedIn: true } });
}

const hotlineOf = (memberIds: string[]) => ({
  name: 'Messung',
  language: 'de' as const,
  memberIds,
  openingHours: {
    intervals: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
    closures: [],
  },
  ringSeconds: 20,
  retryPauseSeconds: 0,
  wrapUpSeconds: 0,
  maxWaitSeconds: 600,
  serviceLevel: { percent: 75, seconds: 30 },
});

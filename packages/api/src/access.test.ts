import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '@amtsleitung/contract';
import type { Route } from '@amtsleitung/contract';
import type { CallRecord } from '@amtsleitung/domain';
import { TestHouse, type Answer, type TestBrowser } from './testing/index.ts';

const contractRoutes: readonly Route[] = [
  contract.sessionRoutes,
  contract.phoneRoutes,
  contract.ownPhoneRoutes,
  contract.hotlineRoutes,
  contract.teamRoutes,
  contract.boardRoutes,
  contract.callRoutes,
  contract.messageRoutes,
  contract.adminRoutes,
  contract.rightsRoutes,
  contract.trunkRoutes,
  contract.tracingRoutes,
  contract.certificateRoutes,
].flatMap((routes) => Object.values(routes) as readonly Route[]);

let house: TestHouse;
const browsers = new Map<string, TestBrowser>();

beforeAll(async () => {
  house = await TestHouse.open();
  for (const login of ['mira.berg', 'pia.berg', 'lena.berg', 'tessa.berg', 'tessa.tal']) {
    browsers.set(login, await house.signedIn(login));
  }
  browsers.set('nobody', house.browser());
  house.messages.rows.set('berg-message', {
    id: 'berg-message',
    tenantId: 'berg-town',
    callId: 'c',
    box: { kind: 'person', personId: 'berg-mira' },
    recordedAt: 1,
    milliseconds: 1000,
    file: 'm.wav',
    party: { partyId: 'p', number: '+491713920042' },
  });
  house.traces.rows.push({
    tenantId: 'berg-town',
    callId: 'berg-call',
    leg: 'berg-leg',
    messages: [
      { at: 1, direction: 'received', peer: 'berg', transport: 'udp', summary: 'INVITE', text: 'INVITE berg' },
    ],
  });
  const alert = { id: 'berg-alert', tenantId: 'berg-town', at: 1, version: 1 } as const;
  house.alerts.rows.push({ ...alert, kind: 'pin-locked', personId: 'berg-mira' });
  house.files.set('m.wav', new Uint8Array([82, 73, 70, 70]));
  house.phone.states.set('berg-mira', {
    personId: 'berg-mira',
    calls: [
      {
        callId: 'berg-call',
        state: 'connected',
        direction: 'inbound',
        party: { number: '+491713920042' },
        arrivedAt: 1,
      },
    ],
  });
});
afterAll(() => house.api.close());

const servedRoutes = () => house.api.routes.filter(({ path }) => path.startsWith('/api'));
/** Without the HEAD twins of GET routes. */
const apiRoutes = () => servedRoutes().filter(({ method }) => method !== 'HEAD');
const ask = (login: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  browsers.get(login)!.ask(method, path, ['GET', 'HEAD', 'DELETE'].includes(method) ? undefined : (body ?? {}));

describe('every route of the router', () => {
  it('is a route of the contract with the contract’s access level, and none is missing', () => {
    const served = apiRoutes().map(({ method, path, access }) => `${method} ${path} ${access}`);
    const promised = contractRoutes.map(({ method, path, access }) => `${method} ${path} ${access}`);
    expect(served.toSorted()).toEqual([...promised, 'GET /api/openapi.json public'].toSorted());
  });

  it('lets in exactly whom its access level names', async () => {
    const admitted = {
      nobody: ['public'],
      'mira.berg': ['public', 'person'],
      'lena.berg': ['public', 'person', 'lead'],
      'tessa.berg': ['public', 'person', 'lead', 'admin'],
    };
    for (const [login, levels] of Object.entries(admitted)) {
      for (const { method, path, access } of servedRoutes()) {
        if (method === 'DELETE' && path === '/api/session') continue;
        const { status, body } = await ask(login, method, path.replace(':id', 'no-such-record'));
        const what = `${login} ${method} ${path}: ${status} ${body.code}`;
        if (levels.includes(access!)) expect(['not-signed-in', 'not-permitted'], what).not.toContain(body.code);
        else expect(status, what).toBe(login === 'nobody' ? 401 : 403);
      }
    }
  });

  it('has no other way in: other methods, spellings of the address and ids of nothing', async () => {
    const ids = [
      '__proto__',
      'constructor',
      'a%00b',
      '..%2f..%2frun',
      "'%20or%20''='",
      'x'.repeat(64),
      'x'.repeat(500),
    ];
    for (const { method, path, access } of apiRoutes()) {
      const known = apiRoutes().filter((route) => route.path === path);
      for (const other of ['OPTIONS', 'PATCH', 'PROPFIND', 'GET', 'POST', 'PUT', 'DELETE']) {
        if (known.some((route) => route.method === other)) continue;
        const { status } = await ask('tessa.berg', other, path.replace(':id', 'x'));
        expect([404, 415], `${other} ${path}`).toContain(status);
      }
      if (access === 'public' || path === '/api/session') continue;
      const encoded = path.replace('/api', '/%61pi').replace(':id', 'x');
      expect((await ask('nobody', method, encoded)).status, `${method} ${encoded}`).toBe(401);
      for (const id of path.includes(':id') ? ids : []) {
        const { status } = await ask('tessa.berg', method, path.replace(':id', id));
        expect([400, 404, 414, 422], `${method} ${path} ${id}: ${status}`).toContain(status);
      }
    }
  });

  it('refuses a state-changing request of a foreign page, whoever is signed in', async () => {
    for (const { method, path } of apiRoutes().filter((route) => route.method !== 'GET')) {
      const { origin, cookie } = browsers.get('tessa.berg')!;
      const foreign = house.browser();
      foreign.cookie = cookie;
      for (const headers of [{ origin: 'https://evil.example' }, {}, { origin, 'sec-fetch-site': 'cross-site' }]) {
        foreign.headers = headers as Record<string, string>;
        const { status, body } = await foreign.ask(
          method,
          path.replace(':id', 'x'),
          method === 'DELETE' ? undefined : {},
        );
        expect(`${status} ${body.code}`, `${method} ${path}`).toBe('403 foreign-origin');
      }
    }
  });
});

/** Records of the town `berg`, by route, with a body that would do if they were one's own. */
const person = {
  firstName: 'A',
  lastName: 'B',
  departmentId: 'tal-department',
  siteId: 'tal-site',
  duties: '',
  roles: ['person'],
  language: 'de',
};
const hotline = {
  name: 'Neu',
  language: 'de',
  memberIds: [],
  openingHours: { intervals: [], closures: [] },
  ringSeconds: 20,
  retryPauseSeconds: 15,
  wrapUpSeconds: 30,
  maxWaitSeconds: 600,
  serviceLevel: { percent: 75, seconds: 30 },
};
const foreignRecords: Readonly<Record<string, readonly [id: string, body: unknown]>> = {
  '/api/phone/calls/:id/hold': ['berg-call', undefined],
  '/api/phone/calls/:id/resume': ['berg-call', undefined],
  '/api/phone/calls/:id/transfer': ['berg-call', { to: '121' }],
  '/api/phone/calls/:id/join': ['berg-call', { consultationCallId: 'berg-other-call' }],
  '/api/phone/calls/:id/park': ['berg-call', undefined],
  '/api/phone/calls/:id/open-door': ['berg-call', undefined],
  '/api/my/hotlines/:id': ['berg-service', { loggedIn: true }],
  '/api/messages/:id/audio': ['berg-message', undefined],
  '/api/messages/:id/done': ['berg-message', { done: true }],
  '/api/messages/:id': ['berg-message', undefined],
  '/api/admin/people/:id': ['berg-mira', person],
  '/api/admin/people/:id/forwarding': ['berg-mira', undefined],
  '/api/admin/devices/:id/secret': ['berg-device', undefined],
  '/api/admin/devices/:id': ['berg-device', { personId: 'tal-mira', siteId: 'tal-site', label: 'X' }],
  '/api/admin/devices/:id/guest': ['berg-device', undefined],
  '/api/admin/numbers/:id': [
    'berg-number-0',
    { headNumberId: 'tal-head', extension: '777', destination: { kind: 'person', personId: 'tal-mira' } },
  ],
  '/api/admin/head-numbers/:id': ['berg-head', { e164: '+4949988', areaCodeLength: 4, trunkId: 'tal-trunk' }],
  '/api/admin/sites/:id': ['berg-site', { name: 'X', address: '', emergencyNumber: '', emergencyTrunkId: '' }],
  '/api/admin/departments/:id': ['berg-department', { name: 'X', siteId: 'tal-site' }],
  '/api/admin/trunks/:id': [
    'berg-trunk',
    {
      name: 'X',
      host: 'x.example',
      port: 5060,
      transport: 'udp',
      sourceAddresses: [],
      username: '',
      outgoingCapacity: 1,
    },
  ],
  '/api/admin/trunks/:id/check': ['berg-trunk', undefined],
  '/api/admin/traces/:id': ['berg-call', undefined],
  '/api/admin/hotlines/:id': ['berg-service', hotline],
};

const offeredTwice: CallRecord = {
  callId: 'c2',
  tenantId: 'berg-town',
  direction: 'inbound',
  arrivedAt: 1,
  talkMilliseconds: 1,
  waitMilliseconds: 1,
  steps: [
    { at: 1, kind: 'call-routed', detail: 'hotline:berg-service' },
    { at: 1, kind: 'hotline-offered', personId: 'berg-mira' },
    { at: 1, kind: 'hotline-offer-ended', personId: 'berg-mira', detail: 'no-answer' },
    { at: 1, kind: 'hotline-answered', personId: 'berg-pia' },
  ],
};

describe('records of others', () => {
  it('are not found by another town’s administrator, and stay as they were', async () => {
    // Picking up names no record: whoever asks gets what rings in their own department.
    const commanded = [...house.phone.commands];
    const before = JSON.stringify(house.directory.holder.byTenant('berg-town'));
    for (const { method, path } of apiRoutes().filter((route) => route.path.includes(':id'))) {
      const record = foreignRecords[path];
      if (!record) throw new Error(`no foreign record for ${path}: add one to this test`);
      const { status, body } = await ask('tessa.tal', method, path.replace(':id', record[0]), record[1]);
      expect(`${status} ${body.code}`, `${method} ${path}`).toMatch(/^404 (?:not-found|no-such-call)$/);
    }
    expect(JSON.stringify(house.directory.holder.byTenant('berg-town'))).toBe(before);
    expect(house.messages.rows.get('berg-message')?.doneAt).toBeUndefined();
    expect(house.phone.commands).toEqual(commanded);
  });

  it('do not show in anything another town’s administrator can read', async () => {
    for (const { method, path } of apiRoutes().filter(
      (route) => route.method === 'GET' && !route.path.includes(':id'),
    )) {
      if (path === '/api/openapi.json') continue;
      expect((await ask('tessa.tal', method, path)).text, path).not.toMatch(/berg|3920042/);
    }
  });

  it('are not opened by any role of the same town: calls and messages are of their own people', async () => {
    for (const login of ['lena.berg', 'tessa.berg']) {
      for (const path of ['/api/phone', '/api/calls', '/api/messages', '/api/board', '/api/team', '/api/my/hotlines']) {
        expect((await ask(login, 'GET', path)).text, `${login} ${path}`).not.toContain('3920042');
      }
      expect((await ask(login, 'GET', '/api/messages/berg-message/audio')).status).toBe(404);
      expect((await ask(login, 'POST', '/api/phone/calls/berg-call/hold')).status).toBe(404);
    }
    house.calls.rows.push({ personId: 'berg-pia', record: offeredTwice });
    const calls = await ask('pia.berg', 'GET', '/api/calls');
    expect(calls.text).toContain('hotline-answered');
    expect(calls.text, 'who else missed the offer').not.toMatch(/Mira|berg-/);
    expect((await ask('mira.berg', 'GET', '/api/messages')).text).toContain('0171 3920042');
    expect((await ask('mira.berg', 'GET', '/api/messages/berg-message/audio')).text).toBe('RIFF');
  });
});

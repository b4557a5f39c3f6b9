import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminTopics, liveMessage, liveTopics } from '@amtsleitung/contract';
import { TestHouse, type LiveScreen, type TestBrowser } from '../testing/index.ts';

let house: TestHouse;
const screens: LiveScreen[] = [];
beforeEach(async () => (house = await TestHouse.open()));
afterEach(async () => {
  await house.api.close();
  for (const screen of screens.splice(0)) screen.socket.terminate();
});

const forEverybody = liveTopics.filter((topic) => !adminTopics.includes(topic));

const open = async (browser: TestBrowser): Promise<LiveScreen> => {
  const screen = await browser.live();
  screens.push(screen);
  house.clock.advance(0);
  for (const topic of forEverybody) await screen.until(topic);
  return screen;
};
const opened = async (login: string) => open(await house.signedIn(login));

/** Moves time so that a marked topic goes out, and waits for it. */
const next = async <Topic extends (typeof liveTopics)[number]>(screen: LiveScreen, topic: Topic) => {
  const from = screen.received.length;
  house.clock.advance(50);
  return screen.until(topic, from);
};
/** Everything that was on its way has arrived: the clock's message comes last. Once a test: pings want answers. */
const settled = async (...watched: readonly LiveScreen[]) => {
  const from = watched.map(({ received }) => received.length);
  house.clock.advance(10_000);
  house.clock.advance(50);
  await Promise.all(watched.map((screen, position) => screen.until('clock', from[position])));
};
const citizen = { number: '+491713920042', name: 'Berta Bürgerin' };
const ringing = (personId: string) => ({
  personId,
  calls: [{ callId: 'c1', state: 'ringing', direction: 'inbound', party: citizen, arrivedAt: 5 }] as const,
});

describe('a live screen', () => {
  it('starts with the full state of every topic, each by the contract', async () => {
    const screen = await opened('mira.berg');
    expect(screen.received.map(({ topic }) => topic).toSorted()).toEqual(forEverybody.toSorted());
    for (const message of screen.received) expect(liveMessage.safeParse(message).success, message.topic).toBe(true);
    expect(await screen.until('presence')).toHaveLength(8);
  });

  it('shows a call to its own person only: no colleague, lead, administrator or other town', async () => {
    const mira = await opened('mira.berg');
    const others = await Promise.all(['pia.berg', 'lena.berg', 'tessa.berg', 'tessa.tal'].map(opened));
    house.phone.show('berg-town', ringing('berg-mira'));
    const { calls } = await next(mira, 'phone');
    expect(calls[0]).toMatchObject({ callId: 'c1', party: citizen, partyText: 'Berta Bürgerin (0171 3920042)' });
    await settled(...others);
    for (const screen of others) {
      expect(JSON.stringify(screen.received)).not.toMatch(/c1|3920042|Berta|inbound/);
    }
  });

  it('tells the states of trunks and alerts to administrators of that town, and to nobody else', async () => {
    const tessa = await opened('tessa.berg');
    const others = await Promise.all(['mira.berg', 'lena.berg', 'tessa.tal'].map(opened));
    const from = tessa.received.length;
    const lastError = { kind: 'wrong-credentials', status: 403, at: 3 } as const;
    house.trunkStates.show({
      trunkId: 'berg-trunk',
      tenantId: 'berg-town',
      status: 'down',
      since: 2,
      lastError,
      calls: { incoming: 1, outgoing: 0 },
    });
    house.events.publish({
      ...{ id: 'a', tenantId: 'berg-town', at: 1, version: 1 },
      ...{ kind: 'limit-reached', scope: 'trunk', scopeId: 'berg-trunk', limit: 'daily-cents' },
    });
    house.clock.advance(50);
    expect(await tessa.until('trunks', from)).toMatchObject([{ trunkId: 'berg-trunk', status: 'down', lastError }]);
    await tessa.until('alerts', from);
    await settled(...others);
    for (const screen of others.slice(0, 2)) {
      expect(screen.received.some(({ topic }) => adminTopics.includes(topic))).toBe(false);
    }
    expect(JSON.stringify(others[2]!.received)).not.toMatch(/berg|wrong-credentials/);
  });

  it('tells of colleagues one of four words, and of another town nothing', async () => {
    const pia = await opened('pia.berg');
    const tal = await opened('tessa.tal');
    house.presence.show('berg-town', 'berg-mira', 'on-phone');
    expect(await next(pia, 'presence')).toEqual([{ personId: 'berg-mira', presence: 'on-phone' }]);
    await settled(tal);
    expect(JSON.stringify(tal.received)).not.toContain('berg');
  });

  it('shows the board as the role may see it', async () => {
    const live = ['berg-ausweise', 'berg-service'].map((hotlineId) => ({
      hotlineId,
      open: true,
      waiting: [{ callId: 'secret-call', since: 7, ringing: false }],
      agents: { ready: 1, onCall: 1, notReady: 0 },
    }));
    const [mira, fritz, lena, tal] = [
      await opened('mira.berg'),
      await opened('fritz.berg'),
      await opened('lena.berg'),
      await opened('lena.tal'),
    ];
    house.desk.showBoard('berg-town', live);
    const seen = async (screen: LiveScreen) =>
      (await next(screen, 'board')).hotlines.map(({ name, agents }) => `${name} ${agents ? 'with' : 'without'} agents`);
    house.clock.advance(50);
    const boardOf = async (screen: LiveScreen) => {
      house.desk.showBoard('berg-town', live);
      return seen(screen);
    };
    expect(await boardOf(mira)).toEqual(['Ausweise without agents', 'Service with agents']);
    expect(await boardOf(fritz)).toEqual(['Service with agents']);
    expect(await boardOf(lena)).toEqual(['Ausweise with agents', 'Service with agents']);
    await settled(tal);
    expect(JSON.stringify([mira.received, lena.received])).not.toContain('secret-call');
    expect(JSON.stringify(tal.received)).not.toContain('berg');
  });

  it('hears that own calls and messages have changed once they are stored', async () => {
    const [mira, pia] = [await opened('mira.berg'), await opened('pia.berg')];
    const header = { tenantId: 'berg-town', at: 1, version: 1 } as const;
    const publish = (facts: object) => house.events.publish({ ...header, id: 'e', ...facts } as never);
    publish({ kind: 'call-ringing', callId: 'c1', personId: 'berg-mira' });
    publish({
      kind: 'call-ended',
      callId: 'c1',
      outcome: 'answered',
      by: 'caller',
      totalMilliseconds: 1,
      talkMilliseconds: 1,
    });
    const box = { kind: 'hotline', hotlineId: 'berg-ausweise' } as const;
    house.messages.rows.set('m', {
      id: 'm',
      tenantId: 'berg-town',
      callId: 'c',
      box,
      recordedAt: 1,
      milliseconds: 1,
      file: 'f',
    });
    publish({ kind: 'message-recorded', callId: 'c2', messageId: 'm', box, file: 'f', milliseconds: 1 });
    const [seenMira, seenPia] = [mira.received.length, pia.received.length];
    house.clock.advance(1_000);
    house.clock.advance(50);
    await mira.until('calls', seenMira);
    expect(await mira.until('messages', seenMira)).toEqual({ open: 1 });
    expect(await pia.until('messages', seenPia)).toEqual({ open: 1 });
    await settled(pia);
    expect(pia.received.slice(seenPia).some(({ topic }) => topic === 'calls')).toBe(false);
  });

  it('gets at most one update in 50 ms, the latest', async () => {
    const mira = await opened('mira.berg');
    const from = mira.received.length;
    for (let turn = 0; turn < 1_000; turn++) {
      house.phone.show('berg-town', {
        ...ringing('berg-mira'),
        wrapUp: { callId: 'c', hotlineId: 'berg-service', endsAt: turn },
      });
    }
    house.clock.advance(50);
    expect((await mira.until('phone', from)).wrapUp?.endsAt).toBe(999);
    await settled(mira);
    expect(mira.received.slice(from).filter(({ topic }) => topic === 'phone')).toHaveLength(1);
  });

  it('ends within a moment when the person loses the login or is deleted; a new role shows at once', async () => {
    const [mira, tessa] = [await opened('mira.berg'), await house.signedIn('tessa.berg')];
    const screen = await open(await house.signedIn('fritz.berg'));
    const mine = house.directory.holder.byTenant('berg-town')!.people.find(({ id }) => id === 'berg-fritz')!;
    const { firstName, lastName, departmentId, siteId, duties, extension, login, language } = mine;
    const form = { firstName, lastName, departmentId, siteId, duties, extension, login, language };
    const from = screen.received.length;
    expect((await tessa.put('/api/admin/people/berg-fritz', { ...form, roles: ['person', 'lead'] })).status).toBe(204);
    house.clock.advance(50);
    await screen.until('board', from);
    const before = screen.received.length;
    await tessa.put('/api/admin/people/berg-fritz', { ...form, roles: ['person'] });
    house.clock.advance(50);
    expect((await screen.until('board', before)).hotlines).toHaveLength(1);
    await tessa.put('/api/admin/people/berg-fritz', { ...form, roles: ['person'], login: undefined });
    expect(await screen.closed).toBe(4401);
    await house.directory.deletePerson('berg-town', 'berg-mira');
    await house.directory.reload('berg-town');
    expect(await mira.closed).toBe(4401);
  });

  it('goes on without the database and catches up when it answers again', async () => {
    const mira = await house.signedIn('mira.berg');
    house.storeAway = true;
    const screen = await mira.live();
    screens.push(screen);
    house.clock.advance(0);
    for (const topic of ['phone', 'hotlines', 'presence', 'calls', 'clock'] as const) await screen.until(topic);
    expect(screen.received.some(({ topic }) => topic === 'board' || topic === 'messages')).toBe(false);
    house.storeAway = false;
    house.clock.advance(10_050);
    await screen.until('board');
    await screen.until('messages');
  });

  it('ends with its session’s time', async () => {
    const mira = await opened('mira.berg');
    house.clock.jumpWall(12 * 3_600_000);
    house.clock.advance(10_000);
    house.clock.advance(50);
    expect(await mira.closed).toBe(4401);
  });
});

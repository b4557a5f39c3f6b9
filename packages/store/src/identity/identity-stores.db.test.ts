import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleTown, saveTown, TestServer, type TestStore } from '../testing/index.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  store = await server.openStore();
  await saveTown(store.directory, sampleTown('a'));
  await saveTown(store.directory, sampleTown('b'));
});
afterEach(() => store.discard());

describe('sessions', () => {
  const session = (id: string, personId: string) => ({
    id,
    tokenHash: `hash-${id}`,
    tenantId: personId[0]!,
    personId,
    createdAt: 1,
    expiresAt: 2_000_000_000_000,
  });

  it('are found by the hash of their token and end one by one or by person', async () => {
    for (const [id, person] of [
      ['1', 'a-ada'],
      ['2', 'a-ada'],
      ['3', 'b-ada'],
    ] as const) {
      await store.sessions.insert(session(id, person));
    }
    expect(await store.sessions.findByTokenHash('hash-1')).toEqual(session('1', 'a-ada'));
    expect(await store.sessions.findByTokenHash('1')).toBeUndefined();
    await store.sessions.delete('1');
    expect(await store.sessions.findByTokenHash('hash-1')).toBeUndefined();
    await store.sessions.deleteOfPerson('a-ada');
    expect(await store.sessions.findByTokenHash('hash-2')).toBeUndefined();
    expect(await store.sessions.findByTokenHash('hash-3')).toBeDefined();
  });

  it('cannot be opened for a person of another tenant, and end with the person', async () => {
    await expect(store.sessions.insert({ ...session('1', 'b-ada'), tenantId: 'a' })).rejects.toThrow();
    await store.sessions.insert(session('2', 'a-ada'));
    await store.directory.deletePerson('a', 'a-ada');
    expect(await store.sessions.findByTokenHash('hash-2')).toBeUndefined();
  });
});

describe('passwords', () => {
  it('belong to a login of one tenant, whatever its case', async () => {
    await store.passwords.set('a-ada', 'first');
    await store.passwords.set('a-ada', 'second');
    expect(await store.passwords.find('a', 'Ada')).toEqual({ personId: 'a-ada', passwordHash: 'second' });
    expect(await store.passwords.find('b', 'ada')).toBeUndefined();
    expect(await store.passwords.find('a', "' or true --")).toBeUndefined();
  });

  it('need a person', async () => {
    await expect(store.passwords.set('nobody', 'hash')).rejects.toMatchObject({ kind: 'unknown-reference' });
  });

  it('take a set-up token once, in time, and only the newest', async () => {
    await store.passwords.putSetupToken('old', 1_000);
    await store.passwords.putSetupToken('new', 1_000);
    expect(await store.passwords.takeSetupToken('old', 500)).toBe(false);
    expect(await store.passwords.takeSetupToken('new', 1_000)).toBe(false);
    const tries = await Promise.all([1, 2, 3].map(() => store.passwords.takeSetupToken('new', 500)));
    expect(tries.filter(Boolean)).toHaveLength(1);
  });
});

describe('agents', () => {
  it('stay logged in and paused', async () => {
    const login = { tenantId: 'a', personId: 'a-ada', hotlineId: 'a-desk-line', loggedIn: true };
    await store.agentLogins.setLogin({ ...login, loggedIn: false });
    await store.agentLogins.setLogin(login);
    await store.agentLogins.setPaused('a', 'a-ada', true);
    await store.agentLogins.setPaused('a', 'a-ada', true);
    expect(await store.agentLogins.loadAll()).toEqual({ logins: [login], paused: ['a-ada'] });
    await store.agentLogins.setPaused('a', 'a-ada', false);
    expect((await store.agentLogins.loadAll()).paused).toEqual([]);
  });

  it('are out of reach of another tenant', async () => {
    const login = { tenantId: 'b', personId: 'b-ada', hotlineId: 'b-desk-line', loggedIn: true };
    await store.agentLogins.setLogin(login);
    await store.agentLogins.setPaused('b', 'b-ada', true);
    await store.agentLogins.setLogin({ ...login, tenantId: 'a', loggedIn: false }).catch(() => undefined);
    await store.agentLogins.setLogin({ ...login, tenantId: 'a', personId: 'a-ada' }).catch(() => undefined);
    await store.agentLogins.setPaused('a', 'b-ada', false);
    expect(await store.agentLogins.loadAll()).toEqual({ logins: [login], paused: ['b-ada'] });
  });
});

describe('registrations', () => {
  const registration = {
    deviceId: 'a-desk',
    tenantId: 'a',
    personId: 'a-ada',
    contact: 'sip:a@127.0.0.1:5090',
    transport: 'udp',
    sourceAddress: '127.0.0.1',
    sourcePort: 5090,
    callId: 'c',
    cseq: 2_147_483_647,
    userAgent: 'Phone',
    expiresAt: 5_000,
  } as const;

  it('survive until they expire, one per contact', async () => {
    await store.registrations.save({ ...registration, cseq: 1 });
    await store.registrations.save(registration);
    await store.registrations.save({ ...registration, contact: 'sip:other', expiresAt: 10 });
    expect(await store.registrations.loadAll(4_999)).toEqual([registration]);
    expect(await store.registrations.loadAll(5_000)).toEqual([]);
    await store.registrations.remove('a-desk', registration.contact);
    expect(await store.registrations.loadAll(0)).toHaveLength(1);
  });

  it('cannot be moved to another tenant', async () => {
    await store.registrations.save(registration);
    await store.registrations.save({ ...registration, tenantId: 'b', personId: 'b-ada', sourceAddress: '127.0.0.9' });
    expect(await store.registrations.loadAll(0)).toEqual([registration]);
  });
});

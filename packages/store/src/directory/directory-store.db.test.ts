import type { DirectoryStore, TownDirectory } from '@amtsleitung/domain';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { openSecretBox, SecretBox } from '../secrets/secret-box.ts';
import { sealClearPasswords } from '../secrets/seal-passwords.ts';
import { sampleTown, saveTown, TestServer, type TestStore } from '../testing/index.ts';
import { SqlDirectoryStore } from './directory-store.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  store = await server.openStore();
});
afterEach(() => store.discard());

describe('directory', () => {
  it('gives back every record as it was saved', async () => {
    await saveTown(store.directory, sampleTown('a'));
    expect(await store.directory.load('a')).toEqual(sampleTown('a'));
  });

  it('keeps a trunk’s password sealed, seals what an older version kept in clear, and loses it with the key', async () => {
    const town = sampleTown('a');
    await saveTown(store.directory, town);
    const pool = store.database.pool;
    const kept = async () =>
      (await pool.query<{ password: string }>("select password from trunk where id = 'a-trunk-digest'")).rows[0]!
        .password;
    expect(await kept()).toMatch(/^sealed:v1:/);
    expect(JSON.stringify((await pool.query('select * from trunk')).rows)).not.toContain('"secret"');
    await pool.query("update trunk set password = 'alt-im-klartext' where id = 'a-trunk-digest'");
    await sealClearPasswords(store.database.query, await openSecretBox(store.database.dataFolder));
    expect(await kept()).toMatch(/^sealed:v1:/);
    const trunk = async () => (await store.directory.load('a'))!.trunks.find(({ id }) => id === 'a-trunk-digest')!;
    expect((await trunk()).password).toBe('alt-im-klartext');
    const other = new SqlDirectoryStore(store.database.query, new SecretBox(Buffer.alloc(32)));
    expect((await other.load('a'))!.trunks.find(({ id }) => id === 'a-trunk-digest')).not.toHaveProperty('password');
  });

  it('knows no unknown tenant', async () => {
    expect(await store.directory.load('a')).toBeUndefined();
  });

  it('replaces a record with the same id, members and hours included', async () => {
    const town = sampleTown('a');
    await saveTown(store.directory, town);
    const hotline = { ...town.hotlines[0]!, memberIds: ['a-eve'], openingHours: { intervals: [], closures: [] } };
    await store.directory.saveHotline(hotline);
    await store.directory.savePerson({ ...town.people[1]!, extension: undefined, away: true });
    const shared = { ...town.devices[0]!, guestPersonId: 'a-eve', guestDay: '2026-03-02' };
    await store.directory.saveDevice(shared);
    const after = await store.directory.load('a');
    expect(after?.hotlines).toEqual([hotline]);
    expect(after?.devices).toEqual([shared]);
    expect(after?.people[1]).not.toHaveProperty('extension');
    expect(after?.people[1]?.away).toBe(true);
  });

  it('takes devices, numbers, memberships and logins with a deleted person', async () => {
    await saveTown(store.directory, sampleTown('a'));
    await store.directory.deletePerson('a', 'a-ada');
    await store.directory.deletePerson('a', 'a-ben');
    const after = await store.directory.load('a');
    expect(after?.devices).toEqual([]);
    expect(after?.hotlines[0]?.memberIds).toEqual([]);
    expect(after?.numbers.map((number) => number.extension)).toEqual(['0']);
  });

  it('refuses what is taken', async () => {
    const town = sampleTown('a');
    await saveTown(store.directory, town);
    await expect(store.directory.savePerson({ ...town.people[2]!, login: 'ADA' })).rejects.toMatchObject({
      kind: 'taken',
    });
    await expect(store.directory.saveNumber({ ...town.numbers[1]!, id: 'other' })).rejects.toMatchObject({
      kind: 'taken',
    });
    await expect(store.directory.saveDevice({ ...town.devices[0]!, id: 'other' })).rejects.toMatchObject({
      kind: 'taken',
    });
    await expect(store.directory.saveTenant({ ...town.tenant, id: 'b' })).rejects.toMatchObject({ kind: 'taken' });
  });

  it('refuses what names nothing, and keeps nothing of it', async () => {
    const town = sampleTown('a');
    await saveTown(store.directory, town);
    const hotline = { ...town.hotlines[0]!, name: 'Neu', memberIds: ['a-ada', 'nobody'] };
    await expect(store.directory.saveHotline(hotline)).rejects.toMatchObject({ kind: 'unknown-reference' });
    expect(await store.directory.load('a')).toEqual(town);
  });

  it('keeps a site whose emergency trunk is not chosen yet', async () => {
    const town = sampleTown('a');
    await saveTown(store.directory, { ...town, sites: [{ ...town.sites[0]!, emergencyTrunkId: '' }] });
    expect((await store.directory.load('a'))?.sites[0]?.emergencyTrunkId).toBe('');
  });

  it('refuses to delete a trunk that numbers or emergency calls need', async () => {
    const town = sampleTown('a');
    await saveTown(store.directory, town);
    await store.directory.deleteTrunk('a', 'a-trunk-digest');
    await expect(store.directory.deleteTrunk('a', 'a-trunk')).rejects.toMatchObject({ kind: 'in-use' });
    await store.directory.saveHeadNumber({ ...town.headNumbers[0]!, trunkId: 'a-trunk' });
    expect((await store.directory.load('a'))?.trunks.map((trunk) => trunk.id)).toEqual(['a-trunk']);
  });
});

type Attack = (directory: DirectoryStore, foreign: TownDirectory) => Promise<void>;

/** Each writing method, used by tenant `a` on a record of tenant `b`. */
const attacks: Record<string, Attack> = {
  saveMunicipality: (to, { municipalities }) =>
    to.saveMunicipality({ ...municipalities[0]!, tenantId: 'a', name: 'X' }),
  saveSite: (to, { sites }) => to.saveSite({ ...sites[0]!, tenantId: 'a', municipalityId: 'a-village', name: 'X' }),
  saveDepartment: (to, { departments }) => to.saveDepartment({ ...departments[0]!, tenantId: 'a', siteId: 'a-hall' }),
  savePerson: (to, { people }) =>
    to.savePerson({ ...people[1]!, tenantId: 'a', departmentId: 'a-office', siteId: 'a-hall', roles: ['admin'] }),
  saveDevice: (to, { devices }) =>
    to.saveDevice({ ...devices[0]!, tenantId: 'a', personId: 'a-ada', siteId: 'a-hall', label: 'X' }),
  saveHeadNumber: (to, { headNumbers }) => to.saveHeadNumber({ ...headNumbers[0]!, tenantId: 'a', trunkId: 'a-trunk' }),
  saveNumber: (to, { numbers }) =>
    to.saveNumber({
      ...numbers[1]!,
      tenantId: 'a',
      headNumberId: 'a-head',
      extension: '99',
      destination: { kind: 'person', personId: 'a-ada' },
    }),
  saveTrunk: (to, { trunks }) => to.saveTrunk({ ...trunks[0]!, tenantId: 'a', host: 'evil.example' }),
  saveHotline: (to, { hotlines }) => to.saveHotline({ ...hotlines[0]!, tenantId: 'a', memberIds: ['a-ada'] }),
  'saveHotline with a foreign member': (to) =>
    to.saveHotline({ ...sampleTown('a').hotlines[0]!, memberIds: ['b-ada'] }),
  'saveNumber to a foreign person': (to) =>
    to.saveNumber({ ...sampleTown('a').numbers[1]!, destination: { kind: 'person', personId: 'b-ben' } }),
  'saveHeadNumber over a foreign trunk': (to) =>
    to.saveHeadNumber({ ...sampleTown('a').headNumbers[0]!, trunkId: 'b-trunk' }),
  'saveSite with a foreign emergency trunk': (to) =>
    to.saveSite({ ...sampleTown('a').sites[0]!, emergencyTrunkId: 'b-trunk' }),
  deletePerson: (to, { people }) => to.deletePerson('a', people[0]!.id),
  deleteDevice: (to, { devices }) => to.deleteDevice('a', devices[0]!.id),
  deleteNumber: (to, { numbers }) => to.deleteNumber('a', numbers[0]!.id),
  deleteTrunk: (to, { trunks }) => to.deleteTrunk('a', trunks[1]!.id),
  deleteHotline: (to, { hotlines }) => to.deleteHotline('a', hotlines[0]!.id),
};

describe('tenants', () => {
  it.each(Object.entries(attacks))('%s never touches another tenant', async (_, attack) => {
    await saveTown(store.directory, sampleTown('a'));
    await saveTown(store.directory, sampleTown('b'));
    const outcome = await attack(store.directory, sampleTown('b')).catch((error: unknown) => error);
    if (outcome !== undefined)
      expect(outcome).toMatchObject({ kind: expect.stringMatching(/^(taken|unknown-reference)$/) });
    expect(await store.directory.loadAll()).toEqual([sampleTown('a'), sampleTown('b')]);
  });
});

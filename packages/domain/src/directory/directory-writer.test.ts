import { silentLogger } from '@amtsleitung/base';
import { VirtualClock } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { plainDevice, type Device } from './device.ts';
import { DirectoryConflict } from './directory-conflict.ts';
import { DirectoryHolder } from './directory-holder.ts';
import { DirectoryWriter } from './directory-writer.ts';
import type { Person } from './person.ts';
import { sampleTown } from '../testing/index.ts';

const device: Device = {
  ...{ id: 'desk', tenantId: 'town', personId: 'eve', siteId: 'townhall', label: '', sipUser: 'desk' },
  ...{ ha1: { md5: '', sha256: '' }, settings: plainDevice },
};

function writer() {
  const clock = new VirtualClock();
  const directory = new DirectoryHolder();
  const stored = { town: sampleTown({ devices: [device] }), fault: undefined as Error | undefined };
  directory.replace(stored.town);
  const saved: string[] = [];
  const refuse = () => {
    if (stored.fault) throw stored.fault;
  };
  const store = {
    savePerson: async (person: Person) => {
      refuse();
      saved.push(`${person.id} ${person.lastName} ${person.away} ${person.phone.doNotDisturb}`);
    },
    saveDevice: async ({ id, guestPersonId }: Device) => {
      refuse();
      saved.push(`${id} ${guestPersonId}`);
    },
    load: async () => stored.town,
  };
  const own = new DirectoryWriter({ directory, store, timers: clock, logger: silentLogger });
  const person = (id: string) => directory.byTenant('town')!.people.find((one) => one.id === id)!;
  return { own, clock, directory, stored, saved, person };
}

const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('changes people make by themselves', () => {
  it('are in effect at once and stored once, the newest only', async () => {
    const { own, saved, person } = writer();
    for (let turn = 0; turn < 100; turn++) own.patchPerson('anna', { away: turn % 2 === 1 });
    own.patchPerson('anna', { phone: { ...person('anna').phone, doNotDisturb: true } });
    own.setGuest('desk', { personId: 'anna', day: '2026-03-02' });
    expect(person('anna')).toMatchObject({ away: true, phone: { doNotDisturb: true } });
    await own.close();
    expect(saved).toEqual(['anna Annasen true true', 'desk anna']);
    expect(own.patchPerson('nobody', { away: true })).toBe(false);
    expect(own.setGuest('nothing', undefined)).toBe(false);
  });

  it('a store that is away is tried again until it takes them', async () => {
    const { own, clock, stored, saved } = writer();
    stored.fault = new Error('no database');
    own.patchPerson('anna', { away: true });
    await turns();
    stored.fault = undefined;
    clock.advance(1_000);
    await turns();
    expect(saved).toEqual(['anna Annasen true false']);
  });

  it('a change that the store refuses for good, or that comes while we stop, holds nothing up', async () => {
    const { own, stored, saved } = writer();
    stored.fault = new DirectoryConflict('unknown-reference');
    own.patchPerson('anna', { away: true });
    await turns();
    stored.fault = undefined;
    own.patchPerson('ben', { away: true });
    await turns();
    expect(saved).toEqual(['ben Bensen true false']);
    stored.fault = new Error('no database');
    own.patchPerson('cem', { away: true });
    await own.close();
  });

  it("an administrator's change beside them is kept, and so are they", async () => {
    const { own, clock, stored, saved, person, directory } = writer();
    stored.fault = new Error('no database');
    own.patchPerson('anna', { away: true });
    own.setGuest('desk', { personId: 'anna', day: '2026-03-02' });
    await turns();
    const renamed = stored.town.people.map((one) => (one.id === 'anna' ? { ...one, lastName: 'Neu' } : one));
    stored.town = { ...stored.town, people: renamed };
    await own.reload('town');
    expect(person('anna')).toMatchObject({ lastName: 'Neu', away: true });
    expect(directory.byTenant('town')?.devices[0]?.guestPersonId).toBe('anna');
    stored.fault = undefined;
    clock.advance(1_000);
    await turns();
    expect(saved).toEqual(['anna Neu true false', 'desk anna']);
  });

  it('brings back no right that an administrator has taken away', async () => {
    const { own, clock, stored, person } = writer();
    stored.fault = new Error('no database');
    own.patchPerson('anna', { phone: { ...person('anna').phone, doNotDisturb: true } });
    await turns();
    const without = stored.town.people.map((one) =>
      one.id === 'anna' ? { ...one, phone: { ...one.phone, diallingClasses: [] } } : one,
    );
    stored.town = { ...stored.town, people: without };
    await own.reload('town');
    expect(person('anna').phone).toMatchObject({ doNotDisturb: true, diallingClasses: [] });
    stored.fault = undefined;
    clock.advance(1_000);
    await own.close();
  });

  it('stores nothing while an administrator changes records, and everything after', async () => {
    const { own, stored, saved, person } = writer();
    own.patchPerson('ben', { away: true });
    const release = await own.hold();
    const before = [...saved];
    own.patchPerson('anna', { away: true });
    await turns();
    expect(saved).toEqual(before);
    const renamed = stored.town.people.map((one) => (one.id === 'anna' ? { ...one, lastName: 'Neu' } : one));
    stored.town = { ...stored.town, people: renamed };
    await own.reload('town');
    release();
    await own.close();
    expect(saved).toContain('anna Neu true false');
    expect(saved).toContain('ben Bensen true false');
    expect(person('ben').away).toBe(true);
  });
});

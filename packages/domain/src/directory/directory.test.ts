import { describe, expect, it } from 'vitest';
import { samplePerson, sampleTown } from '../testing/index.ts';
import { plainDevice } from './device.ts';
import { DirectoryHolder } from './directory-holder.ts';
import { indexOf } from './directory-index.ts';
import { searchPeople } from './search-people.ts';

describe('directory', () => {
  it('holds one directory a tenant and tells of changes', () => {
    const holder = new DirectoryHolder();
    const told: string[] = [];
    const stop = holder.onChange(({ tenant }) => told.push(tenant.name));
    holder.replace(sampleTown());
    const changed = sampleTown({ people: [] });
    holder.replace(changed);
    stop();
    holder.replace(changed);
    expect(told).toEqual(['Musterdorf', 'Musterdorf']);
    expect(holder.all()).toEqual([changed]);
    expect(holder.byTenant('town')).toBe(changed);
    expect(holder.byTenant('other')).toBeUndefined();
  });

  it('finds by id, extension and SIP user', () => {
    const device = {
      ...{ id: 'phone', tenantId: 'town', personId: 'anna', siteId: 'townhall', label: 'Tisch', sipUser: 'phone-1' },
      ha1: { md5: '', sha256: '' },
      settings: plainDevice,
    };
    const index = indexOf(sampleTown({ devices: [device] }));
    expect(index.person('anna')?.firstName).toBe('Anna');
    expect(index.personByExtension('1222')?.id).toBe('cem');
    expect(index.assignment('head', '0')?.destination).toEqual({ kind: 'hotline', hotlineId: 'service' });
    expect(index.deviceBySipUser('phone-1')).toBe(device);
    expect(index.deviceBySipUser('__proto__')).toBeUndefined();
  });

  it.each([
    ['müller', ['Jörg']],
    ['mueller', ['Jörg']],
    ['muller JORG', ['Jörg']],
    ['wohnung umm', ['Jörg']],
    ['123', ['Dora']],
    ['bürgeramt dora', ['Dora']],
    ['.*', ['Anna', 'Ben', 'Cem', 'Dora', 'Eve', 'Jörg']],
    ['nobody', []],
  ])('search for %s', (search, names) => {
    const extra = { ...samplePerson('Jörg', '199'), lastName: 'Müller', duties: 'Wohnung ummelden' };
    const town = sampleTown({ people: [extra, ...sampleTown().people] });
    expect(searchPeople(town, search).map(({ firstName }) => firstName)).toEqual(names);
  });
});

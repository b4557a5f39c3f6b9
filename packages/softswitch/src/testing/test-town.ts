import { plainDevice, plainPersonPhone, plainTownSettings, staticTrunkSettings } from '@amtsleitung/domain';
import type { Device, DirectorySource, Person, TownDirectory, Trunk } from '@amtsleitung/domain';
import { deviceSecretHasher } from '../registrar/device-secret.ts';

export const domain = 'town.example';

const person = (id: string, extension: string): Person => ({
  id,
  tenantId: 'town',
  departmentId: 'd',
  siteId: 'site',
  firstName: id,
  lastName: 'Muster',
  duties: '',
  extension,
  roles: ['person'],
  language: 'de',
  away: false,
  phone: plainPersonPhone,
});

/** A desk phone whose digest password is `<sipUser>-secret`. */
export const device = (id: string, personId: string): Device => ({
  id,
  tenantId: 'town',
  personId,
  siteId: 'site',
  label: id,
  sipUser: id,
  ha1: deviceSecretHasher.hash(id, domain, `${id}-secret`),
  settings: plainDevice,
});

export const trunk: Trunk = {
  id: 'line',
  tenantId: 'town',
  name: 'Leitung',
  host: '10.0.5.1',
  port: 5060,
  transport: 'udp',
  sourceAddresses: ['10.0.5.1'],
  username: '',
  outgoingCapacity: 3,
  // Tests that count messages do not want to see questions in between.
  settings: { ...staticTrunkSettings, optionsSeconds: 0 },
};

export const town: TownDirectory = {
  tenant: {
    id: 'town',
    name: 'Musterstadt',
    sipDomain: domain,
    language: 'de',
    timeZone: 'Europe/Berlin',
    settings: plainTownSettings,
  },
  municipalities: [],
  sites: [],
  departments: [],
  people: [person('mira', '120'), person('pia', '121')],
  devices: [device('mira-desk', 'mira'), device('mira-soft', 'mira'), device('pia-desk', 'pia')],
  headNumbers: [],
  numbers: [],
  trunks: [trunk],
  hotlines: [],
};

/** A directory that tests replace. */
export class TestDirectory implements DirectorySource {
  #current: TownDirectory;
  readonly #listeners = new Set<(directory: TownDirectory) => void>();

  constructor(current: TownDirectory = town) {
    this.#current = current;
  }

  all(): readonly TownDirectory[] {
    return [this.#current];
  }

  byTenant(tenantId: string): TownDirectory | undefined {
    return tenantId === this.#current.tenant.id ? this.#current : undefined;
  }

  onChange(listener: (directory: TownDirectory) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  replace(parts: Partial<TownDirectory>): void {
    this.#current = { ...this.#current, ...parts };
    for (const listener of this.#listeners) listener(this.#current);
  }
}

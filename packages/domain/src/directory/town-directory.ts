import type { Hotline } from '../hotline/hotline.ts';
import type { HeadNumber, NumberAssignment } from '../numbering/head-number.ts';
import type { Device } from './device.ts';
import type { Department, Municipality, Site, Tenant } from './organisation.ts';
import type { Person } from './person.ts';
import type { Trunk } from './trunk.ts';

/** Everything that routing needs of one tenant, held in memory: a call never waits for the database. */
export interface TownDirectory {
  readonly tenant: Tenant;
  readonly municipalities: readonly Municipality[];
  readonly sites: readonly Site[];
  readonly departments: readonly Department[];
  readonly people: readonly Person[];
  readonly devices: readonly Device[];
  readonly headNumbers: readonly HeadNumber[];
  readonly numbers: readonly NumberAssignment[];
  readonly trunks: readonly Trunk[];
  readonly hotlines: readonly Hotline[];
}

/** Port: the current directory of each tenant. Replaced as a whole after an administrator's change. */
export interface DirectorySource {
  all(): readonly TownDirectory[];
  byTenant(tenantId: string): TownDirectory | undefined;
  /** Called after each replacement; returns the way to stop. */
  onChange(listener: (directory: TownDirectory) => void): () => void;
}

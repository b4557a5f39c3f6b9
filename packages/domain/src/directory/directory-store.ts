import type { Hotline } from '../hotline/hotline.ts';
import type { HeadNumber, NumberAssignment } from '../numbering/head-number.ts';
import type { Device } from './device.ts';
import type { Department, Municipality, Site, Tenant } from './organisation.ts';
import type { Person } from './person.ts';
import type { TownDirectory } from './town-directory.ts';
import type { Trunk } from './trunk.ts';

/** Port: durable directory. Each save is one transaction: insert, or replace the record with the same id. */
export interface DirectoryStore {
  loadAll(): Promise<readonly TownDirectory[]>;
  load(tenantId: string): Promise<TownDirectory | undefined>;
  saveTenant(tenant: Tenant): Promise<void>;
  saveMunicipality(municipality: Municipality): Promise<void>;
  saveSite(site: Site): Promise<void>;
  saveDepartment(department: Department): Promise<void>;
  savePerson(person: Person): Promise<void>;
  deletePerson(tenantId: string, personId: string): Promise<void>;
  saveDevice(device: Device): Promise<void>;
  deleteDevice(tenantId: string, deviceId: string): Promise<void>;
  saveHeadNumber(headNumber: HeadNumber): Promise<void>;
  saveNumber(number: NumberAssignment): Promise<void>;
  deleteNumber(tenantId: string, numberId: string): Promise<void>;
  saveTrunk(trunk: Trunk): Promise<void>;
  deleteTrunk(tenantId: string, trunkId: string): Promise<void>;
  saveHotline(hotline: Hotline): Promise<void>;
  deleteHotline(tenantId: string, hotlineId: string): Promise<void>;
}

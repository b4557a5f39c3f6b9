import type {
  Department,
  Device,
  DirectoryStore,
  HeadNumber,
  Hotline,
  Municipality,
  NumberAssignment,
  Person,
  Site,
  Tenant,
  TownDirectory,
  Trunk,
} from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { saveHotline } from './hotline-rows.ts';
import { loadTown } from './load-town.ts';
import { changing, deleteRecord, saveRecord, type RecordTable } from './save-record.ts';

/** The directory in SQL. Foreign keys hold the tenant as well, so no record can name another tenant's. */
export class SqlDirectoryStore implements DirectoryStore {
  readonly #db: Kysely<Schema>;
  readonly #secrets: SecretBox;

  constructor(db: Kysely<Schema>, secrets: SecretBox) {
    this.#db = db;
    this.#secrets = secrets;
  }

  async loadAll(): Promise<readonly TownDirectory[]> {
    const tenants = await this.#db.selectFrom('tenant').select('id').orderBy('id').execute();
    const towns = await Promise.all(tenants.map(({ id }) => this.load(id)));
    return towns.filter((town) => town !== undefined);
  }

  /** One snapshot: all records as they were at the same moment. */
  load(tenantId: string): Promise<TownDirectory | undefined> {
    return this.#db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((db) => loadTown(db, tenantId, this.#secrets));
  }

  saveTenant(tenant: Tenant): Promise<void> {
    const { id, name, sipDomain, language, timeZone, settings } = tenant;
    const row = { id, name, sipDomain, language, timeZone, settings };
    return changing('unknown-reference', async () => {
      const insert = this.#db.insertInto('tenant').values(row);
      await insert.onConflict((conflict) => conflict.column('id').doUpdateSet(row)).execute();
    });
  }

  saveMunicipality({ id, tenantId, name }: Municipality): Promise<void> {
    return this.#save('municipality', { id, tenantId, name });
  }

  saveSite(site: Site): Promise<void> {
    const { id, tenantId, municipalityId, name, address, emergencyNumber } = site;
    // A house without any trunk yet: the site's emergency line is still open.
    const emergencyTrunkId = site.emergencyTrunkId || null;
    return this.#save('site', { id, tenantId, municipalityId, name, address, emergencyNumber, emergencyTrunkId });
  }

  saveDepartment({ id, tenantId, siteId, name, diallingClasses }: Department): Promise<void> {
    const classes = diallingClasses ? [...diallingClasses] : null;
    return this.#save('department', { id, tenantId, siteId, name, diallingClasses: classes });
  }

  savePerson(person: Person): Promise<void> {
    const { id, tenantId, departmentId, siteId, firstName, lastName, duties, language, away, phone } = person;
    const row = { id, tenantId, departmentId, siteId, firstName, lastName, duties, language, away, phone };
    const optional = { extension: person.extension ?? null, login: person.login ?? null };
    return this.#save('person', { ...row, ...optional, roles: [...person.roles] });
  }

  deletePerson(tenantId: string, id: string): Promise<void> {
    return this.#delete('person', tenantId, id);
  }

  saveDevice(device: Device): Promise<void> {
    const { id, tenantId, personId, siteId, label, sipUser, ha1, settings } = device;
    const row = { id, tenantId, personId, siteId, label, sipUser, settings };
    const secrets = { ha1Md5: ha1.md5, ha1Sha256: ha1.sha256 };
    const guest = { guestPersonId: device.guestPersonId ?? null, guestDay: device.guestDay ?? null };
    return this.#save('device', { ...row, ...secrets, ...guest });
  }

  deleteDevice(tenantId: string, id: string): Promise<void> {
    return this.#delete('device', tenantId, id);
  }

  saveHeadNumber({ id, tenantId, e164, areaCodeLength, trunkId }: HeadNumber): Promise<void> {
    return this.#save('headNumber', { id, tenantId, e164, areaCodeLength, trunkId });
  }

  saveNumber({ id, tenantId, headNumberId, extension, destination }: NumberAssignment): Promise<void> {
    const personId = destination.kind === 'person' ? destination.personId : null;
    const hotlineId = destination.kind === 'hotline' ? destination.hotlineId : null;
    return this.#save('numberAssignment', { id, tenantId, headNumberId, extension, personId, hotlineId });
  }

  deleteNumber(tenantId: string, id: string): Promise<void> {
    return this.#delete('numberAssignment', tenantId, id);
  }

  saveTrunk(trunk: Trunk): Promise<void> {
    const { id, tenantId, name, host, port, transport, username, outgoingCapacity, settings } = trunk;
    const row = { id, tenantId, name, host, port: port ?? null, transport, username, outgoingCapacity, settings };
    const secrets = {
      ha1Md5: trunk.ha1?.md5 ?? null,
      ha1Sha256: trunk.ha1?.sha256 ?? null,
      password: trunk.password === undefined ? null : this.#secrets.seal(trunk.password, id),
    };
    return this.#save('trunk', { ...row, ...secrets, sourceAddresses: [...trunk.sourceAddresses] });
  }

  deleteTrunk(tenantId: string, id: string): Promise<void> {
    return this.#delete('trunk', tenantId, id);
  }

  saveHotline(hotline: Hotline): Promise<void> {
    return changing('unknown-reference', () => this.#db.transaction().execute((db) => saveHotline(db, hotline)));
  }

  deleteHotline(tenantId: string, id: string): Promise<void> {
    return this.#delete('hotline', tenantId, id);
  }

  #save<Table extends RecordTable>(table: Table, row: Schema[Table]): Promise<void> {
    return changing('unknown-reference', () => saveRecord(this.#db, table, row));
  }

  #delete(table: RecordTable, tenantId: string, id: string): Promise<void> {
    return changing('in-use', () => deleteRecord(this.#db, table, { tenantId, id }));
  }
}

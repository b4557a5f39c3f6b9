import { DirectoryHolder, type DirectoryStore, type TownDirectory } from '@amtsleitung/domain';

type Lists = {
  -readonly [Key in Exclude<keyof TownDirectory, 'tenant'>]: TownDirectory[Key][number][];
};
type List = keyof Lists;

/** A directory store in memory with the holder that the house reads from. */
export class MemoryDirectory implements DirectoryStore {
  readonly holder = new DirectoryHolder();
  readonly #towns = new Map<string, TownDirectory>();

  constructor(towns: readonly TownDirectory[]) {
    for (const town of towns) {
      this.#towns.set(town.tenant.id, town);
      this.holder.replace(town);
    }
  }

  readonly reload = async (tenantId: string): Promise<void> => {
    const town = this.#towns.get(tenantId);
    if (town) this.holder.replace(town);
  };

  loadAll = async () => [...this.#towns.values()];
  load = async (tenantId: string) => this.#towns.get(tenantId);
  saveTenant: DirectoryStore['saveTenant'] = async (tenant) => {
    const empty = {
      municipalities: [],
      sites: [],
      departments: [],
      people: [],
      devices: [],
      headNumbers: [],
      numbers: [],
      trunks: [],
      hotlines: [],
    };
    this.#towns.set(tenant.id, { ...empty, ...this.#towns.get(tenant.id), tenant });
  };
  saveMunicipality: DirectoryStore['saveMunicipality'] = async (record) => this.#save('municipalities', record);
  saveSite: DirectoryStore['saveSite'] = async (record) => this.#save('sites', record);
  saveDepartment: DirectoryStore['saveDepartment'] = async (record) => this.#save('departments', record);
  savePerson: DirectoryStore['savePerson'] = async (record) => this.#save('people', record);
  saveDevice: DirectoryStore['saveDevice'] = async (record) => this.#save('devices', record);
  saveHeadNumber: DirectoryStore['saveHeadNumber'] = async (record) => this.#save('headNumbers', record);
  saveNumber: DirectoryStore['saveNumber'] = async (record) => this.#save('numbers', record);
  saveTrunk: DirectoryStore['saveTrunk'] = async (record) => this.#save('trunks', record);
  saveHotline: DirectoryStore['saveHotline'] = async (record) => this.#save('hotlines', record);
  deletePerson: DirectoryStore['deletePerson'] = async (tenantId, id) => this.#delete('people', tenantId, id);
  deleteDevice: DirectoryStore['deleteDevice'] = async (tenantId, id) => this.#delete('devices', tenantId, id);
  deleteNumber: DirectoryStore['deleteNumber'] = async (tenantId, id) => this.#delete('numbers', tenantId, id);
  deleteTrunk: DirectoryStore['deleteTrunk'] = async (tenantId, id) => this.#delete('trunks', tenantId, id);
  deleteHotline: DirectoryStore['deleteHotline'] = async (tenantId, id) => this.#delete('hotlines', tenantId, id);

  #save<Key extends List>(list: Key, record: Lists[Key][number] & { readonly id: string; readonly tenantId: string }) {
    const town = this.#towns.get(record.tenantId)!;
    const records: readonly { readonly id: string }[] = town[list];
    const known = records.some(({ id }) => id === record.id);
    const next = known ? records.map((one) => (one.id === record.id ? record : one)) : [...records, record];
    this.#towns.set(record.tenantId, { ...town, [list]: next });
  }

  #delete(list: List, tenantId: string, recordId: string): void {
    const town = this.#towns.get(tenantId)!;
    const records: readonly { readonly id: string }[] = town[list];
    this.#towns.set(tenantId, { ...town, [list]: records.filter(({ id }) => id !== recordId) });
  }
}

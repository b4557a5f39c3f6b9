import { plainDevice, plainPersonPhone, plainTownSettings, staticTrunkSettings } from '@amtsleitung/domain';
import type { Device, NumberAssignment, Person, TownDirectory, Trunk } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import { withoutNulls } from '../database/rows.ts';
import type { Schema } from '../database/schema.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { loadHotlines } from './hotline-rows.ts';

/** Everything routing needs of one tenant; call inside a snapshot. */
export async function loadTown(
  db: Kysely<Schema>,
  tenantId: string,
  secrets: SecretBox,
): Promise<TownDirectory | undefined> {
  const tenant = await db.selectFrom('tenant').selectAll().where('id', '=', tenantId).executeTakeFirst();
  if (!tenant) return undefined;
  const municipalities = db.selectFrom('municipality').selectAll().where('tenantId', '=', tenantId).orderBy('id');
  const sites = db.selectFrom('site').selectAll().where('tenantId', '=', tenantId).orderBy('id');
  const departments = db.selectFrom('department').selectAll().where('tenantId', '=', tenantId).orderBy('id');
  const people = db.selectFrom('person').selectAll().where('tenantId', '=', tenantId).orderBy('id');
  const devices = db.selectFrom('device').selectAll().where('tenantId', '=', tenantId).orderBy('id');
  const headNumbers = db.selectFrom('headNumber').selectAll().where('tenantId', '=', tenantId).orderBy('id');
  const numbers = db.selectFrom('numberAssignment').selectAll().where('tenantId', '=', tenantId).orderBy('id');
  const trunks = db.selectFrom('trunk').selectAll().where('tenantId', '=', tenantId).orderBy('id');
  return {
    tenant: { ...tenant, settings: { ...plainTownSettings, ...tenant.settings } },
    municipalities: await municipalities.execute(),
    sites: (await sites.execute()).map((site) => ({ ...site, emergencyTrunkId: site.emergencyTrunkId ?? '' })),
    departments: (await departments.execute()).map(withoutNulls),
    people: (await people.execute()).map(toPerson),
    devices: (await devices.execute()).map(toDevice),
    headNumbers: await headNumbers.execute(),
    numbers: (await numbers.execute()).map(toNumber),
    trunks: (await trunks.execute()).map((trunk) => toTrunk(trunk, secrets)),
    hotlines: await loadHotlines(db, tenantId),
  };
}

const toPerson = ({ phone, ...person }: Schema['person']): Person => ({
  ...withoutNulls(person),
  phone: { ...plainPersonPhone, ...phone },
});

const toDevice = ({ ha1Md5, ha1Sha256, settings, ...device }: Schema['device']): Device => ({
  ...withoutNulls(device),
  ha1: { md5: ha1Md5, sha256: ha1Sha256 },
  settings: { ...plainDevice, ...settings },
});

function toNumber({ personId, hotlineId, ...number }: Schema['numberAssignment']): NumberAssignment {
  return {
    ...number,
    destination: personId === null ? { kind: 'hotline', hotlineId: hotlineId! } : { kind: 'person', personId },
  };
}

/** A password whose key is lost is none: the trunk asks for it again. */
function toTrunk(
  { ha1Md5, ha1Sha256, settings, password: sealed, ...trunk }: Schema['trunk'],
  secrets: SecretBox,
): Trunk {
  const password = sealed === null ? undefined : secrets.open(sealed, trunk.id);
  const known = {
    ...withoutNulls(trunk),
    ...(password === undefined ? {} : { password }),
    settings: { ...staticTrunkSettings, ...settings },
  };
  return ha1Md5 === null || ha1Sha256 === null ? known : { ...known, ha1: { md5: ha1Md5, sha256: ha1Sha256 } };
}

import type { Hotline, Weekday } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { saveRecord } from './save-record.ts';

/** Replaces a hotline with its members and hours; call inside a transaction. */
export async function saveHotline(db: Kysely<Schema>, hotline: Hotline): Promise<void> {
  const { id, tenantId, name, language, ringSeconds, retryPauseSeconds, wrapUpSeconds, maxWaitSeconds } = hotline;
  const times = { ringSeconds, retryPauseSeconds, wrapUpSeconds, maxWaitSeconds };
  const { percent, seconds } = hotline.serviceLevel;
  const promise = { serviceLevelPercent: percent, serviceLevelSeconds: seconds };
  await saveRecord(db, 'hotline', { id, tenantId, name, language, ...times, ...promise });
  const of = { tenantId, hotlineId: id };
  const members = hotline.memberIds.map((personId, position) => ({ ...of, personId, position }));
  const intervals = hotline.openingHours.intervals.map(({ weekday, from, to }, position) => ({
    ...of,
    position,
    weekday,
    opens: from,
    closes: to,
  }));
  const closures = hotline.openingHours.closures.map(({ date, reason }, position) => ({
    ...of,
    position,
    date,
    reason,
  }));
  await replace(db, 'hotlineMember', of, members);
  await replace(db, 'hotlineInterval', of, intervals);
  await replace(db, 'hotlineClosure', of, closures);
}

type PartTable = 'hotlineMember' | 'hotlineInterval' | 'hotlineClosure';

async function replace(
  db: Kysely<Schema>,
  table: PartTable,
  of: { readonly tenantId: string; readonly hotlineId: string },
  rows: readonly object[],
): Promise<void> {
  await db.deleteFrom(table).where('tenantId', '=', of.tenantId).where('hotlineId', '=', of.hotlineId).execute();
  if (rows.length > 0)
    await db
      .insertInto(table)
      .values(rows as never)
      .execute();
}

/** All hotlines of a tenant, in order of their ids. */
export async function loadHotlines(db: Kysely<Schema>, tenantId: string): Promise<readonly Hotline[]> {
  const rows = await db.selectFrom('hotline').selectAll().where('tenantId', '=', tenantId).orderBy('id').execute();
  const parts = <Table extends PartTable>(table: Table) =>
    db
      .selectFrom(table as PartTable)
      .selectAll()
      .where('tenantId', '=', tenantId)
      .orderBy('position')
      .execute();
  const members = (await parts('hotlineMember')) as unknown as Schema['hotlineMember'][];
  const intervals = (await parts('hotlineInterval')) as unknown as Schema['hotlineInterval'][];
  const closures = (await parts('hotlineClosure')) as unknown as Schema['hotlineClosure'][];
  const of = <Part extends { hotlineId: string }>(all: readonly Part[], id: string): readonly Part[] =>
    all.filter((part) => part.hotlineId === id);
  return rows.map(({ serviceLevelPercent, serviceLevelSeconds, ...row }) => ({
    ...row,
    memberIds: of(members, row.id).map((member) => member.personId),
    openingHours: {
      intervals: of(intervals, row.id).map(({ weekday, opens, closes }) => ({
        weekday: weekday as Weekday,
        from: opens,
        to: closes,
      })),
      closures: of(closures, row.id).map(({ date, reason }) => ({ date, reason })),
    },
    serviceLevel: { percent: serviceLevelPercent, seconds: serviceLevelSeconds },
  }));
}

import type { CallRecord, CallRecordStore, CallStep } from '@amtsleitung/domain';
import { sql, type Kysely } from 'kysely';
import { withoutNulls } from '../database/rows.ts';
import type { Schema } from '../database/schema.ts';
import { storableText } from '../events/storable.ts';

interface Page {
  readonly search?: string;
  readonly before?: number;
  readonly limit: number;
}

/** Most calls of one page. */
const pageLimit = 200;

/** Own calls: a person sees a record only when they took part in the call. */
export class SqlCallRecordStore implements CallRecordStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async ofPerson(tenantId: string, personId: string, page: Page): Promise<readonly CallRecord[]> {
    const rows = await this.#recordsOf(tenantId, personId, page);
    const steps = await this.#stepsOf(
      tenantId,
      rows.map((row) => row.callId),
    );
    return rows.map(({ partyId, number, name, ...row }) => ({
      ...withoutNulls(row),
      ...(partyId !== null && (number !== null || name !== null)
        ? { party: withoutNulls({ partyId, number, name }) }
        : {}),
      steps: steps.get(row.callId) ?? [],
    }));
  }

  #recordsOf(tenantId: string, personId: string, page: Page) {
    let query = this.#db
      .selectFrom('callParticipant')
      .innerJoin('callRecord', (join) =>
        join
          .onRef('callRecord.tenantId', '=', 'callParticipant.tenantId')
          .onRef('callRecord.callId', '=', 'callParticipant.callId'),
      )
      .leftJoin('party', (join) =>
        join.onRef('party.id', '=', 'callRecord.partyId').onRef('party.tenantId', '=', 'callRecord.tenantId'),
      )
      .select(['callRecord.callId', 'callRecord.tenantId', 'direction', 'callRecord.arrivedAt', 'endedAt', 'outcome'])
      .select(['talkMilliseconds', 'waitMilliseconds', 'hotlineId', 'partyId', 'callerPersonId', 'calleePersonId'])
      .select(['party.number', 'party.name'])
      .where('callParticipant.tenantId', '=', tenantId)
      .where('callParticipant.personId', '=', personId);
    if (page.before !== undefined) query = query.where('callParticipant.arrivedAt', '<', page.before);
    if (page.search?.trim()) query = query.where(matching(page.search.trim()));
    const limit = Math.max(1, Math.min(page.limit, pageLimit));
    return query.orderBy('callParticipant.arrivedAt', 'desc').orderBy('callRecord.callId').limit(limit).execute();
  }

  async #stepsOf(tenantId: string, callIds: readonly string[]): Promise<ReadonlyMap<string, readonly CallStep[]>> {
    if (callIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('callStep')
      .select(['callId', 'at', 'kind', 'personId', 'hotlineId', 'detail'])
      .where('tenantId', '=', tenantId)
      .where('callId', 'in', callIds)
      .orderBy('callId')
      .orderBy('position')
      .execute();
    const steps = new Map<string, CallStep[]>();
    for (const { callId, ...step } of rows) {
      const list = steps.get(callId) ?? [];
      list.push(withoutNulls(step));
      steps.set(callId, list);
    }
    return steps;
  }
}

/** The party's name contains the text, or its number the digits (national or international way of writing). */
function matching(search: string) {
  const text = `%${storableText(search).replace(/[\\%_]/g, '\\$&')}%`;
  const digits = search.replace(/\D/g, '').replace(/^00?/, '');
  const byName = sql<boolean>`party.name ilike ${text}`;
  const isNumber = digits !== '' && /^[\d\s()+/.-]+$/.test(search);
  return isNumber ? sql<boolean>`(${byName} or party.number like ${`%${digits}%`})` : byName;
}

import type { AlertEvent, AlertHistory } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { toEvent } from './storable.ts';

/** Alerts among the stored events. */
export class SqlAlertHistory implements AlertHistory {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async recentAlerts(
    tenantId: string,
    page: { readonly since: number; readonly limit: number },
  ): Promise<readonly AlertEvent[]> {
    const rows = await this.#db
      .selectFrom('event')
      .select(['id', 'tenantId', 'at', 'version', 'kind', 'facts'])
      .where('tenantId', '=', tenantId)
      .where('kind', 'in', ['limit-reached', 'pin-locked'])
      .where('at', '>=', page.since)
      .orderBy('at', 'desc')
      .limit(page.limit)
      .execute();
    return rows.map((row) => toEvent(row) as AlertEvent);
  }
}

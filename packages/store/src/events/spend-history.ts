import type { SpendEvent, SpendHistory } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { toEvent } from './storable.ts';

const kinds: readonly SpendEvent['kind'][] = ['trunk-call-started', 'trunk-call-ended'];

/** What outgoing calls have cost, so that a restart does not begin the day anew. */
export class SqlSpendHistory implements SpendHistory {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async since(at: number): ReturnType<SpendHistory['since']> {
    const rows = await this.#db
      .selectFrom('event')
      .select(['id', 'tenantId', 'at', 'version', 'kind', 'facts'])
      .where('kind', 'in', kinds)
      .where('at', '>=', at)
      .orderBy('sequence')
      .execute();
    return rows.map((row) => toEvent(row) as Awaited<ReturnType<SpendHistory['since']>>[number]);
  }
}

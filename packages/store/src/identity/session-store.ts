import type { Session, SessionStore } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';

/** Sessions by the hash of their token; the token itself is never here. */
export class SqlSessionStore implements SessionStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async insert({ id, tokenHash, tenantId, personId, createdAt, expiresAt }: Session): Promise<void> {
    await this.#db.insertInto('session').values({ id, tokenHash, tenantId, personId, createdAt, expiresAt }).execute();
  }

  findByTokenHash(tokenHash: string): Promise<Session | undefined> {
    return this.#db.selectFrom('session').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst();
  }

  async delete(sessionId: string): Promise<void> {
    await this.#db.deleteFrom('session').where('id', '=', sessionId).execute();
  }

  async deleteOfPerson(personId: string): Promise<void> {
    await this.#db.deleteFrom('session').where('personId', '=', personId).execute();
  }
}

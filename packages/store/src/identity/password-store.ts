import { DirectoryConflict, type PasswordStore } from '@amtsleitung/domain';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';

/** Password hashes and the set-up token of an empty house. */
export class SqlPasswordStore implements PasswordStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** The login is compared without regard to case. */
  find(tenantId: string, login: string): Promise<{ personId: string; passwordHash: string } | undefined> {
    return this.#db
      .selectFrom('credential')
      .innerJoin('person', 'person.id', 'credential.personId')
      .select(['credential.personId', 'credential.passwordHash'])
      .where('person.tenantId', '=', tenantId)
      .where(sql`lower(person.login)`, '=', sql`lower(${login})`)
      .executeTakeFirst();
  }

  /** Throws `DirectoryConflict` when there is no such person. */
  async set(personId: string, passwordHash: string): Promise<void> {
    const result = await this.#db
      .insertInto('credential')
      .columns(['personId', 'tenantId', 'passwordHash'])
      .expression((from) =>
        from
          .selectFrom('person')
          .select(['id', 'tenantId', sql.val(passwordHash).as('passwordHash')])
          .where('id', '=', personId),
      )
      .onConflict((conflict) => conflict.column('personId').doUpdateSet({ passwordHash }))
      .executeTakeFirst();
    if (Number(result.numInsertedOrUpdatedRows) === 0) throw new DirectoryConflict('unknown-reference');
  }

  /** There is one token at a time: a new one makes earlier ones void. */
  async putSetupToken(tokenHash: string, expiresAt: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db.deleteFrom('setupToken').execute();
      await db.insertInto('setupToken').values({ tokenHash, expiresAt }).execute();
    });
  }

  async takeSetupToken(tokenHash: string, now: number): Promise<boolean> {
    const taken = await this.#db
      .deleteFrom('setupToken')
      .where('tokenHash', '=', tokenHash)
      .where('expiresAt', '>', now)
      .returning('tokenHash')
      .execute();
    return taken.length > 0;
  }
}

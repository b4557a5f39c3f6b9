import type { AgentLogin, AgentLoginStore } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';

/** Who is logged in to which hotline, and who pauses. */
export class SqlAgentLoginStore implements AgentLoginStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async loadAll(): Promise<{ readonly logins: readonly AgentLogin[]; readonly paused: readonly string[] }> {
    const logins = await this.#db.selectFrom('agentLogin').selectAll().orderBy('personId').execute();
    const paused = await this.#db.selectFrom('agentPause').select('personId').orderBy('personId').execute();
    return { logins, paused: paused.map((row) => row.personId) };
  }

  async setLogin({ tenantId, personId, hotlineId, loggedIn }: AgentLogin): Promise<void> {
    await this.#db
      .insertInto('agentLogin')
      .values({ tenantId, personId, hotlineId, loggedIn })
      .onConflict((conflict) =>
        conflict
          .columns(['personId', 'hotlineId'])
          .doUpdateSet({ loggedIn })
          .where('agentLogin.tenantId', '=', tenantId),
      )
      .execute();
  }

  async setPaused(tenantId: string, personId: string, paused: boolean): Promise<void> {
    if (paused) {
      const insert = this.#db.insertInto('agentPause').values({ tenantId, personId });
      await insert.onConflict((conflict) => conflict.doNothing()).execute();
    } else {
      const pauses = this.#db.deleteFrom('agentPause').where('tenantId', '=', tenantId);
      await pauses.where('personId', '=', personId).execute();
    }
  }
}

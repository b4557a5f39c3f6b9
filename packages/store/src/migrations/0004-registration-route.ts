import { sql, type Migration } from 'kysely';

/** Contacts behind a proxy (RFC 3327) and flows of one phone (RFC 5626) are reachable after a restart, too. */
export const registrationRoute: Migration = {
  up: async (db) => {
    await sql.raw('alter table registration add column route jsonb').execute(db);
  },
};

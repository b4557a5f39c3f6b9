import { sql, type Migration } from 'kysely';

/** The town's day on which a guest logged in on a phone: they are logged out at midnight also when the server is off then. */
export const guestDay: Migration = {
  up: async (db) => {
    await sql.raw('alter table device add column guest_day text').execute(db);
  },
};

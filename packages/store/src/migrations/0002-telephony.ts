import { sql, type Migration } from 'kysely';

/**
 * Settings of trunks, phones, people and the house. Each is one JSON document that the domain gives its meaning: what a
 * document does not name has the domain's default, so a new setting needs no migration.
 */
const settings = `
  alter table tenant add column settings jsonb not null default '{}';
  alter table trunk add column settings jsonb not null default '{}';
  alter table trunk alter column port drop not null;
  alter table person add column phone jsonb not null default '{}';
  alter table department add column dialling_classes text[];
  alter table device add column settings jsonb not null default '{}';
  alter table device add column guest_person_id text;
  alter table device add foreign key (tenant_id, guest_person_id) references person (tenant_id, id)
    on delete set null (guest_person_id);
`;

export const telephony: Migration = {
  up: async (db) => {
    await sql.raw(settings).execute(db);
  },
};

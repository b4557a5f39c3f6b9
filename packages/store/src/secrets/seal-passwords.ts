import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { SecretBox } from './secret-box.ts';

/** Seals trunk passwords that an earlier version kept in clear. Returns how many. */
export async function sealClearPasswords(db: Kysely<Schema>, secrets: SecretBox): Promise<number> {
  const rows = await db.selectFrom('trunk').select(['id', 'password']).where('password', 'is not', null).execute();
  const clear = rows.flatMap(({ id, password }) =>
    password === null || SecretBox.isSealed(password) ? [] : [{ id, password }],
  );
  for (const { id, password } of clear) {
    const sealed = secrets.seal(password, id);
    await db
      .updateTable('trunk')
      .set({ password: sealed })
      .where('id', '=', id)
      .where('password', '=', password)
      .execute();
  }
  return clear.length;
}

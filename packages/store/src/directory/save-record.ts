import { DirectoryConflict } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';

/** Tables whose rows are one directory record each. */
export type RecordTable =
  | 'municipality'
  | 'site'
  | 'department'
  | 'person'
  | 'device'
  | 'trunk'
  | 'headNumber'
  | 'numberAssignment'
  | 'hotline';

interface RecordRow {
  readonly id: string;
  readonly tenantId: string;
}

/** Inserts the row, or replaces the one with the same id; never one of another tenant. */
export async function saveRecord<Table extends RecordTable>(
  db: Kysely<Schema>,
  table: Table,
  row: Schema[Table],
): Promise<void> {
  const saved = await db
    .insertInto<RecordTable>(table)
    .values(row as never)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(row as never)
        .where(`${table}.tenantId` as never, '=', row.tenantId as never),
    )
    .returning('id')
    .execute();
  if (saved.length === 0) throw new DirectoryConflict('taken');
}

export async function deleteRecord(db: Kysely<Schema>, table: RecordTable, key: RecordRow): Promise<void> {
  await db
    .deleteFrom(table)
    .where('tenantId', '=', key.tenantId as never)
    .where('id', '=', key.id as never)
    .execute();
}

const foreignKeyViolation = '23503';
const uniqueViolation = '23505';

/** Runs a change; a violated key becomes the domain's word for it. */
export async function changing<Result>(
  foreignKeyMeans: 'in-use' | 'unknown-reference',
  change: () => Promise<Result>,
): Promise<Result> {
  try {
    return await change();
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === foreignKeyViolation) throw new DirectoryConflict(foreignKeyMeans, error);
    if (code === uniqueViolation) throw new DirectoryConflict('taken', error);
    throw error;
  }
}

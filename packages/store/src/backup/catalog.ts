import type { PoolClient } from 'pg';

export interface CatalogTable {
  readonly name: string;
  /** Without generated columns: they follow from the others. */
  readonly columns: readonly string[];
}

/** State that a restored house must not wake up with: old sessions, phones' addresses, the set-up link, traces. */
const volatile = ['session', 'setup_token', 'registration', 'sip_trace', 'kysely_migration', 'kysely_migration_lock'];

/** Every table of the house, those that others refer to first. Taken from the database: none can be forgotten. */
export async function tablesInOrder(client: PoolClient): Promise<readonly CatalogTable[]> {
  const { rows: columns } = await client.query<{ table: string; columns: string[] }>(`
    select c.table_name as table, array_agg(c.column_name::text order by c.ordinal_position) as columns
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
    group by c.table_name order by c.table_name`);
  const { rows: references } = await client.query<{ from: string; to: string }>(`
    select distinct a.relname as from, b.relname as to
    from pg_constraint k join pg_class a on a.oid = k.conrelid join pg_class b on b.oid = k.confrelid
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conrelid <> k.confrelid`);
  let waiting = columns.filter((table) => !volatile.includes(table.table));
  const ordered: CatalogTable[] = [];
  while (waiting.length > 0) {
    const isWaiting = (name: string): boolean => waiting.some((table) => table.table === name);
    const ready = waiting.filter(
      ({ table }) => !references.some((reference) => reference.from === table && isWaiting(reference.to)),
    );
    if (ready.length === 0) throw new Error('tables refer to one another in a circle');
    ordered.push(...ready.map(({ table: name, columns: names }) => ({ name, columns: names })));
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}

/** Quotes a name that came from a catalog or a backup. */
export function quoted(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error('not a name of ours');
  return `"${name}"`;
}

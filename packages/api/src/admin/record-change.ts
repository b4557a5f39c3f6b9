import type { AuditEvent, TownDirectory } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import type { Actor } from '../session/actor.ts';

type Changed = Extract<AuditEvent, { kind: 'record-changed' }>;

/** One administrator's change: checked and saved in turn, written to the audit trail, in effect when it resolves. */
export function recordChange<Result extends { readonly id: string }>(
  { changes, audit }: ApiContext,
  { tenant, person }: Actor,
  record: Changed['record'],
  change: Changed['change'],
  save: (directory: TownDirectory) => Promise<Result>,
): Promise<Result> {
  return changes.run(tenant.id, async (directory) => {
    const result = await save(directory);
    audit.changed(tenant.id, person.id, record, result.id, change);
    return result;
  });
}

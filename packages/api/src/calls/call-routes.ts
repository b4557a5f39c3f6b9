import { callRoutes } from '@amtsleitung/contract';
import type { ApiContext } from '../api-context.ts';
import { presentCallRecord } from './present-call-record.ts';

const usualLimit = 50;

export function registerCallRoutes({ routes, ports }: ApiContext): void {
  routes.answer(
    callRoutes.list,
    ({ actor, query }) =>
      ports.calls.ofPerson(actor.tenant.id, actor.person.id, {
        search: query.search?.trim() || undefined,
        before: query.before,
        limit: query.limit ?? usualLimit,
      }),
    (records, { actor }) => ({
      calls: records.map((record) => presentCallRecord(record, actor.person.id, actor.directory)),
    }),
  );
}

import { tracingRoutes } from '@amtsleitung/contract';
import type { LegTrace } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { notFound } from '../http/problem.ts';

const pageSize = 50;

/** For administrators; each look at a call is written to the audit trail. */
export function registerTracingRoutes({ routes, ports, audit }: ApiContext): void {
  routes.answer(
    tracingRoutes.recent,
    ({ actor, query }) => ports.traces.recent(actor.tenant.id, { ...query, limit: pageSize }),
    (calls, { actor }) => ({
      enabled: actor.tenant.settings.traceCalls,
      calls: calls.map(({ record, ...call }) => ({ ...call, ...record, peers: [...call.peers] })),
    }),
  );
  routes.answer(
    tracingRoutes.ofCall,
    async ({ actor, params }) => {
      const legs = await ports.traces.ofCall(actor.tenant.id, params.id);
      if (legs.length === 0) throw notFound();
      audit.traceViewed(actor.tenant.id, actor.person.id, params.id);
      return legs;
    },
    (legs, { params }) => ({ callId: params.id, legs: legs.map(presentLeg) }),
  );
}

const presentLeg = ({ leg, messages }: LegTrace) => ({ leg, messages: [...messages] });

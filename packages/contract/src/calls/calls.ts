import * as z from 'zod/mini';
import { id, instant, milliseconds, party } from '../primitives.ts';
import { route } from '../route.ts';

export const callStep = z.object({
  at: instant,
  /** The event's kind, e.g. `hotline-queued`. */
  kind: z.string(),
  personName: z.optional(z.string()),
  hotlineName: z.optional(z.string()),
  detail: z.optional(z.string()),
});

export const callRecord = z.object({
  callId: id,
  direction: z.enum(['inbound', 'outbound', 'internal']),
  arrivedAt: instant,
  endedAt: z.optional(instant),
  outcome: z.optional(z.enum(['answered', 'abandoned', 'message', 'failed', 'interrupted'])),
  talkMilliseconds: milliseconds,
  waitMilliseconds: milliseconds,
  hotlineName: z.optional(z.string()),
  party,
  /** Written form: number by DIN 5008, or a colleague's name. */
  partyText: z.string(),
  steps: z.array(callStep),
});
export type CallRecordView = z.infer<typeof callRecord>;

export const callRoutes = {
  /** Own calls only, newest first. */
  list: route({
    method: 'GET',
    path: '/api/calls',
    access: 'person',
    query: z.object({
      search: z.optional(z.string().check(z.maxLength(100))),
      before: z.optional(z.coerce.number().check(z.int(), z.minimum(0))),
      limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200))),
    }),
    reply: z.object({ calls: z.array(callRecord) }),
  }),
};

import * as z from 'zod/mini';
import { id, instant } from '../primitives.ts';
import { route } from '../route.ts';

/** One hotline on the wall: no names, no numbers. */
export const boardHotline = z.object({
  hotlineId: id,
  name: z.string(),
  open: z.boolean(),
  promise: z.object({ percent: z.number(), seconds: z.number() }),
  /** Oldest first. */
  waiting: z.array(z.object({ since: instant, ringing: z.boolean() })),
  /** Undefined for people without a right to sums of fewer than five agents. */
  agents: z.optional(z.object({ ready: z.number(), onCall: z.number(), notReady: z.number() })),
  today: z.object({
    offered: z.number(),
    answered: z.number(),
    /** Abandoned and overflowed in opening hours. */
    lost: z.number(),
    shortAbandoned: z.number(),
    outsideHours: z.number(),
    /** SL-A in percent, undefined when nothing was offered. */
    serviceLevel: z.optional(z.number()),
    averageWaitMilliseconds: z.optional(z.number()),
  }),
});
export const board = z.object({ at: instant, hotlines: z.array(boardHotline) });
export type BoardHotlineView = z.infer<typeof boardHotline>;
export type BoardView = z.infer<typeof board>;

export const boardRoutes = {
  /** All hotlines for leads and administrators; for others those they are members of, without the agents' sums below 5 people. */
  board: route({ method: 'GET', path: '/api/board', access: 'person', reply: board }),
};

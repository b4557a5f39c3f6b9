import * as z from 'zod/mini';
import { byId, id, instant } from '../primitives.ts';
import { route } from '../route.ts';

export const myHotlines = z.object({
  paused: z.boolean(),
  hotlines: z.array(
    z.object({
      hotlineId: id,
      name: z.string(),
      extension: z.optional(z.string()),
      open: z.boolean(),
      loggedIn: z.boolean(),
      waiting: z.number(),
      longestSince: z.optional(instant),
      promiseSeconds: z.number(),
    }),
  ),
});
export type MyHotlinesView = z.infer<typeof myHotlines>;

export const wrapUpOutcome = z.enum(['done', 'callback', 'forwarded', 'wrong-office', 'no-contact', 'other']);
export type WrapUpOutcomeView = z.infer<typeof wrapUpOutcome>;

export const hotlineRoutes = {
  mine: route({ method: 'GET', path: '/api/my/hotlines', access: 'person', reply: myHotlines }),
  setLogin: route({
    method: 'PUT',
    path: '/api/my/hotlines/:id',
    access: 'person',
    params: byId,
    body: z.object({ loggedIn: z.boolean() }),
  }),
  setPaused: route({
    method: 'PUT',
    path: '/api/my/pause',
    access: 'person',
    body: z.object({ paused: z.boolean() }),
  }),
  finishWrapUp: route({
    method: 'POST',
    path: '/api/my/wrap-up/done',
    access: 'person',
    body: z.object({ outcome: z.optional(wrapUpOutcome) }),
  }),
};

import * as z from 'zod/mini';
import { id, instant } from '../primitives.ts';
import { route } from '../route.ts';

/** What a dialling right names; each is given or not, none includes another. 110 and 112 need none. */
export const diallingClass = z.enum(['internal', 'local', 'national', 'mobile', 'service', 'international', 'premium']);
export type DiallingClassView = z.infer<typeof diallingClass>;
export const diallingClasses = z.array(diallingClass).check(z.maxLength(7));

/** An organisation's telephony: what its people may dial, and what stops a stolen account. Cents and seconds are whole. */
export const townSettings = z.object({
  traceCalls: z.boolean(),
  concurrentPerPerson: z.number().check(z.int(), z.minimum(1), z.maximum(20)),
  callsPerMinute: z.number().check(z.int(), z.minimum(1), z.maximum(120)),
  /** 0: no limit. */
  dailyCentsPerPerson: z.number().check(z.int(), z.minimum(0), z.maximum(1_000_000)),
  diallingClasses,
});
export type TownSettingsView = z.infer<typeof townSettings>;

/** A limit that was reached, or a PIN somebody tried to guess; newest first. No outside number is in it. */
export const alert = z.object({
  id,
  at: instant,
  kind: z.enum(['limit-reached', 'pin-locked']),
  limit: z.optional(z.enum(['calls-at-once', 'calls-per-minute', 'daily-cents'])),
  scope: z.enum(['person', 'trunk']),
  /** Of the person or the trunk; empty when the record is gone. */
  name: z.string(),
});
export type AlertView = z.infer<typeof alert>;

export const rightsRoutes = {
  updateSettings: route({ method: 'PUT', path: '/api/admin/settings', access: 'admin', body: townSettings }),
  alerts: route({
    method: 'GET',
    path: '/api/admin/alerts',
    access: 'admin',
    reply: z.object({ alerts: z.array(alert) }),
  }),
};

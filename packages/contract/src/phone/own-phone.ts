import * as z from 'zod/mini';
import { instant } from '../primitives.ts';
import { diallingClasses } from '../rights/rights.ts';
import { route } from '../route.ts';

/** An extension or an outside number; empty: nowhere. */
const target = z.string().check(z.trim(), z.maxLength(40));

/** How somebody's own line behaves. Hotline calls never follow it. */
export const ownPhoneInput = z.object({
  forwarding: z.object({
    always: target,
    busy: target,
    noAnswer: target,
    noAnswerSeconds: z.number().check(z.int(), z.minimum(5), z.maximum(60)),
  }),
  doNotDisturb: z.boolean(),
  hideNumber: z.boolean(),
});
export type OwnPhoneInput = z.infer<typeof ownPhoneInput>;

export const ownPhone = z.extend(ownPhoneInput, {
  hasPin: z.boolean(),
  /** What this person may dial, after department and organisation. */
  diallingClasses,
  /** What can be dialled on a desk phone; `written` e.g. `*21*Ziel#`, its meaning in both languages. */
  codes: z.array(z.object({ written: z.string(), de: z.string(), en: z.string() })),
  /** Desk phones this person is logged in on besides their own. */
  guestOf: z.array(z.string()),
});
export type OwnPhoneView = z.infer<typeof ownPhone>;

/** Whether it is good enough is judged where it is set. */
const pin = z.string().check(z.maxLength(40));

export const ownPhoneRoutes = {
  get: route({ method: 'GET', path: '/api/my/phone', access: 'person', reply: ownPhone }),
  update: route({ method: 'PUT', path: '/api/my/phone', access: 'person', body: ownPhoneInput }),
  setPin: route({ method: 'PUT', path: '/api/my/phone/pin', access: 'person', body: z.object({ pin }) }),
  /** For a desk phone that somebody else owns: shown once, good for one login. */
  hotDeskCode: route({
    method: 'POST',
    path: '/api/my/phone/hot-desk-code',
    access: 'person',
    reply: z.object({ code: z.string(), expiresAt: instant }),
  }),
};

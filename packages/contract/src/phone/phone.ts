import * as z from 'zod/mini';
import { byId, dialString, id, instant, party } from '../primitives.ts';
import { route } from '../route.ts';

/** SIP credential of one browser session; kept in memory only, void after sign-out. */
export const phoneCredential = z.object({
  /** `sip:user@domain` */
  sipUri: z.string(),
  username: z.string(),
  password: z.string(),
  realm: z.string(),
  /** Path of the SIP WebSocket on this origin, e.g. `/sip`. */
  webSocketPath: z.string(),
  displayName: z.string(),
  expiresAt: instant,
});
export type PhoneCredential = z.infer<typeof phoneCredential>;

export const phoneCall = z.object({
  callId: id,
  state: z.enum(['ringing', 'dialling', 'connected', 'held', 'transferring', 'parked']),
  direction: z.enum(['inbound', 'outbound', 'internal']),
  party,
  /** Written form of the number, DIN 5008. */
  partyText: z.string(),
  hotlineId: z.optional(id),
  hotlineName: z.optional(z.string()),
  arrivedAt: instant,
  connectedAt: z.optional(instant),
  waitedMilliseconds: z.optional(z.number()),
  /** When the citizen entered the queue, after greeting and announcements: waiting counts from here. */
  queuedAt: z.optional(instant),
  transferTarget: z.optional(z.string()),
  /** Where colleagues fetch a parked call: `*5<orbit>`. */
  orbit: z.optional(z.string()),
  /** A door station calls: its door can be opened. */
  opensDoor: z.optional(z.boolean()),
});
export type PhoneCallView = z.infer<typeof phoneCall>;

export const phoneState = z.object({
  calls: z.array(phoneCall),
  wrapUp: z.optional(z.object({ callId: id, hotlineId: id, hotlineName: z.string(), endsAt: instant })),
  /** How many devices of this person can ring right now. */
  reachable: z.boolean(),
});
export type PhoneStateView = z.infer<typeof phoneState>;

export const started = z.object({ callId: id });

export const phoneRoutes = {
  credential: route({ method: 'POST', path: '/api/phone/credential', access: 'person', reply: phoneCredential }),
  state: route({ method: 'GET', path: '/api/phone', access: 'person', reply: phoneState }),
  dial: route({
    method: 'POST',
    path: '/api/phone/calls',
    access: 'person',
    body: z.object({ to: dialString }),
    reply: started,
  }),
  hold: route({ method: 'POST', path: '/api/phone/calls/:id/hold', access: 'person', params: byId }),
  resume: route({ method: 'POST', path: '/api/phone/calls/:id/resume', access: 'person', params: byId }),
  transfer: route({
    method: 'POST',
    path: '/api/phone/calls/:id/transfer',
    access: 'person',
    params: byId,
    body: z.object({ to: dialString }),
  }),
  /** Attended transfer: the other sides of both calls talk, the person leaves. */
  join: route({
    method: 'POST',
    path: '/api/phone/calls/:id/join',
    access: 'person',
    params: byId,
    body: z.object({ consultationCallId: id }),
  }),
  park: route({
    method: 'POST',
    path: '/api/phone/calls/:id/park',
    access: 'person',
    params: byId,
    reply: z.object({ orbit: z.string() }),
  }),
  fetch: route({
    method: 'POST',
    path: '/api/phone/fetch',
    access: 'person',
    body: z.object({ orbit: z.string().check(z.regex(/^[0-9]{1,2}$/)) }),
    reply: started,
  }),
  /** Without a person: the call that rings longest in the department. */
  pickUp: route({
    method: 'POST',
    path: '/api/phone/pick-up',
    access: 'person',
    body: z.object({ personId: z.optional(id) }),
    reply: started,
  }),
  openDoor: route({ method: 'POST', path: '/api/phone/calls/:id/open-door', access: 'person', params: byId }),
};

import * as z from 'zod/mini';
import { byId, id, instant } from '../primitives.ts';
import { route } from '../route.ts';

/** One masked SIP message. */
export const tracedMessage = z.object({
  at: instant,
  direction: z.enum(['received', 'sent']),
  /** The trunk's or the device's name. */
  peer: z.string(),
  transport: z.enum(['udp', 'tcp', 'tls', 'ws']),
  /** `INVITE`, `180 Ringing` */
  summary: z.string(),
  text: z.string(),
});
export type TracedMessageView = z.infer<typeof tracedMessage>;

/** The signalling of a call, leg by leg. */
export const callTrace = z.object({
  callId: id,
  legs: z.array(z.object({ leg: z.string(), messages: z.array(tracedMessage) })),
});
export type CallTraceView = z.infer<typeof callTrace>;

export const tracedCall = z.object({
  callId: id,
  at: instant,
  legs: z.number(),
  messages: z.number(),
  /** Trunks and devices that took part. */
  peers: z.array(z.string()),
  direction: z.optional(z.enum(['inbound', 'outbound', 'internal'])),
  outcome: z.optional(z.enum(['answered', 'abandoned', 'message', 'failed', 'interrupted'])),
  /** The end of the outside number; there is no more of it for an administrator. */
  lastDigits: z.optional(z.string()),
});
export type TracedCallView = z.infer<typeof tracedCall>;

export const tracingRoutes = {
  /** Calls with a trace, newest first. */
  recent: route({
    method: 'GET',
    path: '/api/admin/traces',
    access: 'admin',
    query: z.object({
      before: z.optional(z.coerce.number().check(z.int(), z.minimum(0))),
      /** Exactly as many as the list shows: nobody guesses a number digit by digit. */
      lastDigits: z.optional(z.string().check(z.regex(/^\d{3}$/))),
    }),
    reply: z.object({ enabled: z.boolean(), calls: z.array(tracedCall) }),
  }),
  /** That somebody looked is written to the audit trail. */
  ofCall: route({ method: 'GET', path: '/api/admin/traces/:id', access: 'admin', params: byId, reply: callTrace }),
};

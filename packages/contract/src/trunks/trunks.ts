import * as z from 'zod/mini';
import { byId, id, instant, milliseconds, name, text } from '../primitives.ts';
import { route } from '../route.ts';
import { trunkPreset } from './trunk-preset.ts';
import { trunkSettings } from './trunk-settings.ts';

export const trunkInput = z.object({
  name,
  host: z.string().check(z.minLength(1), z.maxLength(253)),
  /** Left out: found by NAPTR and SRV (RFC 3263). */
  port: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(65535))),
  transport: z.enum(['udp', 'tcp', 'tls']),
  sourceAddresses: z.array(z.string().check(z.maxLength(64))),
  username: text,
  /** Empty: unchanged. */
  password: z.optional(z.string().check(z.maxLength(200))),
  outgoingCapacity: z.number().check(z.int(), z.minimum(0), z.maximum(1000)),
  /** Left out: unchanged, and for a new trunk a static one with the usual habits. */
  settings: z.optional(trunkSettings),
});
export type TrunkInput = z.infer<typeof trunkInput>;

export const adminTrunk = z.extend(z.omit(trunkInput, { password: true, settings: true }), {
  id,
  hasPassword: z.boolean(),
  settings: trunkSettings,
});
export type AdminTrunk = z.infer<typeof adminTrunk>;

export const trunkErrorKind = z.enum([
  'name-not-found',
  'no-answer',
  'connection-refused',
  'certificate-not-trusted',
  'wrong-credentials',
  'forbidden',
  'unknown-number',
  'interval-too-brief',
  'overloaded',
  'server-error',
  'srtp-refused',
  'refused',
]);
export type TrunkErrorKindView = z.infer<typeof trunkErrorKind>;

/** How one trunk is doing right now. */
export const trunkState = z.object({
  trunkId: id,
  status: z.enum(['off', 'starting', 'up', 'down']),
  since: instant,
  registeredUntil: z.optional(instant),
  /** `udp 192.0.2.1:5060` */
  server: z.optional(z.string()),
  roundTrip: z.optional(milliseconds),
  lastError: z.optional(z.object({ kind: trunkErrorKind, status: z.optional(z.number()), at: instant })),
  calls: z.object({ incoming: z.number(), outgoing: z.number() }),
});
export type TrunkStateView = z.infer<typeof trunkState>;

export const trunkRoutes = {
  presets: route({
    method: 'GET',
    path: '/api/admin/trunk-presets',
    access: 'admin',
    reply: z.object({ presets: z.array(trunkPreset) }),
  }),
  /** Registers anew and asks the provider at once; what comes of it is pushed. */
  check: route({ method: 'POST', path: '/api/admin/trunks/:id/check', access: 'admin', params: byId }),
};

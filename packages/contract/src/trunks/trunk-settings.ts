import * as z from 'zod/mini';
import { id, openingInterval, text } from '../primitives.ts';
import { diallingClass, diallingClasses } from '../rights/rights.ts';

const numberFormat = ['plus', 'zeros', 'bare', 'national'] as const;
const whole = (least: number, most: number) => z.number().check(z.int(), z.minimum(least), z.maximum(most));

export const srtp = z.enum(['off', 'required']);
export const digest = z.enum(['sha-256-or-md5', 'md5', 'sha-256']);
export const dialledFrom = z
  .array(z.enum(['request-uri', 'to', 'p-called-party-id']))
  .check(z.minLength(1), z.maxLength(3));
export const callerFrom = z
  .array(z.enum(['p-asserted-identity', 'p-preferred-identity', 'remote-party-id', 'from']))
  .check(z.minLength(1), z.maxLength(4));
export const incomingFormat = z.enum([...numberFormat, 'any']);
export const outgoingFormat = z.enum(numberFormat);
/** `host` or `host:port`; empty: the trunk's own host. */
export const outboundProxy = z.string().check(z.maxLength(259));
/** 0: nothing is registered. */
export const registerSeconds = whole(0, 86_400);
/** 0: never asked. */
export const optionsSeconds = whole(0, 3_600);

/** How we tell a provider who calls; fields as in the glossary under "identity". */
export const trunkIdentity = {
  fromUser: z.enum(['number', 'account']),
  header: z.enum(['p-asserted-identity', 'p-preferred-identity', 'both', 'none']),
  headerNumber: z.enum(['caller', 'head']),
  anonymous: z.enum(['privacy', 'from', 'both']),
  noScreening: z.boolean(),
  forwarding: z.enum(['history-info', 'diversion', 'none']),
};

/** Everything in which providers differ. */
export const trunkSettings = z.object({
  preset: id,
  enabled: z.boolean(),
  registerSeconds,
  outboundProxy,
  authName: text,
  srtp,
  mediasec: z.optional(z.boolean()),
  digest,
  largeOverTcp: z.boolean(),
  optionsSeconds,
  /** Lower is tried first. */
  order: whole(0, 1_000),
  /** Empty: always. */
  hours: z.array(openingInterval).check(z.maxLength(50)),
  /** Empty: all. */
  carries: diallingClasses,
  dialledFrom,
  callerFrom,
  incomingFormat,
  outgoingFormat,
  identity: z.object(trunkIdentity),
  /** 0: no limit. */
  guard: z.object({
    callsPerMinute: whole(0, 10_000),
    dailyCents: whole(0, 100_000_000),
    centsPerMinute: z.partialRecord(diallingClass, whole(0, 100_000)),
  }),
});
export type TrunkSettingsView = z.infer<typeof trunkSettings>;

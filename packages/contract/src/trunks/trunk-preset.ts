import * as z from 'zod/mini';
import { id, text } from '../primitives.ts';
import * as settings from './trunk-settings.ts';

/** A value and how sure it is: from a cited document, or the field's habit. */
const presetField = <Value extends z.ZodMiniType>(value: Value) =>
  z.object({ value, basis: z.enum(['documented', 'assumed']), source: z.optional(z.string()) });
const identity = settings.trunkIdentity;

/** A provider's habits; what a new trunk's form is filled with. */
export const trunkPreset = z.object({
  id,
  name: z.string(),
  kind: z.enum(['registering', 'static']),
  notes: z.object({ de: z.string(), en: z.string() }),
  sources: z.array(z.object({ id: z.string(), title: z.string() })),
  asks: z.array(z.enum(['host', 'outboundProxy', 'username', 'authName', 'password', 'sourceAddresses'])),
  host: presetField(z.string()),
  port: presetField(z.nullable(z.number())),
  transport: presetField(z.enum(['udp', 'tcp', 'tls'])),
  settings: z.object({
    registerSeconds: presetField(settings.registerSeconds),
    outboundProxy: presetField(settings.outboundProxy),
    authName: presetField(text),
    srtp: presetField(settings.srtp),
    mediasec: z.optional(presetField(z.boolean())),
    digest: presetField(settings.digest),
    largeOverTcp: presetField(z.boolean()),
    optionsSeconds: presetField(settings.optionsSeconds),
    dialledFrom: presetField(settings.dialledFrom),
    callerFrom: presetField(settings.callerFrom),
    incomingFormat: presetField(settings.incomingFormat),
    outgoingFormat: presetField(settings.outgoingFormat),
    identity: z.object({
      fromUser: presetField(identity.fromUser),
      header: presetField(identity.header),
      headerNumber: presetField(identity.headerNumber),
      anonymous: presetField(identity.anonymous),
      noScreening: presetField(identity.noScreening),
      forwarding: presetField(identity.forwarding),
    }),
  }),
});
export type TrunkPresetView = z.infer<typeof trunkPreset>;

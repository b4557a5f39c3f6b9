import * as z from 'zod/mini';

/** Every error answer (RFC 9457): `code` is stable and translated by the screen; `detail` is for people who look after the house. */
export const problem = z.object({
  status: z.number(),
  code: z.string(),
  detail: z.optional(z.string()),
  /** Fields of a refused form, path → code. */
  fields: z.optional(z.record(z.string(), z.string())),
});
export type Problem = z.infer<typeof problem>;

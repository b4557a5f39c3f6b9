import * as z from 'zod/mini';

export const id = z.string().check(z.maxLength(64), z.regex(/^[\w.:-]+$/));
/** One line to be read: no control characters, and none that turn the direction of what follows. */
const line = z.regex(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u);
export const text = z.string().check(z.maxLength(200), line);
export const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(100), line);
/** Milliseconds since 1970-01-01 UTC. */
export const instant = z.number();
export const milliseconds = z.number();
export const language = z.enum(['de', 'en']);
export const role = z.enum(['person', 'lead', 'admin']);
/** `HH:MM`, `24:00` allowed as an end. */
export const timeOfDay = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/));
/** `2026-12-24`. */
export const calendarDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
/** What a person may type as a target: extension, national or international number, with any usual writing. */
export const dialString = z.string().check(z.trim(), z.minLength(1), z.maxLength(40));
export const byId = z.object({ id });
/** The outside party as its own call's people may see it; both undefined: suppressed or erased. */
export const party = z.object({ number: z.optional(z.string()), name: z.optional(z.string()) });
export const destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), personId: id }),
  z.object({ kind: z.literal('hotline'), hotlineId: id }),
]);
export type DestinationView = z.infer<typeof destination>;
export const openingInterval = z.object({
  weekday: z.number().check(z.int(), z.minimum(1), z.maximum(7)),
  from: timeOfDay,
  to: timeOfDay,
});
/** What creating a record answers. */
export const created = z.object({ id });

import * as z from 'zod/mini';
import { id } from '../primitives.ts';
import { route } from '../route.ts';

/** Never more than these four words about a colleague. */
export const presence = z.enum(['free', 'on-phone', 'do-not-disturb', 'away']);
export type PresenceView = z.infer<typeof presence>;

export const colleague = z.object({
  personId: id,
  name: z.string(),
  departmentName: z.string(),
  duties: z.string(),
  extension: z.optional(z.string()),
  presence,
  /** Whether this viewer may take over what rings there; says nothing of whether anything does. */
  mayPickUp: z.boolean(),
});
export type ColleagueView = z.infer<typeof colleague>;

export const teamRoutes = {
  /** Alphabetical by last name, everybody with an extension. `search` matches name, duties, department, extension. */
  list: route({
    method: 'GET',
    path: '/api/team',
    access: 'person',
    query: z.object({ search: z.optional(z.string().check(z.maxLength(100))) }),
    reply: z.object({ people: z.array(colleague) }),
  }),
  setAway: route({
    method: 'PUT',
    path: '/api/my/away',
    access: 'person',
    body: z.object({ away: z.boolean() }),
  }),
};

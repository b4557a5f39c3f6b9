import * as z from 'zod/mini';
import { id, language, name, role } from '../primitives.ts';
import { route } from '../route.ts';

export const signedIn = z.object({
  personId: id,
  tenantId: id,
  tenantName: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  departmentName: z.string(),
  extension: z.optional(z.string()),
  roles: z.array(role),
  language,
  /** Whether this house is the demo town. */
  demo: z.boolean(),
});
export type SignedIn = z.infer<typeof signedIn>;

/** What the sign-in page needs before anybody is signed in. */
export const entrance = z.object({
  tenantName: z.string(),
  /** `setup`: the house is empty and waits for its first administrator. */
  state: z.enum(['ready', 'setup']),
  demoPeople: z.array(z.object({ personId: id, name: z.string(), departmentName: z.string(), roles: z.array(role) })),
});
export type Entrance = z.infer<typeof entrance>;

export const sessionRoutes = {
  entrance: route({ method: 'GET', path: '/api/entrance', access: 'public', reply: entrance }),
  current: route({ method: 'GET', path: '/api/session', access: 'person', reply: signedIn }),
  signIn: route({
    method: 'POST',
    path: '/api/session',
    access: 'public',
    body: z.object({ login: z.string().check(z.maxLength(100)), password: z.string().check(z.maxLength(200)) }),
    reply: signedIn,
  }),
  /** Only in the demo town. */
  signInDemo: route({
    method: 'POST',
    path: '/api/session/demo',
    access: 'public',
    body: z.object({ personId: id }),
    reply: signedIn,
  }),
  signOut: route({ method: 'DELETE', path: '/api/session', access: 'person' }),
  /** First administrator of an empty house; the token comes from the one-time link. */
  setUp: route({
    method: 'POST',
    path: '/api/setup',
    access: 'public',
    body: z.object({
      token: z.string().check(z.maxLength(100)),
      tenantName: name,
      firstName: name,
      lastName: name,
      login: z.string().check(z.minLength(2), z.maxLength(100)),
      password: z.string().check(z.minLength(10), z.maxLength(200)),
    }),
    reply: signedIn,
  }),
  setLanguage: route({ method: 'PUT', path: '/api/session/language', access: 'person', body: z.object({ language }) }),
  changePassword: route({
    method: 'PUT',
    path: '/api/session/password',
    access: 'person',
    body: z.object({
      current: z.string().check(z.maxLength(200)),
      next: z.string().check(z.minLength(10), z.maxLength(200)),
    }),
  }),
};

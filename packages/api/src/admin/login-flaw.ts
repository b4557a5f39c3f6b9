import { login as loginSchema } from '@amtsleitung/contract';

/** Why a text is no login name; undefined: it is one. */
export const loginFlaw = (login: string): 'invalid-format' | undefined =>
  loginSchema.safeParse(login).success ? undefined : 'invalid-format';

import { sessionRoutes } from '@amtsleitung/contract';
import type { ApiContext } from '../api-context.ts';
import { ApiProblem, refusedFields } from '../http/problem.ts';
import { passwordFlaw } from './password-flaw.ts';
import { hashPassword } from './password-hasher.ts';
import { setTokenCookie } from './session-cookie.ts';
import { sessionMilliseconds } from './session-keeper.ts';
import { personBehindPassword } from './sign-in.ts';

/** A person's own new password; every other screen of the person has to sign in again. */
export function registerPasswordRoute(context: ApiContext): void {
  const { routes, ports, keeper, hub } = context;
  routes.act(sessionRoutes.changePassword, async ({ actor, body, request, reply }) => {
    const login = `${actor.person.login}@${actor.tenant.sipDomain}`;
    await personBehindPassword(context, request.ip, login, body.current).catch((error: unknown) => {
      const wrong = error instanceof ApiProblem && error.status === 401;
      throw wrong ? refusedFields({ current: 'wrong' }) : error;
    });
    const { login: ownLogin, firstName, lastName } = actor.person;
    const flaw = passwordFlaw(body.next, [ownLogin, firstName, lastName, actor.tenant.name]);
    if (flaw) throw refusedFields({ next: flaw });
    await ports.passwords.set(actor.person.id, await hashPassword(body.next));
    const { token } = await keeper.renew(actor.session);
    setTokenCookie(reply, token, sessionMilliseconds / 1000);
    hub.closeSession(actor.session.id, 'renewed');
  });
}

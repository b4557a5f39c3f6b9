import { sessionRoutes } from '@amtsleitung/contract';
import { loginFlaw } from '../admin/login-flaw.ts';
import type { ApiContext } from '../api-context.ts';
import { ApiProblem, conflict, refusedFields } from '../http/problem.ts';
import { awaitsSetUp, createHouse } from './create-house.ts';
import { passwordFlaw } from './password-flaw.ts';
import { presentSignedIn } from './present-signed-in.ts';
import { startSession } from './sign-in.ts';
import { hashToken } from './token.ts';

/** How long the one-time link works again after a set-up that failed half-way. */
const secondTryMilliseconds = 3_600_000;

/** The first administrator of an empty house, let in by the one-time link's token. */
export function registerSetUpRoute(context: ApiContext): void {
  const { routes, ports } = context;
  const { passwords, directory, clock } = ports;
  let running = false;
  routes.answer(
    sessionRoutes.setUp,
    async ({ body, request, reply }) => {
      if (running || !awaitsSetUp(directory.all())) throw conflict('already-set-up');
      const flaw = loginFlaw(body.login);
      if (flaw) throw refusedFields({ login: flaw });
      const weakness = passwordFlaw(body.password, [body.login, body.firstName, body.lastName, body.tenantName]);
      if (weakness) throw refusedFields({ password: weakness });
      running = true;
      try {
        const tokenHash = hashToken(body.token);
        if (!(await passwords.takeSetupToken(tokenHash, clock.now()))) throw new ApiProblem(403, 'wrong-token');
        const admin = await createHouse(context, body).catch(async (error: unknown) => {
          await passwords.putSetupToken(tokenHash, clock.now() + secondTryMilliseconds).catch(() => {});
          throw error;
        });
        return await startSession(context, request, reply, admin);
      } finally {
        running = false;
      }
    },
    (actor) => presentSignedIn(actor, ports.demoTenantId),
    { rateLimit: {} },
  );
}

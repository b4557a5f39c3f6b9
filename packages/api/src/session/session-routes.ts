import { sessionRoutes } from '@amtsleitung/contract';
import { indexOf } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { notFound, notSignedIn } from '../http/problem.ts';
import { presentEntrance } from './present-entrance.ts';
import { presentSignedIn } from './present-signed-in.ts';
import { clearTokenCookie } from './session-cookie.ts';
import { personBehindPassword, startSession } from './sign-in.ts';

/** Each time the directory is loaded anew, and every screen of the house with it. */
const rarely = { rateLimit: { max: 10 } };

export function registerSessionRoutes(context: ApiContext): void {
  const { routes, ports, keeper, changes, audit, demoOpen } = context;
  const { demoTenantId, directory } = ports;
  routes.answer(
    sessionRoutes.entrance,
    () => directory.all(),
    (directories, { request }) =>
      presentEntrance(directories, request.hostname, demoOpen(request.host) ? demoTenantId : undefined),
  );
  routes.answer(
    sessionRoutes.current,
    ({ actor }) => actor,
    (actor) => presentSignedIn(actor, demoTenantId),
  );
  routes.answer(
    sessionRoutes.signIn,
    async ({ body, request, reply }) => {
      const who = await personBehindPassword(context, request.ip, body.login, body.password);
      return startSession(context, request, reply, who);
    },
    (actor) => presentSignedIn(actor, demoTenantId),
    { rateLimit: {} },
  );
  routes.answer(
    sessionRoutes.signInDemo,
    async ({ body, request, reply }) => {
      // As if the route did not exist.
      if (!demoOpen(request.host)) throw notFound();
      const town = demoTenantId === undefined ? undefined : directory.byTenant(demoTenantId);
      if (!town || indexOf(town).person(body.personId)?.login === undefined) throw notSignedIn();
      return startSession(context, request, reply, { tenantId: town.tenant.id, personId: body.personId });
    },
    (actor) => presentSignedIn(actor, demoTenantId),
    { rateLimit: {} },
  );
  routes.act(sessionRoutes.signOut, ({ actor, reply }) => {
    keeper.end(actor.session);
    clearTokenCookie(reply);
    audit.signedOut(actor.tenant.id, actor.person.id);
  });
  routes.act(
    sessionRoutes.setLanguage,
    async ({ actor, body }) => {
      if (actor.person.language === body.language) return;
      await changes.run(actor.tenant.id, async (current) => {
        const person = indexOf(current).person(actor.person.id);
        if (person) await ports.directoryStore.savePerson({ ...person, language: body.language });
      });
    },
    rarely,
  );
}

import { hotlineRoutes } from '@amtsleitung/contract';
import type { ApiContext } from '../api-context.ts';
import { conflict, notFound } from '../http/problem.ts';
import { presentMyHotlines } from './present-my-hotlines.ts';

export function registerHotlineRoutes({ routes, ports }: ApiContext): void {
  const { agentDesk } = ports;
  routes.answer(
    hotlineRoutes.mine,
    ({ actor }) => agentDesk.myHotlines(actor.person.id),
    (mine, { actor }) => presentMyHotlines(mine, agentDesk.boardOf(actor.tenant.id), actor.directory),
  );
  routes.act(hotlineRoutes.setLogin, ({ actor, params, body }) => {
    // Not a member and not existing are the same answer.
    if (!agentDesk.setLogin(actor.person.id, params.id, body.loggedIn)) throw notFound();
  });
  routes.act(hotlineRoutes.setPaused, ({ actor, body }) => agentDesk.setPaused(actor.person.id, body.paused));
  routes.act(hotlineRoutes.finishWrapUp, ({ actor, body }) => {
    if (!agentDesk.finishWrapUp(actor.person.id, body.outcome)) throw conflict('no-wrap-up');
  });
}

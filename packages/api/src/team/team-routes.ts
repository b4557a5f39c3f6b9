import { teamRoutes } from '@amtsleitung/contract';
import { searchPeople } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { hasLine, presentTeam } from './present-team.ts';

/** Everybody's screen hears of each time. */
const seldom = { rateLimit: { max: 30 } };

export function registerTeamRoutes({ routes, ports }: ApiContext): void {
  const { presence } = ports;
  routes.answer(
    teamRoutes.list,
    ({ actor, query }) => searchPeople(actor.directory, query.search).filter(hasLine),
    (people, { actor }) => ({ people: presentTeam(people, actor.person, presence, actor.directory) }),
  );
  routes.act(teamRoutes.setAway, ({ actor, body }) => presence.setAway(actor.person.id, body.away), seldom);
}

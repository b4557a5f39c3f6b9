import type { FastifyRequest } from 'fastify';
import { hasAccess, type DirectorySource } from '@amtsleitung/domain';
import { isFromOwnPage, type FrontDoor } from '../http/same-origin.ts';
import { ApiProblem, notPermitted, notSignedIn } from '../http/problem.ts';
import type { Gatekeeper } from '../http/register-route.ts';
import { actorOf, rememberActor, viewerOf } from './actor.ts';
import { tokenOf } from './session-cookie.ts';
import type { SessionKeeper } from './session-keeper.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Checks, in this order: made by our own page, signed in, role. Runs before the body is read. */
export function createGatekeeper(sessions: SessionKeeper, directory: DirectorySource, door: FrontDoor): Gatekeeper {
  return async (access, request) => {
    if (!safeMethods.has(request.method) && !isFromOwnPage(request.headers, door)) {
      throw new ApiProblem(403, 'foreign-origin');
    }
    if (access === 'public') return;
    const actor = await signedInActor(request, sessions, directory);
    if (!hasAccess(access, viewerOf(actor))) throw notPermitted();
    rememberActor(request, actor);
  };
}

async function signedInActor(request: FastifyRequest, sessions: SessionKeeper, directory: DirectorySource) {
  const token = tokenOf(request);
  const session = token && (await sessions.find(token));
  const actor = session && actorOf(session, directory);
  if (!actor) throw notSignedIn();
  return actor;
}

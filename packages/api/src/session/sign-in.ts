import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext } from '../api-context.ts';
import { ApiProblem, notSignedIn } from '../http/problem.ts';
import { actorOf, type Actor } from './actor.ts';
import { foldLogin, resolveLogin } from './resolve-login.ts';
import { setTokenCookie, tokenOf } from './session-cookie.ts';
import { sessionMilliseconds } from './session-keeper.ts';

/** One answer for an unknown login and a wrong password; both cost one verification. Throws 401 or 429. */
export async function personBehindPassword(
  { ports, passwords, throttle }: ApiContext,
  address: string,
  typed: string,
  password: string,
): Promise<{ readonly tenantId: string; readonly personId: string }> {
  const login = foldLogin(typed);
  throttle.check(address, login);
  const resolved = resolveLogin(typed, ports.directory.all());
  const record = resolved && (await ports.passwords.find(resolved.tenantId, resolved.login));
  const right = await passwords.matches(record?.passwordHash, password);
  if (!resolved || !record || !right) {
    throttle.failed(address, login);
    throw new ApiProblem(401, 'wrong-login');
  }
  throttle.succeeded(address, login);
  return { tenantId: resolved.tenantId, personId: record.personId };
}

/** Opens a session and gives its cookie; the browser's earlier session ends, so that no known token survives a sign-in. */
export async function startSession(
  { ports, keeper, audit }: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  who: { readonly tenantId: string; readonly personId: string },
): Promise<Actor> {
  const earlierToken = tokenOf(request);
  const earlier = earlierToken && (await keeper.find(earlierToken));
  const { token, session } = await keeper.open(who.tenantId, who.personId);
  const actor = actorOf(session, ports.directory);
  if (!actor) {
    keeper.end(session);
    throw notSignedIn();
  }
  if (earlier) keeper.end(earlier);
  setTokenCookie(reply, token, sessionMilliseconds / 1000);
  audit.signedIn(who.tenantId, who.personId);
  return actor;
}

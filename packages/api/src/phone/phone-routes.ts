import { phoneRoutes, type PhoneCredential } from '@amtsleitung/contract';
import {
  fullName,
  type BrowserCredential,
  type CommandFailure,
  type CommandResult,
  type PhoneCommands,
} from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { ApiProblem } from '../http/problem.ts';
import { sipPath } from '../http/upgrade-dispatcher.ts';
import type { Actor } from '../session/actor.ts';
import { presentPhoneState } from './present-phone-state.ts';

const statusOf: Readonly<Record<CommandFailure, number>> = {
  'no-such-call': 404,
  'wrong-state': 409,
  'not-reachable': 409,
  'not-in-service': 422,
  'not-permitted': 403,
  busy: 409,
  'limit-reached': 429,
};

/** None of these waits for the database: they work while it is away. */
export function registerPhoneRoutes({ routes, ports }: ApiContext): void {
  const { phone, reachability, browserCredentials } = ports;
  routes.answer(
    phoneRoutes.credential,
    ({ actor }) =>
      browserCredentials.issue({
        sessionId: actor.session.id,
        tenantId: actor.tenant.id,
        personId: actor.person.id,
      }),
    (credential, { actor }) => presentCredential(credential, actor),
  );
  routes.answer(
    phoneRoutes.state,
    ({ actor }) => phone.phoneState(actor.person.id),
    (state, { actor }) => presentPhoneState(state, reachability.isReachable(actor.person.id), actor.directory),
  );
  routes.answer(
    phoneRoutes.dial,
    ({ actor, body }) => orProblem(phone.dial(actor.person.id, body.to)),
    ({ callId }) => ({ callId }),
  );
  routes.act(phoneRoutes.hold, ({ actor, params }) => void orProblem(phone.hold(actor.person.id, params.id)));
  routes.act(phoneRoutes.resume, ({ actor, params }) => void orProblem(phone.resume(actor.person.id, params.id)));
  routes.act(
    phoneRoutes.transfer,
    ({ actor, params, body }) => void orProblem(phone.transfer(actor.person.id, params.id, body.to)),
  );
  registerTakingCalls(routes, phone);
}

/** Between colleagues: join two calls, park one, take one over. */
function registerTakingCalls(routes: ApiContext['routes'], phone: PhoneCommands): void {
  routes.act(
    phoneRoutes.join,
    ({ actor, params, body }) => void orProblem(phone.join(actor.person.id, params.id, body.consultationCallId)),
  );
  routes.answer(
    phoneRoutes.park,
    ({ actor, params }) => {
      const result = phone.park(actor.person.id, params.id);
      orProblem(result);
      return result.ok ? result.orbit : '';
    },
    (orbit) => ({ orbit }),
  );
  routes.answer(
    phoneRoutes.fetch,
    ({ actor, body }) => orProblem(phone.fetch(actor.person.id, body.orbit)),
    ({ callId }) => ({ callId }),
  );
  routes.answer(
    phoneRoutes.pickUp,
    ({ actor, body }) => orProblem(phone.pickUp(actor.person.id, body.personId)),
    ({ callId }) => ({ callId }),
  );
  routes.act(phoneRoutes.openDoor, ({ actor, params }) => void orProblem(phone.openDoor(actor.person.id, params.id)));
}

function orProblem(result: CommandResult): { readonly callId: string } {
  if (!result.ok) throw new ApiProblem(statusOf[result.failure], result.failure);
  return { callId: result.callId };
}

const presentCredential = (credential: BrowserCredential, { tenant, person }: Actor): PhoneCredential => ({
  sipUri: `sip:${credential.username}@${tenant.sipDomain}`,
  username: credential.username,
  password: credential.password,
  realm: credential.realm,
  webSocketPath: sipPath,
  displayName: fullName(person),
  expiresAt: credential.expiresAt,
});

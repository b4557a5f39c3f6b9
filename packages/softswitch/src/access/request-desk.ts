import type { IncomingRequest, ResponseParts } from '@amtsleitung/sip';
import type { Registrar } from '../registrar/registrar.ts';
import { allow } from './capabilities.ts';
import type { Gatekeeper } from './gatekeeper.ts';

/** Methods the desk answers outside dialogs; PUBLISH and MESSAGE only to say no to those who have proven themselves. */
export const servedMethods: readonly string[] = ['REGISTER', 'PUBLISH', 'MESSAGE'];

/** Answers every request outside a dialog that is no INVITE. The gatekeeper has let it pass. */
export class RequestDesk {
  readonly #gatekeeper: Gatekeeper;
  readonly #registrar: Registrar;

  constructor(gatekeeper: Gatekeeper, registrar: Registrar) {
    this.#gatekeeper = gatekeeper;
    this.#registrar = registrar;
  }

  handle(incoming: IncomingRequest): void {
    const { status, ...parts } = this.#answer(incoming);
    incoming.respond(status, parts);
  }

  #answer({ request, source }: IncomingRequest): ResponseParts & { readonly status: number } {
    if (request.method !== 'REGISTER') return { status: 405, headers: [allow] };
    const identity = this.#gatekeeper.identityOf(request);
    return identity.kind === 'account'
      ? this.#registrar.register(identity.account, request, this.#gatekeeper.placeOf(request, source))
      : { status: 403 };
  }
}

import type { IncomingRequest, ResponseParts } from '@amtsleitung/sip';
import type { Registrar } from '../registrar/registrar.ts';
import type { Gatekeeper } from './gatekeeper.ts';

/** What calls may use; told to everybody who asks, and the same for all. */
const allow = 'INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, INFO, UPDATE, NOTIFY, SUBSCRIBE, PRACK, REGISTER';

/** Methods the desk answers outside dialogs; PUBLISH and MESSAGE only to say no to those who have proven themselves. */
export const servedMethods: readonly string[] = ['REGISTER', 'OPTIONS', 'PUBLISH', 'MESSAGE'];

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
    const identity = this.#gatekeeper.identityOf(request);
    switch (request.method) {
      case 'OPTIONS':
        // RFC 3261 §11.2
        return { status: 200, headers: [{ name: 'Allow', value: allow }, ...accepts] };
      case 'REGISTER':
        return identity.kind === 'account'
          ? this.#registrar.register(identity.account, request, this.#gatekeeper.placeOf(request, source))
          : { status: 403 };
      default:
        return { status: 405, headers: [{ name: 'Allow', value: allow }] };
    }
  }
}

const accepts = [
  { name: 'Accept', value: 'application/sdp' },
  { name: 'Accept-Encoding', value: 'identity' },
  { name: 'Accept-Language', value: 'de, en' },
  { name: 'Supported', value: 'timer, replaces, 100rel, norefersub' },
];

import { timingSafeEqual } from 'node:crypto';
import { newToken, type RandomSource } from '@amtsleitung/base';
import { isBindingRequest, isIntegrityRight, type StunMessage } from './stun-message.ts';

export interface IceCredentials {
  readonly ufrag: string;
  readonly password: string;
}

export interface RemoteCandidate {
  readonly address: string;
  readonly port: number;
}

export const newIceCredentials = (random: RandomSource): IceCredentials => ({
  // RFC 8839 §5.4 asks for 24 and 128 bits of randomness; a letter carries 5.
  ufrag: newToken(random, 8),
  password: newToken(random, 28),
});

/** The lite side of ICE (RFC 8445 §2.5): answers checks, and sends to the pair the browser nominated last. */
export class IceLiteAgent {
  #local: IceCredentials;
  /** Still valid while the browser may not have our new ones yet. */
  #previous: IceCredentials | undefined;
  #remoteUfrag: string | undefined;
  #selected: RemoteCandidate | undefined;

  constructor(local: IceCredentials) {
    this.#local = local;
  }

  get local(): IceCredentials {
    return this.#local;
  }

  get remoteUfrag(): string | undefined {
    return this.#remoteUfrag;
  }

  /** Every name under which checks may arrive. */
  get ufrags(): readonly string[] {
    return this.#previous ? [this.#local.ufrag, this.#previous.ufrag] : [this.#local.ufrag];
  }

  /** Where media goes, once a pair is nominated. */
  get selected(): RemoteCandidate | undefined {
    return this.#selected;
  }

  setRemote(ufrag: string): void {
    this.#remoteUfrag = ufrag;
  }

  /** RFC 8445 §9: new credentials for both sides; media goes on over the old pair until a new one is nominated. */
  restart(local: IceCredentials, remoteUfrag: string): void {
    this.#previous = this.#local;
    this.#local = local;
    this.#remoteUfrag = remoteUfrag;
  }

  /** The password to answer with when the check is genuine, else undefined. May nominate the source. */
  check(message: StunMessage, source: RemoteCandidate): string | undefined {
    if (!isBindingRequest(message) || message.username === undefined) return undefined;
    const [name, peer, ...rest] = message.username.split(':');
    if (name === undefined || peer === undefined || rest.length > 0) return undefined;
    const credentials = [this.#local, this.#previous].find((known) => known && isSame(known.ufrag, name));
    if (!credentials || !isIntegrityRight(message, credentials.password)) return undefined;
    if (credentials === this.#local && this.#remoteUfrag !== undefined && !isSame(this.#remoteUfrag, peer))
      return undefined;
    if (message.useCandidate) {
      this.#selected = source;
      if (credentials === this.#local) this.#previous = undefined;
    }
    return credentials.password;
  }
}

function isSame(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}

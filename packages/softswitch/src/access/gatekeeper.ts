import type { Clock, Logger, RandomSource } from '@amtsleitung/base';
import type { Trunk } from '@amtsleitung/domain';
import { DigestVerifier, headerValue, parseAuthHeader, parseNameAddress, parseSipUri } from '@amtsleitung/sip';
import type { DigestAlgorithm, ScreenVerdict, SipRequest, Source } from '@amtsleitung/sip';
import type { Accounts } from '../registrar/accounts.ts';
import { senderAddress } from '../registrar/location.ts';
import type { Place } from '../registrar/location.ts';
import type { LocationTable } from '../registrar/location-table.ts';
import { TokenBuckets } from '../registrar/token-buckets.ts';
import { WrongPasswordThrottle } from '../registrar/wrong-password-throttle.ts';
import type { TrunkBook } from '../trunks/trunk-book.ts';
import type { EdgeProxies } from './edge-proxies.ts';
import { capabilities } from './capabilities.ts';
import type { Identity } from './identity.ts';
import { sendsKeysInClear } from './keys-in-clear.ts';
import { isScanner } from './scanner.ts';

export interface GatekeeperPorts {
  readonly accounts: Accounts;
  readonly trunks: TrunkBook;
  readonly locations: LocationTable;
  readonly proxies: EdgeProxies;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger;
  /** What challenges offer, best first. */
  readonly algorithms: readonly DigestAlgorithm[];
}

/** Asked before anything else looks at a request: who sent it, and is it heard at all? Keeps nothing per request. */
export class Gatekeeper {
  readonly #ports: GatekeeperPorts;
  readonly #verifier: DigestVerifier;
  readonly #throttle: WrongPasswordThrottle;
  /** One line in the log per address and minute, however long the guessing goes on. */
  readonly #alarms: TokenBuckets;
  readonly #identities = new WeakMap<SipRequest, Identity>();

  constructor(ports: GatekeeperPorts) {
    this.#ports = ports;
    this.#verifier = new DigestVerifier({ clock: ports.clock, random: ports.random, algorithms: ports.algorithms });
    this.#throttle = new WrongPasswordThrottle(ports.clock);
    this.#alarms = new TokenBuckets(ports.clock, { burst: 1, refillMilliseconds: 60_000, keys: 1_000 });
  }

  /** Who sent a request that `screen` has let pass. */
  identityOf(request: SipRequest): Identity {
    return this.#identities.get(request) ?? { kind: 'stranger' };
  }

  /** Where a request comes from, seen through a proxy of ours. */
  placeOf(request: SipRequest, source: Source): Place {
    return this.#ports.proxies.placeOf(request, source);
  }

  screen(request: SipRequest, source: Source): ScreenVerdict {
    const place = this.placeOf(request, source);
    const trunk = request.method === 'REGISTER' ? undefined : this.#trunkBySource(request, place);
    if (!trunk && isScanner(request)) return 'drop';
    // RFC 3261 §11: whoever asks what we can do gets the same short answer; a challenge would tell more. Nothing is kept
    // of it, so that nobody fills the table of transactions by asking.
    if (request.method === 'OPTIONS') return capabilities;
    return trunk ? this.#passTrunk(request, trunk, place) : this.#challenge(request, place);
  }

  /**
   * A phone may stand behind the same address as a trunk. What is registered from exactly there, or calls itself a
   * phone's user, is asked for its password; pretending that gains nobody anything.
   */
  #trunkBySource(request: SipRequest, source: Place) {
    const match = this.#ports.trunks.bySource(source, request.uri);
    if (!match || match.exact) return match?.trunk;
    const isPhone = this.#isRegisteredHere(source) || this.#ports.accounts.find(userIn(request, 'From')) !== undefined;
    return isPhone ? undefined : match.trunk;
  }

  #challenge(request: SipRequest, place: Place): ScreenVerdict {
    const address = senderAddress(place);
    const named = userIn(request, request.method === 'REGISTER' ? 'To' : 'From');
    const domain = parseSipUri(request.uri)?.host ?? '';
    const username = claimedUsername(request) ?? named;
    if (!this.#isRegisteredHere(place, username) && this.#throttle.refuses(address, username)) {
      return this.#tooMany(place, username);
    }
    const trunk = request.method === 'REGISTER' ? undefined : this.#ports.trunks.byUsername(username);
    const realm = trunk?.realm ?? this.#ports.accounts.realmFor(domain, username);
    const algorithms = trunk ? undefined : this.#ports.accounts.find(username)?.algorithms;
    const verdict = this.#verifier.verify(request, {
      realm,
      ...(algorithms ? { algorithms } : {}),
      role: 'user',
      binding: address,
      secretsOf: (name) => this.#secretsOf(name, realm, trunk !== undefined),
    });
    if (verdict.accepted) return this.#accept(request, place, verdict.username, trunk !== undefined);
    if (verdict.failure === 'wrong' && !this.#throttle.wrong(address, verdict.username ?? username)) {
      return this.#tooMany(place, verdict.username ?? username);
    }
    return { status: verdict.status, headers: verdict.headers };
  }

  #secretsOf(username: string, realm: string, asTrunk: boolean) {
    if (asTrunk) return this.#ports.trunks.byUsername(username)?.trunk.ha1;
    const account = this.#ports.accounts.find(username);
    return account?.realm === realm ? account.ha1 : undefined;
  }

  #accept(request: SipRequest, place: Place, username: string, asTrunk: boolean): ScreenVerdict {
    const trunk = asTrunk ? this.#ports.trunks.byUsername(username)?.trunk : undefined;
    if (trunk) return this.#passTrunk(request, trunk, place);
    const account = this.#ports.accounts.find(username);
    return account ? this.#pass(request, { kind: 'account', account }) : { status: 403 };
  }

  #passTrunk(request: SipRequest, trunk: Trunk, place: Place): ScreenVerdict {
    return sendsKeysInClear(request, trunk, place) ? { status: 488 } : this.#pass(request, { kind: 'trunk', trunk });
  }

  #pass(request: SipRequest, identity: Identity): ScreenVerdict {
    this.#identities.set(request, identity);
    return 'pass';
  }

  #tooMany(place: Place, username: string): ScreenVerdict {
    const address = senderAddress(place);
    const seconds = this.#throttle.retryAfterSeconds(address, username);
    if (this.#alarms.take(address)) {
      this.#ports.logger.warn('Too many wrong passwords', { address });
    }
    // RFC 3261 §16.7 step 6: a proxy takes a 503 for the whole house's, and passes it on as 500.
    return { status: place.phone ? 480 : 503, headers: [{ name: 'Retry-After', value: String(seconds) }] };
  }

  /** Whether somebody (or this user) has proven itself from exactly this address and port or connection. */
  #isRegisteredHere(place: Place, username?: string): boolean {
    const here = this.#ports.locations.ofSource(place);
    if (username === undefined) return here.length > 0;
    const deviceId = this.#ports.accounts.find(username)?.deviceId;
    return here.some((location) => location.deviceId === deviceId);
  }
}

/** The user in From or To, empty when there is none. Claimed, not proven. */
export const userIn = (request: SipRequest, header: 'From' | 'To'): string =>
  parseSipUri(parseNameAddress(headerValue(request, header) ?? '')?.uri ?? '')?.user ?? '';

/** The user name in the credentials, before they are checked. */
const claimedUsername = (request: SipRequest): string | undefined => {
  const value = headerValue(request, 'Authorization') ?? headerValue(request, 'Proxy-Authorization');
  return value && parseAuthHeader(value)?.parameters.get('username');
};

import type { Clock, RandomSource, Timers } from '@amtsleitung/base';
import type { DirectorySource } from '@amtsleitung/domain';
import { listValues, parseSipUri } from '@amtsleitung/sip';
import type { EventPackage, ServerSubscription } from '@amtsleitung/sip';
import type { Identity } from '../access/identity.ts';
import type { Replaces } from '@amtsleitung/sip';
import type { Account } from '../registrar/account.ts';
import type { Accounts } from '../registrar/accounts.ts';
import { destinationOf } from '../registrar/location.ts';
import type { Location } from '../registrar/location.ts';
import { GatheredLooks } from './gathered-looks.ts';
import { LampState } from './lamp-state.ts';
import { MessageSummaryState } from './message-summary-state.ts';
import { PresenceState } from './presence-state.ts';
import { RingingNames } from './ringing-names.ts';
import { nobodyKnown } from './state-sources.ts';
import type { StateSources } from './state-sources.ts';
import type { ToldState } from './told-state.ts';
import { Watch } from './watch.ts';

/** RFC 4235, RFC 3842, RFC 3856. */
export const eventPackages: readonly EventPackage[] = [
  { name: 'dialog' },
  { name: 'message-summary' },
  { name: 'presence' },
];

/** One phone with a side car watches no more keys than this. */
const mostPerDevice = 200;
/** Longer names belong to nobody. */
const longestWatched = 64;

export interface SubscriptionsPorts {
  readonly accounts: Accounts;
  readonly directory: DirectorySource;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
}

/** The lamps and message lights of all desk phones, RFC 6665. Only authenticated phones, only their own town. */
export class Subscriptions {
  readonly ringing: RingingNames;
  readonly #ports: SubscriptionsPorts;
  readonly #watches = new Map<string, Set<Watch>>();
  /** By town. */
  readonly #looks = new Map<string, GatheredLooks>();
  readonly #stopDirectory: () => void;
  #sources = nobodyKnown;
  #stopSources: () => void = () => {};

  constructor(ports: SubscriptionsPorts) {
    this.#ports = ports;
    this.ringing = new RingingNames(ports.random);
    this.#stopDirectory = ports.directory.onChange(() => this.#reconcile());
  }

  get size(): number {
    return this.#all().length;
  }

  /** From now on lamps show what these know. */
  show(sources: StateSources): void {
    this.#stopSources();
    this.#sources = sources;
    const stopLamps = sources.lamps.onChange((tenantId) => this.#lampsChanged(tenantId));
    const stopMessages = sources.messages.onChange((personId) => this.#messagesChanged(personId));
    this.#stopSources = () => {
      stopLamps();
      stopMessages();
    };
    for (const watch of this.#all()) watch.look();
  }

  /** Takes a SUBSCRIBE that the gatekeeper has let pass. */
  take(subscription: ServerSubscription, identity: Identity): void {
    if (identity.kind !== 'account') return subscription.reject(403);
    const { account } = identity;
    const own = this.#watches.get(account.deviceId) ?? new Set();
    if (own.size >= mostPerDevice) {
      return subscription.reject(503, { headers: [{ name: 'Retry-After', value: '600' }] });
    }
    const state = this.#stateFor(subscription, account);
    if (!accepts(subscription, state.contentType)) return subscription.reject(406);
    subscription.stayAtPeer();
    const watch = new Watch(account, subscription, state, this.#ports);
    subscription.handle({ ended: () => this.#forget(watch) });
    this.#watches.set(account.deviceId, own.add(watch));
    watch.start();
  }

  /** The device or browser credential is gone: it watches nobody any more. */
  dropDevice(deviceId: string): void {
    for (const watch of [...(this.#watches.get(deviceId) ?? [])]) watch.end();
  }

  /** A phone has come back over another connection. */
  registered(location: Location): void {
    for (const { subscription } of this.#watches.get(location.deviceId) ?? []) {
      if (subscription.source.flowId !== undefined) subscription.peerMovedTo(destinationOf(location));
    }
  }

  close(): void {
    this.#stopDirectory();
    this.#stopSources();
    for (const looks of this.#looks.values()) looks.close();
    for (const watch of this.#all()) this.#forget(watch);
  }

  #stateFor({ request, event }: ServerSubscription, account: Account): ToldState {
    const own = `sip:${account.username}@${account.realm}`;
    if (event.name === 'message-summary') {
      // Whatever box is named: a phone hears of its own person's only.
      return new MessageSummaryState(own, () => this.#sources.messages.counts(account.personId));
    }
    const watched = parseSipUri(request.uri)?.user?.slice(0, longestWatched) ?? '';
    const entity = `sip:${encodeURIComponent(watched)}@${account.realm}`;
    const lamp = () => this.#sources.lamps.lampOf(account.personId, watched);
    if (event.name === 'presence') return new PresenceState(entity, lamp);
    const names: Replaces[] = [];
    return new LampState({
      entity,
      lamp,
      nameRinging: () => {
        const name = this.ringing.add({
          account,
          ringingPerson: () => this.#sources.lamps.ringingPerson(account.personId, watched),
        });
        names.push(name);
        return name;
      },
      forgetRinging: () => {
        for (const name of names.splice(0)) this.ringing.remove(name);
      },
    });
  }

  #lampsChanged(tenantId: string): void {
    const looks =
      this.#looks.get(tenantId) ??
      new GatheredLooks(this.#ports, () => this.#all().filter(({ account }) => account.tenantId === tenantId));
    this.#looks.set(tenantId, looks);
    looks.changed();
  }

  #messagesChanged(personId: string): void {
    for (const watch of this.#all()) if (watch.account.personId === personId) watch.look();
  }

  /** Phones that are gone, have another secret or another user have to ask again. */
  #reconcile(): void {
    for (const watch of this.#all()) {
      const { username, deviceId, personId, ha1 } = watch.account;
      const now = this.#ports.accounts.find(username);
      const isSame = now?.deviceId === deviceId && now.personId === personId && now.ha1.sha256 === ha1.sha256;
      if (!isSame) watch.end();
    }
  }

  #all(): readonly Watch[] {
    return [...this.#watches.values()].flatMap((watches) => [...watches]);
  }

  #forget(watch: Watch): void {
    watch.close();
    const own = this.#watches.get(watch.account.deviceId);
    own?.delete(watch);
    if (own?.size === 0) this.#watches.delete(watch.account.deviceId);
  }
}

/** RFC 6665 §3.1.3: without Accept the package's own type is taken. */
function accepts({ request }: ServerSubscription, contentType: string): boolean {
  const types = listValues(request, 'Accept').map((value) => value.split(';', 1)[0]!.trim().toLowerCase());
  return types.length === 0 || [contentType, 'application/*', '*/*'].some((type) => types.includes(type));
}

import type { Trunk, TrunkError, TrunkState, TrunkStatus } from '@amtsleitung/domain';
import type { Destination, Header, Locator, SipResponse, Source } from '@amtsleitung/sip';
import { hostForUri } from './host-for-uri.ts';
import { LineProber, probeMilliseconds } from './line-prober.ts';
import { RegistrationClient } from './registration-client.ts';
import type { LinePorts } from './registration-client.ts';
import { contactUserOf } from './trunk-contact.ts';
import { accountUri } from './trunk-invite.ts';
import { outboundRoute } from './trunk-register.ts';
import { describeServer, isSameServer, TrunkServers } from './trunk-servers.ts';

export interface TrunkLineOptions extends LinePorts {
  readonly locator: Locator;
  readonly changed: () => void;
}

/** Servers one call is tried at. */
const mostTried = 4;

/** One trunk at work: its registration, its health, its servers. */
export class TrunkLine {
  #trunk: Trunk;
  readonly #options: TrunkLineOptions;
  readonly #servers: TrunkServers;
  readonly #prober: LineProber;
  readonly #registration: RegistrationClient | undefined;
  /** Why the last call failed; a call that the provider took makes it forgotten. */
  #callError: TrunkError | undefined;
  #status: TrunkStatus;
  #since: number;

  constructor(trunk: Trunk, options: TrunkLineOptions) {
    this.#trunk = trunk;
    this.#options = options;
    this.#servers = new TrunkServers(trunk, options.locator, options.clock);
    const changed = () => this.#reconsider();
    const registers = trunk.settings.registerSeconds > 0;
    this.#registration = registers ? new RegistrationClient(trunk, this.#servers, options, changed) : undefined;
    this.#prober = new LineProber({
      ports: options,
      optionsSeconds: trunk.settings.optionsSeconds,
      server: async () => this.#registration?.server ?? (await this.#servers.list())[0]!,
      ask: (server) => this.#ask(server),
      answered: (server) => {
        this.#servers.answered(server);
        this.#registration?.alive();
      },
      missed: (server, retryAfter) => this.#servers.failed(server, retryAfter),
      changed: (before) => this.#livenessChanged(before),
    });
    this.#status = this.#judge();
    this.#since = options.clock.now();
  }

  get trunk(): Trunk {
    return this.#trunk;
  }

  /** Other numbers, hours or limits of the same line. */
  update(trunk: Trunk): void {
    this.#trunk = trunk;
  }

  get #isEnabled(): boolean {
    return this.#trunk.settings.enabled;
  }

  /** A new call has good prospects. */
  get isUsable(): boolean {
    if (this.#registration && !this.#registration.isKept) return false;
    const server = this.#registration?.server;
    return this.#isEnabled && this.#status !== 'down' && !(server && this.#servers.isResting(server));
  }

  /** A new call can be tried, whatever its prospects: without a registration the provider would refuse it. */
  get takesCalls(): boolean {
    return this.#isEnabled && (this.#registration?.isKept ?? true);
  }

  start(): void {
    if (!this.#isEnabled) return;
    this.#registration?.start();
    this.#prober.check();
  }

  check(): void {
    if (!this.#isEnabled) return;
    this.#registration?.check();
    this.#prober.check();
  }

  async stop(): Promise<void> {
    this.#prober.stop();
    await this.#registration?.stop();
  }

  flowClosed(peer: Destination): void {
    this.#registration?.flowClosed(peer);
  }

  /**
   * Whether a message comes from the server that holds our registration: from the very address and port (or
   * connection) we registered at, or from that address and naming our own Contact.
   */
  isRegisteredAt(source: Source, requestUser: string | undefined): boolean {
    const server = this.#registration?.origin;
    if (!server || server.address !== source.address) return false;
    return (server.transport === source.transport && server.port === source.port) || this.isNamed(requestUser);
  }

  /** Whether a Request-URI's user is our Contact's. */
  isNamed(requestUser: string | undefined): boolean {
    return requestUser === contactUserOf(this.#trunk);
  }

  /**
   * Where a new call is tried, in this order. A registered trunk's calls go to the server that holds the registration
   * and nowhere else, for others would refuse them; an emergency call tries them all.
   */
  async destinations(isEmergency: boolean): Promise<readonly Destination[]> {
    const holder = this.#registration?.server;
    if (isEmergency) {
      const all = await this.#servers.list().catch(() => []);
      return unique(holder ? [holder, ...all] : all);
    }
    const wanted = this.#registration ? (holder ? [holder] : []) : await this.#servers.list();
    return wanted.filter((server) => !this.#servers.isResting(server)).slice(0, mostTried);
  }

  /** The server that will most likely get the next call, as far as is known. */
  get likelyServer(): Destination | undefined {
    return this.#registration?.server ?? this.#servers.preferred;
  }

  /** Headers of INVITEs that tell of the voice's encryption. */
  get securityHeaders(): readonly Header[] {
    return this.#registration?.security.calling ?? [];
  }

  /** RFC 3608 §6.1, or the outbound proxy. */
  get route(): readonly string[] {
    const learned = this.#registration?.grant?.serviceRoute ?? [];
    return learned.length > 0 ? learned : outboundRoute(this.#trunk);
  }

  /** A number the provider says is ours. */
  get associatedNumber(): string | undefined {
    return this.#registration?.grant?.associatedNumber;
  }

  /** The provider brings a call: a line that is never asked shows no other sign of life. Working lines are not touched. */
  callArrived(): void {
    const isAsked = this.#registration !== undefined || this.#trunk.settings.optionsSeconds > 0;
    if (!isAsked && this.#prober.status === 'unknown') this.#prober.callOutcome(undefined);
  }

  /** A call was answered by a server. `error`: it was refused for the trunk's sake, but the line lives. */
  callAnswered(server: Destination, error?: TrunkError): void {
    this.#callError = error;
    this.#servers.answered(server);
    this.#prober.callOutcome(undefined);
  }

  /** A call failed for the trunk's sake. */
  callFailed(server: Destination, error: TrunkError, retryAfterSeconds?: number): void {
    this.#callError = error;
    this.#servers.failed(server, retryAfterSeconds);
    this.#prober.callOutcome(error);
  }

  state(calls: TrunkState['calls']): TrunkState {
    const registration = this.#registration;
    const server = this.likelyServer;
    const roundTrip = this.#prober.roundTrip ?? registration?.roundTrip;
    const lastError = registration?.error ?? this.#prober.error ?? this.#callError;
    return {
      trunkId: this.#trunk.id,
      tenantId: this.#trunk.tenantId,
      status: this.#status,
      since: this.#since,
      ...(registration?.isKept
        ? { registeredUntil: inWholeSeconds(this.#options.clock.now() + registration.keptFor) }
        : {}),
      ...(server ? { server: describeServer(server) } : {}),
      ...(roundTrip === undefined ? {} : { roundTrip }),
      ...(lastError ? { lastError } : {}),
      calls,
    };
  }

  #ask(server: Destination): Promise<SipResponse> {
    const trunk = this.#trunk;
    const host = hostForUri(trunk.host);
    const from = trunk.username === '' ? `sip:${contactUserOf(trunk)}@${host}` : accountUri(trunk);
    return this.#options.request({
      method: 'OPTIONS',
      requestUri: `sip:${host}`,
      destination: server,
      from: `<${from}>`,
      to: `<sip:${host}>`,
      contactUser: contactUserOf(trunk),
      giveUpMilliseconds: probeMilliseconds,
    });
  }

  /** A registrar that never answered OPTIONS has no opinion of it: there the registration alone tells. */
  get #isDead(): boolean {
    return this.#prober.status === 'down' && (this.#registration === undefined || this.#prober.roundTrip !== undefined);
  }

  #livenessChanged(before: LineProber['status']): void {
    const { status } = this.#prober;
    // A registrar that vanished is not waited for: another server, or this one later.
    if (this.#isDead && before !== 'down') this.#registration?.lost();
    if (status === 'up' && before !== 'up' && this.#registration && !this.#registration.isKept) {
      this.#registration.check();
    }
    this.#reconsider();
  }

  #reconsider(): void {
    const status = this.#judge();
    if (status !== this.#status) {
      this.#status = status;
      this.#since = this.#options.clock.now();
    }
    this.#options.changed();
  }

  #judge(): TrunkStatus {
    if (!this.#isEnabled) return 'off';
    if (this.#registration && !this.#registration.isKept) return this.#registration.isStarting ? 'starting' : 'down';
    if (this.#isDead) return 'down';
    return this.#registration || this.#prober.status === 'up' ? 'up' : 'starting';
  }
}

function unique(servers: readonly Destination[]): readonly Destination[] {
  return servers
    .filter((one, index) => servers.findIndex((other) => isSameServer(one, other)) === index)
    .slice(0, mostTried);
}

/** Wall and monotonic time drift by fractions of a millisecond; nobody wants to hear of that. */
const inWholeSeconds = (milliseconds: number): number => Math.round(milliseconds / 1_000) * 1_000;

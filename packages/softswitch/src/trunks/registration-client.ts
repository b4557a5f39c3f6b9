import { newToken } from '@amtsleitung/base';
import type { Clock, RandomSource, Timer, Timers } from '@amtsleitung/base';
import type { Trunk, TrunkError, TrunkErrorKind } from '@amtsleitung/domain';
import { toTagOf } from '@amtsleitung/sip';
import type { Destination, OutOfDialogOptions, SipResponse } from '@amtsleitung/sip';
import type { ConnectionFaults } from './connection-faults.ts';
import { idleRegistration, isKept, nextRegistration } from './registration-machine.ts';
import type { Registration, RegistrationEffect, RegistrationInput } from './registration-machine.ts';
import { MediaSecurity } from './media-security.ts';
import { grantOf, secondsIn, trunkRegister } from './trunk-register.ts';
import type { BindingNames, RegistrationGrant } from './trunk-register.ts';
import { isSameServer } from './trunk-servers.ts';
import type { TrunkServers } from './trunk-servers.ts';

/** What everything about a line needs of the house around it. */
export interface LinePorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  /** A request outside dialogs; resolves with a response always, a made-up one has no To tag. */
  readonly request: (options: OutOfDialogOptions) => Promise<SipResponse>;
  /** Why nothing could be sent. */
  readonly faults: ConnectionFaults;
}

/** A server that does not answer REGISTER for so long is given up for the next one. */
const patienceMilliseconds = 8_000;
/** A shutdown waits no longer for the answer to its farewell. */
const farewellMilliseconds = 1_500;

/** Keeps one trunk registered. The rules are in `registration-machine.ts`; this does what they say. */
export class RegistrationClient {
  readonly #trunk: Trunk;
  readonly #servers: TrunkServers;
  readonly #ports: LinePorts;
  readonly #changed: () => void;
  readonly #names: BindingNames;
  readonly #security: MediaSecurity;
  #registration: Registration;
  #order: readonly Destination[] = [];
  #server: Destination | undefined;
  /** The provider may believe in our binding until then, whatever we have met since. */
  #bindingUntil = -Infinity;
  #grant: RegistrationGrant | undefined;
  #error: TrunkError | undefined;
  #roundTrip: number | undefined;
  #timer: Timer | undefined;
  #cseq = 1;
  /** Answers of earlier attempts come too late. */
  #attempt = 0;
  #farewell: Promise<void> = Promise.resolve();

  constructor(trunk: Trunk, servers: TrunkServers, ports: LinePorts, changed: () => void) {
    this.#trunk = trunk;
    this.#servers = servers;
    this.#ports = ports;
    this.#changed = changed;
    this.#security = new MediaSecurity(trunk);
    this.#names = { callId: newToken(ports.random, 24), fromTag: newToken(ports.random, 12) };
    this.#registration = idleRegistration(trunk.settings.registerSeconds);
  }

  get isKept(): boolean {
    return isKept(this.#registration, this.#ports.clock.monotonic());
  }

  /** Nothing has failed yet. */
  get isStarting(): boolean {
    return !this.isKept && this.#registration.failures === 0 && this.#registration.error === undefined;
  }

  /** Milliseconds from now until which the provider keeps us. */
  get keptFor(): number {
    return this.isKept ? this.#registration.keptUntil! - this.#ports.clock.monotonic() : 0;
  }

  /** The server that holds the registration. */
  get server(): Destination | undefined {
    return this.isKept ? this.#server : undefined;
  }

  /** Where the provider's calls come from: it sends them as long as it believes in our binding. */
  get origin(): Destination | undefined {
    return this.#ports.clock.monotonic() < this.#bindingUntil ? this.#server : undefined;
  }

  get grant(): RegistrationGrant | undefined {
    return this.isKept ? this.#grant : undefined;
  }

  /** What calls have to say of their encryption. */
  get security(): MediaSecurity {
    return this.#security;
  }

  get error(): TrunkError | undefined {
    return this.#error;
  }

  get roundTrip(): number | undefined {
    return this.#roundTrip;
  }

  start(): void {
    this.#step({ kind: 'start' });
  }

  check(): void {
    this.#step({ kind: 'check' });
  }

  /** The server answered something else. */
  alive(): void {
    this.#step({ kind: 'alive' });
  }

  lost(): void {
    this.#step({ kind: 'lost', at: this.#ports.clock.monotonic() });
  }

  /** A connection to `peer` is closed. */
  flowClosed(peer: Destination): void {
    if (this.#server && this.#server.transport !== 'udp' && isSameServer(this.#server, peer)) this.lost();
  }

  /** Takes the binding back; settles when the provider has heard of it or does not answer. */
  async stop(): Promise<void> {
    this.#step({ kind: 'stop' });
    this.#timer?.cancel();
    await this.#farewell;
  }

  #step(input: RegistrationInput): void {
    const { registration, effects } = nextRegistration(this.#registration, input);
    if (registration === this.#registration) return;
    this.#registration = registration;
    for (const effect of effects) this.#carryOut(effect);
    this.#changed();
  }

  #carryOut(effect: RegistrationEffect): void {
    switch (effect.kind) {
      case 'locate':
        return void this.#locate();
      case 'ask':
        return void this.#ask(this.#order[effect.server]!, effect.seconds);
      case 'wait':
        return this.#wait(effect.atLeast, effect.atMost);
      case 'resign':
        return this.#resign();
    }
  }

  #wait(atLeast: number, atMost: number): void {
    const { random, timers } = this.#ports;
    this.#timer?.cancel();
    const drawn = atLeast + random.integer(Math.max(1, Math.ceil(atMost - atLeast)));
    this.#timer = timers.after(drawn, () => this.#step({ kind: 'due' }));
  }

  async #locate(): Promise<void> {
    this.#timer?.cancel();
    this.#order = await this.#servers.list().catch(() => []);
    const { clock } = this.#ports;
    if (this.#order.length === 0) this.#error = { kind: 'name-not-found', at: clock.now() };
    this.#step({ kind: 'located', servers: this.#order.length, at: clock.monotonic() });
  }

  async #ask(server: Destination, seconds: number): Promise<void> {
    const { clock } = this.#ports;
    const attempt = ++this.#attempt;
    const sentAt = clock.monotonic();
    const response = await this.#send(server, seconds);
    if (attempt !== this.#attempt) return;
    this.#judge(server, response, seconds, Math.round(clock.monotonic() - sentAt));
  }

  #judge(server: Destination, response: SipResponse, asked: number, roundTrip: number): void {
    const { status } = response;
    const { clock } = this.#ports;
    if (toTagOf(response) === '' && status === 503) {
      return this.#silent(server, this.#ports.faults.of(server));
    }
    if (toTagOf(response) === '' && status === 408) return this.#silent(server, 'no-answer');
    this.#roundTrip = roundTrip;
    const at = clock.monotonic();
    const grant = status < 300 ? grantOf(response, this.#trunk, asked) : undefined;
    if (grant && grant.seconds > 0) {
      this.#servers.answered(server);
      this.#server = server;
      this.#grant = grant;
      this.#error = undefined;
      this.#bindingUntil = at + grant.seconds * 1_000;
      return this.#step({ kind: 'granted', seconds: grant.seconds, at });
    }
    const [retryAfter, minExpires] = [secondsIn(response, 'Retry-After'), secondsIn(response, 'Min-Expires')];
    if (status >= 500 && status < 600) this.#servers.failed(server, retryAfter);
    this.#step({
      kind: 'refused',
      status,
      at,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(minExpires === undefined ? {} : { minExpires }),
    });
    const { error } = this.#registration;
    if (error) this.#error = { kind: error, status, at: clock.now() };
  }

  #silent(server: Destination, error: TrunkErrorKind): void {
    const { clock } = this.#ports;
    this.#servers.failed(server);
    this.#error = { kind: error, at: clock.now() };
    this.#step({ kind: 'silent', error, at: clock.monotonic() });
  }

  #send(server: Destination, seconds: number): Promise<SipResponse> {
    // Room for the answers to challenges between two attempts.
    this.#cseq += 10;
    const request = trunkRegister(this.#trunk, this.#names, seconds, this.#security);
    const giveUpMilliseconds = patienceMilliseconds;
    return this.#ports.request({ ...request, destination: server, cseq: this.#cseq, giveUpMilliseconds });
  }

  #resign(): void {
    const server = this.#server ?? this.#order[this.#registration.server];
    if (!server) return;
    this.#attempt++;
    const { promise, resolve } = Promise.withResolvers<void>();
    const patience = this.#ports.timers.after(farewellMilliseconds, resolve);
    this.#farewell = Promise.race([this.#send(server, 0).then(() => {}), promise]).finally(() => patience.cancel());
  }
}

import type { Timer } from '@amtsleitung/base';
import type { TrunkError } from '@amtsleitung/domain';
import { toTagOf } from '@amtsleitung/sip';
import type { Destination, SipResponse } from '@amtsleitung/sip';
import { nextHealth, unknownHealth } from './line-health.ts';
import type { HealthInput, LineHealth } from './line-health.ts';
import type { LinePorts } from './registration-client.ts';
import { secondsIn } from './trunk-register.ts';

/** A server that does not answer OPTIONS for so long has missed it: over UDP it was sent four times until then. */
export const probeMilliseconds = 4_000;

export interface LineProberOptions {
  readonly ports: LinePorts;
  /** 0: never asked. */
  readonly optionsSeconds: number;
  /** Whom to ask now. Rejects when there is nobody. */
  readonly server: () => Promise<Destination>;
  /** Asks, no longer than `probeMilliseconds`. */
  readonly ask: (server: Destination) => Promise<SipResponse>;
  readonly answered: (server: Destination) => void;
  readonly missed: (server: Destination, retryAfterSeconds: number | undefined) => void;
  readonly changed: (before: LineHealth['status']) => void;
}

/** Asks whether a line lives. The rules are in `line-health.ts`; this does what they say. */
export class LineProber {
  readonly #options: LineProberOptions;
  #health: LineHealth = unknownHealth;
  #error: TrunkError | undefined;
  #roundTrip: number | undefined;
  #timer: Timer | undefined;
  #isAsking = false;
  #isStopped = false;

  constructor(options: LineProberOptions) {
    this.#options = options;
  }

  get status(): LineHealth['status'] {
    return this.#health.status;
  }

  get error(): TrunkError | undefined {
    return this.#error;
  }

  get roundTrip(): number | undefined {
    return this.#roundTrip;
  }

  /** Asks at once, then as the rules say. */
  check(): void {
    if (this.#options.optionsSeconds > 0) void this.#probe();
  }

  /** What a call met: an answer of any kind, or none. */
  callOutcome(error: TrunkError | undefined): void {
    if (error) this.#error = error;
    this.#step({ kind: error ? 'missed' : 'answered', at: this.#options.ports.clock.monotonic() });
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  async #probe(): Promise<void> {
    if (this.#isAsking || this.#isStopped) return;
    this.#isAsking = true;
    this.#timer?.cancel();
    const { clock } = this.#options.ports;
    const error = await this.#question();
    this.#isAsking = false;
    if (this.#isStopped) return;
    this.#error = error ? { ...error, at: clock.now() } : undefined;
    this.#step({ kind: error ? 'missed' : 'answered', at: clock.monotonic() });
  }

  /** What is wrong; undefined when it lives. */
  async #question(): Promise<Omit<TrunkError, 'at'> | undefined> {
    const { server: whom, ask, answered, missed, ports } = this.#options;
    const server = await whom().catch(() => undefined);
    if (!server) return { kind: 'name-not-found' };
    const sentAt = ports.clock.monotonic();
    const response = await ask(server);
    const error = errorOf(response, ports.faults.of(server));
    if (error) missed(server, secondsIn(response, 'Retry-After'));
    else answered(server);
    if (!error) this.#roundTrip = Math.round(ports.clock.monotonic() - sentAt);
    return error;
  }

  #step(input: HealthInput): void {
    if (this.#isStopped) return;
    const { timers, random } = this.#options.ports;
    const { status } = this.#health;
    const { health, wait } = nextHealth(this.#health, input, this.#options.optionsSeconds);
    this.#health = health;
    // Calls do not hurry a question that is on its way.
    if (wait && !this.#isAsking) {
      this.#timer?.cancel();
      const drawn = wait.atLeast + random.integer(Math.max(1, Math.ceil(wait.atMost - wait.atLeast)));
      this.#timer = timers.after(drawn, () => this.#due());
    }
    this.#options.changed(status);
  }

  #due(): void {
    if (this.#options.optionsSeconds > 0) void this.#probe();
    else this.#step({ kind: 'rested' });
  }
}

/** Whoever answers lives, whatever it thinks of OPTIONS (RFC 3261 §11.2); "not now" counts as no answer. */
function errorOf(response: SipResponse, fault: TrunkError['kind']): Omit<TrunkError, 'at'> | undefined {
  const { status } = response;
  const isOwn = toTagOf(response) === '';
  if (status === 408 || status === 504) return isOwn ? { kind: 'no-answer' } : { kind: 'no-answer', status };
  if (status !== 503) return undefined;
  return isOwn ? { kind: fault } : { kind: 'overloaded', status };
}

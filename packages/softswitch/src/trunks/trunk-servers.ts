import type { Clock } from '@amtsleitung/base';
import type { Trunk } from '@amtsleitung/domain';
import { parseHostPort } from '@amtsleitung/sip';
import type { Destination, Locator, LocateTarget } from '@amtsleitung/sip';

/** No provider's Retry-After keeps its trunk out of use for longer than this, milliseconds. */
const longestRest = 300_000;
const mostResting = 64;

export const isSameServer = (one: Destination, other: Destination): boolean =>
  one.transport === other.transport && one.address === other.address && one.port === other.port;

/** `udp 192.0.2.1:5060`, as the screen shows it. */
export const describeServer = ({ transport, address, port }: Destination): string =>
  `${transport} ${address.includes(':') ? `[${address}]` : address}:${port}`;

/** The servers of one trunk in the order of trial: its outbound proxy's, else its host's (RFC 3263 §4). */
export class TrunkServers {
  readonly #trunk: Trunk;
  readonly #locator: Locator;
  readonly #clock: Clock;
  /** Calls and questions stay with it while it lives. */
  #preferred: Destination | undefined;
  readonly #restUntil = new Map<string, number>();

  constructor(trunk: Trunk, locator: Locator, clock: Clock) {
    this.#trunk = trunk;
    this.#locator = locator;
    this.#clock = clock;
  }

  /** The one that answered last. */
  get preferred(): Destination | undefined {
    return this.#preferred;
  }

  /** Never empty. Rejects with `NoServerError` when there is none. */
  async list(): Promise<readonly Destination[]> {
    const found = await this.#locator.locate(targetOf(this.#trunk));
    const { transport, settings } = this.#trunk;
    const all = transport === 'udp' && settings.largeOverTcp ? found.map((one) => ({ ...one, alsoTcp: true })) : found;
    const first = all.find((one) => this.#preferred && isSameServer(one, this.#preferred));
    return first ? [first, ...all.filter((one) => one !== first)] : all;
  }

  answered(server: Destination): void {
    this.#preferred = server;
    this.#locator.reportSuccess(server);
  }

  /** It did not answer, or asked to be left alone for `retryAfterSeconds`. */
  failed(server: Destination, retryAfterSeconds?: number): void {
    if (this.#preferred && isSameServer(this.#preferred, server)) this.#preferred = undefined;
    this.#locator.reportFailure(server, retryAfterSeconds);
    if (retryAfterSeconds === undefined || retryAfterSeconds <= 0) return;
    const key = describeServer(server);
    this.#restUntil.delete(key);
    if (this.#restUntil.size >= mostResting) this.#restUntil.delete(this.#restUntil.keys().next().value!);
    this.#restUntil.set(key, this.#clock.monotonic() + Math.min(retryAfterSeconds * 1_000, longestRest));
  }

  /** RFC 3261 §21.5.4: it has said when it wants to be asked again. */
  isResting(server: Destination): boolean {
    return (this.#restUntil.get(describeServer(server)) ?? -Infinity) > this.#clock.monotonic();
  }
}

function targetOf({ host, port, transport, settings }: Trunk): LocateTarget {
  const proxy = parseHostPort(settings.outboundProxy);
  if (proxy) return { ...proxy, transport };
  return { host, transport, ...(port === undefined ? {} : { port }) };
}

import type { Destination, TransportProtocol } from '../transports/destination.ts';

/** What RFC 3263 §4 starts from: host, port and `transport` of a SIP or SIPS URI (or of an outbound proxy's). */
export interface LocateTarget {
  /** Name, IPv4 or IPv6 literal; brackets are taken off. */
  readonly host: string;
  readonly port?: number;
  /** The `transport` parameter or the owner's setting. Undefined: the name service decides. */
  readonly transport?: TransportProtocol;
  /** A SIPS URI: nothing but TLS. */
  readonly secure?: boolean;
}

/** From a SIP server's name to where requests are sent, RFC 3263 §4. */
export interface Locator {
  /**
   * All servers in the order of trial; those that failed lately come last. Never waits while anything usable is
   * known, however old. Rejects with `NoServerError` when there is none.
   */
  locate(target: LocateTarget): Promise<readonly Destination[]>;
  /** §4.3: a server did not answer or said 503. It is tried last for `retryAfterSeconds`, default 30, at most 300. */
  reportFailure(destination: Destination, retryAfterSeconds?: number): void;
  /** It answers again. */
  reportSuccess(destination: Destination): void;
}

export class NoServerError extends Error {
  /** `unknown`: the name service says there is none; `unanswered`: it said nothing in time. */
  readonly verdict: 'unknown' | 'unanswered' | 'invalid-name';

  constructor(verdict: NoServerError['verdict']) {
    super(`no server: ${verdict}`);
    this.name = 'NoServerError';
    this.verdict = verdict;
  }
}

import type { TrunkErrorKind } from '@amtsleitung/domain';

/**
 * Our registration at a provider: one binding for the whole number block. Times are monotonic milliseconds.
 *
 * ```
 * idle ──start──▶ locating ──servers──▶ asking ──200──▶ kept ──refresh due, connection lost──▶ locating
 *                    ▲                    │ next server, 423
 *                    └──due── waiting ◀───┴── all servers failed, refused
 * ```
 */
export interface Registration {
  readonly phase: 'idle' | 'locating' | 'asking' | 'kept' | 'waiting' | 'off';
  /** Seconds to ask for. */
  readonly interval: number;
  /** Server that is asked, by its place in the order of trial, and how many there are. */
  readonly server: number;
  readonly servers: number;
  /** Rounds in a row in which nobody kept us. */
  readonly failures: number;
  /** This round has raised the interval already. */
  readonly isRaised: boolean;
  /** Seconds before which no server of this round wants to hear from us again; undefined: one has not said. */
  readonly pause: number | undefined;
  readonly grantedAt: number | undefined;
  /** Until then the provider sends calls to us. */
  readonly keptUntil: number | undefined;
  readonly error: TrunkErrorKind | undefined;
}

export type RegistrationInput =
  | { readonly kind: 'start' }
  /** The order of trial is known; 0: no such name. */
  | { readonly kind: 'located'; readonly servers: number; readonly at: number }
  | { readonly kind: 'granted'; readonly seconds: number; readonly at: number }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly at: number;
      readonly retryAfter?: number;
      readonly minExpires?: number;
    }
  | { readonly kind: 'silent'; readonly error: TrunkErrorKind; readonly at: number }
  /** The awaited time has come. */
  | { readonly kind: 'due' }
  /** The connection is gone, or the server does not live any more. */
  | { readonly kind: 'lost'; readonly at: number }
  /** The server answers something else. */
  | { readonly kind: 'alive' }
  /** An administrator wants to know, or the line lives again. */
  | { readonly kind: 'check' }
  | { readonly kind: 'stop' };

export type RegistrationEffect =
  | { readonly kind: 'locate' }
  | { readonly kind: 'ask'; readonly server: number; readonly seconds: number }
  /** `due` after a time drawn between both, milliseconds. */
  | { readonly kind: 'wait'; readonly atLeast: number; readonly atMost: number }
  /** Takes the binding back. */
  | { readonly kind: 'resign' };

export interface RegistrationStep {
  readonly registration: Registration;
  readonly effects: readonly RegistrationEffect[];
}

/** RFC 5626 §4.5. */
const backOff = { base: 30_000, longest: 1_800_000 } as const;
/** Wrong passwords and unknown numbers do not heal by themselves, and providers lock who insists. */
const refusedBackOff = { base: 300_000, longest: 1_800_000 } as const;
/** A connection that breaks so soon after a 200 counts as a failure, else it would be opened again and again. */
const briefMilliseconds = 30_000;
const longestInterval = 86_400;

export const idleRegistration = (interval: number): Registration => ({
  phase: 'idle',
  interval,
  server: 0,
  servers: 0,
  failures: 0,
  isRaised: false,
  pause: undefined,
  grantedAt: undefined,
  keptUntil: undefined,
  error: undefined,
});

export const isKept = ({ keptUntil }: Registration, at: number): boolean => keptUntil !== undefined && at < keptUntil;

/** What an input does. Inputs that come too late change nothing. */
export function nextRegistration(before: Registration, input: RegistrationInput): RegistrationStep {
  const nothing = { registration: before, effects: [] };
  const { phase } = before;
  if (input.kind === 'stop') return stop(before);
  if (phase === 'off') return nothing;
  switch (input.kind) {
    case 'start':
      return phase === 'idle' ? locate(before) : nothing;
    case 'due':
      return phase === 'kept' || phase === 'waiting' ? locate(before) : nothing;
    case 'check':
      return phase === 'locating' || phase === 'asking' ? nothing : locate(before);
    case 'alive':
      return hasOnlyVanished(before) ? locate(before) : nothing;
    case 'lost':
      return lose(before, input.at);
    case 'located':
      return phase === 'locating' ? located(before, input.servers, input.at) : nothing;
    case 'granted':
      return phase === 'asking' ? grant(before, input.seconds, input.at) : nothing;
    case 'refused':
      return phase === 'asking' ? refuse(before, input) : nothing;
    case 'silent':
      return phase === 'asking' ? nextServer({ ...before, error: input.error }, 0, input.at) : nothing;
  }
}

const locate = (before: Registration): RegistrationStep => ({
  registration: { ...before, phase: 'locating', isRaised: false, pause: undefined },
  effects: [{ kind: 'locate' }],
});

function located(before: Registration, servers: number, at: number): RegistrationStep {
  if (servers === 0) return fail({ ...before, error: 'name-not-found' }, backOff, 0, at);
  return ask({ ...before, servers }, 0);
}

const ask = (before: Registration, server: number): RegistrationStep => ({
  registration: { ...before, phase: 'asking', server },
  effects: [{ kind: 'ask', server, seconds: before.interval }],
});

/** Refreshed well before its end, at a time that many houses do not share. */
function grant(before: Registration, seconds: number, at: number): RegistrationStep {
  const wait = { kind: 'wait' as const, atLeast: seconds * 600, atMost: seconds * 800 };
  const keptUntil = at + seconds * 1_000;
  const clean = { failures: 0, error: undefined, pause: undefined };
  return { registration: { ...before, ...clean, phase: 'kept', grantedAt: at, keptUntil }, effects: [wait] };
}

function refuse(before: Registration, input: Extract<RegistrationInput, { kind: 'refused' }>): RegistrationStep {
  const { status, minExpires = 0, retryAfter = 0, at } = input;
  const error = errorOfRefusal(status);
  const isRaise = status === 423 && minExpires > before.interval && minExpires <= longestInterval && !before.isRaised;
  // RFC 3261 §10.2.8: the same server, with what it asks for at least.
  if (isRaise) return ask({ ...before, interval: minExpires, isRaised: true }, before.server);
  const isPassing = status === 408 || status === 480 || (status >= 500 && status < 600);
  if (isPassing) return nextServer({ ...before, error }, retryAfter, at);
  return fail({ ...before, error, keptUntil: undefined }, refusedBackOff, retryAfter, at);
}

/** What a refusal of REGISTER means to the administrator. */
function errorOfRefusal(status: number): TrunkErrorKind {
  if (status === 401 || status === 403 || status === 407) return 'wrong-credentials';
  if (status === 404 || status === 410 || status === 604) return 'unknown-number';
  if (status === 423) return 'interval-too-brief';
  if (status === 408 || status === 504) return 'no-answer';
  if (status === 503 || status === 480) return 'overloaded';
  return status >= 500 && status < 600 ? 'server-error' : 'refused';
}

/** RFC 3263 §4.3: the next one in the order of trial. */
function nextServer(before: Registration, retryAfter: number, at: number): RegistrationStep {
  const pause = before.server === 0 ? retryAfter : Math.min(before.pause ?? 0, retryAfter);
  if (before.server + 1 < before.servers) return ask({ ...before, pause }, before.server + 1);
  return fail(before, backOff, pause, at);
}

/** RFC 5626 §4.5: 50 to 100 % of a time that doubles; never before Retry-After (RFC 3261 §20.33). */
function fail(
  before: Registration,
  rule: { readonly base: number; readonly longest: number },
  retryAfter: number,
  at: number,
): RegistrationStep {
  const failures = before.failures + 1;
  const upper = Math.min(rule.longest, rule.base * 2 ** Math.min(failures, 20));
  const atLeast = Math.max(upper / 2, Math.min(retryAfter * 1_000, rule.longest));
  const atMost = Math.max(upper, atLeast);
  // The binding ends: tried once more at that moment, so that everybody learns of it.
  const end = before.keptUntil !== undefined && before.keptUntil > at ? before.keptUntil - at : Infinity;
  const wait = { kind: 'wait' as const, atLeast: Math.min(atLeast, end), atMost: Math.min(atMost, end) };
  return { registration: { ...before, phase: 'waiting', failures }, effects: [wait] };
}

/** Silent once, and nothing worse: no reason to wait any longer when it is heard of again. */
const hasOnlyVanished = ({ phase, failures, error }: Registration): boolean =>
  phase === 'waiting' && failures === 1 && (error === 'no-answer' || error === 'connection-refused');

function lose(before: Registration, at: number): RegistrationStep {
  if (before.phase !== 'kept' && before.phase !== 'waiting') return { registration: before, effects: [] };
  if (before.keptUntil === undefined) return { registration: before, effects: [] };
  const gone = { ...before, error: 'no-answer' as const, keptUntil: undefined };
  const isBrief = before.grantedAt !== undefined && at - before.grantedAt < briefMilliseconds;
  return isBrief ? fail(gone, backOff, 0, at) : locate(gone);
}

function stop(before: Registration): RegistrationStep {
  const isThere = before.keptUntil !== undefined || before.phase === 'asking';
  return {
    registration: { ...before, phase: 'off', keptUntil: undefined },
    effects: isThere && before.phase !== 'off' ? [{ kind: 'resign' }] : [],
  };
}

import { callFailures } from '@amtsleitung/domain';
import type { CallFailure } from '@amtsleitung/domain';
import { bestFailure } from '../trunks/response-failure.ts';

/** Index of one of the contacts that ring together. */
export type Branch = number;

/**
 * One outgoing leg on several contacts at once.
 *
 * ```
 * dialling ──180──▶ ringing ──200──▶ connecting ──media agreed──▶ established ──▶ over
 *     └───── no contact, all failed, time out, hang-up ─────────────────────────────▲
 * ```
 */
export interface Fork {
  readonly phase: 'dialling' | 'ringing' | 'connecting' | 'established' | 'over';
  /** Branches that may still answer, or the winner. */
  readonly alive: ReadonlySet<Branch>;
  readonly winner?: Branch;
  readonly failures: readonly CallFailure[];
  /** Where a phone has sent its call; it counts when no other phone takes the call. */
  readonly redirectTo?: string;
}

export type ForkInput =
  | { readonly kind: 'ringing'; readonly branch: Branch }
  /** Sound before the answer: a 183 with a session description. */
  | { readonly kind: 'sound'; readonly branch: Branch }
  /** A 200. */
  | { readonly kind: 'accepted'; readonly branch: Branch }
  | {
      readonly kind: 'failed';
      readonly branch: Branch;
      readonly failure: CallFailure;
      readonly global?: boolean;
      readonly redirectTo?: string;
    }
  | { readonly kind: 'media-agreed'; readonly branch: Branch }
  | { readonly kind: 'media-refused'; readonly branch: Branch; readonly failure: CallFailure }
  /** Rung long enough, or a provider that says nothing. */
  | { readonly kind: 'time-out'; readonly failure: CallFailure }
  /** Something of ours broke. */
  | { readonly kind: 'abort'; readonly failure: CallFailure }
  | { readonly kind: 'hang-up'; readonly failure?: CallFailure };

/** Why a branch is given up; decides the Reason header. */
export type GiveUp = 'answered-elsewhere' | 'declined-elsewhere' | 'no-answer' | 'hung-up' | 'no-media';

export type ForkEffect =
  /** CANCEL or BYE, whichever is right by then, and close the branch's media. */
  | { readonly kind: 'give-up'; readonly branch: Branch; readonly why: GiveUp; readonly failure?: CallFailure }
  /** The branch is gone by itself: close its media. */
  | { readonly kind: 'forget'; readonly branch: Branch }
  /** Let the sound be heard that comes before the answer. */
  | { readonly kind: 'listen'; readonly branch: Branch }
  /** Agree on media with the winner. */
  | { readonly kind: 'connect'; readonly branch: Branch }
  | { readonly kind: 'tell'; readonly what: 'ringing' }
  | { readonly kind: 'tell'; readonly what: 'answered' }
  | { readonly kind: 'tell'; readonly what: 'failed'; readonly failure: CallFailure; readonly redirectTo?: string }
  | { readonly kind: 'tell'; readonly what: 'ended'; readonly failure?: CallFailure };

/** What the leg's owner hears of it. */
export type ForkNews = Extract<ForkEffect, { kind: 'tell' }>;

export interface ForkStep {
  readonly fork: Fork;
  readonly effects: readonly ForkEffect[];
}

/** A fork to `branches` contacts. With none, the first step is its end. */
export function startFork(branches: number): ForkStep {
  const alive = new Set(Array.from({ length: branches }, (_, branch) => branch));
  const fork: Fork = { phase: 'dialling', alive, failures: [] };
  return branches > 0 ? { fork, effects: [] } : fail(fork, callFailures.unreachable, []);
}

/** What an input does. Inputs that come too late change nothing. */
export function nextFork(fork: Fork, input: ForkInput): ForkStep {
  const nothing = { fork, effects: [] };
  if (fork.phase === 'over' || fork.phase === 'established') return nothing;
  if ('branch' in input && !fork.alive.has(input.branch)) return nothing;
  switch (input.kind) {
    case 'ringing':
      if (fork.phase !== 'dialling') return nothing;
      return { fork: { ...fork, phase: 'ringing' }, effects: [{ kind: 'tell', what: 'ringing' }] };
    case 'sound':
      // Of several phones nobody could say whose sound it should be.
      if (fork.phase === 'connecting' || fork.alive.size > 1) return nothing;
      return { fork, effects: [{ kind: 'listen', branch: input.branch }] };
    case 'accepted':
      return fork.phase === 'connecting' ? nothing : accept(fork, input.branch);
    case 'failed':
      return branchFailed(fork, input);
    case 'media-agreed':
      if (fork.phase !== 'connecting') return nothing;
      return { fork: { ...fork, phase: 'established' }, effects: [{ kind: 'tell', what: 'answered' }] };
    case 'media-refused':
      return fail(fork, input.failure, giveUpAll(fork, 'no-media', input.failure));
    case 'time-out':
      // The 200 was first: the call is there, only its media is still being agreed on.
      if (fork.phase === 'connecting') return nothing;
      return failOrRedirect(fork, input.failure, giveUpAll(fork, 'no-answer'));
    case 'abort':
      return fail(fork, input.failure, giveUpAll(fork, 'hung-up', input.failure));
    case 'hang-up':
      return hangUp(fork, input.failure);
  }
}

/** The first 200 wins; everybody else hears "completed elsewhere". */
function accept(fork: Fork, winner: Branch): ForkStep {
  const others = [...fork.alive].filter((branch) => branch !== winner);
  return {
    fork: { ...fork, phase: 'connecting', winner, alive: new Set([winner]) },
    effects: [
      ...others.map((branch): ForkEffect => ({ kind: 'give-up', branch, why: 'answered-elsewhere' })),
      { kind: 'connect', branch: winner },
    ],
  };
}

function branchFailed(fork: Fork, input: Extract<ForkInput, { kind: 'failed' }>): ForkStep {
  const { branch, failure } = input;
  const alive = new Set([...fork.alive].filter((other) => other !== branch));
  const failures = [...fork.failures, failure];
  const redirectTo = fork.redirectTo ?? input.redirectTo;
  const left: Fork = { ...fork, alive, failures, ...(redirectTo === undefined ? {} : { redirectTo }) };
  const forget: ForkEffect = { kind: 'forget', branch };
  // RFC 3261 §16.7 step 5: a 6xx speaks for the person, not for one phone.
  if (input.global) return fail(left, failure, [forget, ...giveUpAll(left, 'declined-elsewhere')]);
  if (alive.size > 0) return { fork: left, effects: [forget] };
  return failOrRedirect(left, bestFailure(failures), [forget]);
}

function hangUp(fork: Fork, failure: CallFailure | undefined): ForkStep {
  const effects = giveUpAll(fork, failure?.kind === 'answered-elsewhere' ? 'answered-elsewhere' : 'hung-up', failure);
  const ended: ForkEffect = { kind: 'tell', what: 'ended', ...(failure ? { failure } : {}) };
  return { fork: over(fork), effects: [...effects, ended] };
}

const giveUpAll = (fork: Fork, why: GiveUp, failure?: CallFailure): readonly ForkEffect[] =>
  [...fork.alive].map((branch) => ({ kind: 'give-up', branch, why, ...(failure ? { failure } : {}) }));

const fail = (fork: Fork, failure: CallFailure, before: readonly ForkEffect[]): ForkStep => ({
  fork: over(fork),
  effects: [...before, { kind: 'tell', what: 'failed', failure }],
});

/** Nobody took it: now the phone is heard that knew a better place. */
function failOrRedirect(fork: Fork, failure: CallFailure, before: readonly ForkEffect[]): ForkStep {
  const { redirectTo } = fork;
  const news: ForkEffect = {
    kind: 'tell',
    what: 'failed',
    failure,
    ...(redirectTo === undefined ? {} : { redirectTo }),
  };
  return { fork: over(fork), effects: [...before, news] };
}

const over = (fork: Fork): Fork => ({ ...fork, phase: 'over', alive: new Set() });

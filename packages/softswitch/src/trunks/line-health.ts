/**
 * Whether a line lives, found out by OPTIONS and by what its calls meet. Hysteresis: one lost answer changes nothing,
 * and a line that came and went has to live longer before it counts again. Times are monotonic milliseconds.
 */
export interface LineHealth {
  readonly status: 'unknown' | 'up' | 'down';
  /** In a row. */
  readonly misses: number;
  readonly answers: number;
  /** Answers in a row that bring it up again. */
  readonly needed: number;
  /** When it came back the last time; undefined: it never was down. */
  readonly backSince?: number;
}

export type HealthInput =
  | { readonly kind: 'answered'; readonly at: number }
  /** No answer, or one that means "not now". */
  | { readonly kind: 'missed'; readonly at: number }
  /** A line that is never asked has been left in peace: it gets another chance. */
  | { readonly kind: 'rested' };

/** The next OPTIONS (or the end of the rest of a line that is never asked), in milliseconds drawn between both. */
export interface HealthWait {
  readonly kind: 'wait';
  readonly atLeast: number;
  readonly atMost: number;
}

export interface HealthStep {
  readonly health: LineHealth;
  /** Replaces what was waited for; undefined: goes on waiting. */
  readonly wait?: HealthWait;
}

const missesDown = 2;
const answersUp = 2;
const mostNeeded = 16;
/** Down again within this time: it flaps. */
const flapMilliseconds = 300_000;
const doubtMilliseconds = 200;
/** Between the answers of a line that comes back. */
const recoveryMilliseconds = 5_000;
/** While it is down nobody wants to wait for a sparing interval. */
const longestDownMilliseconds = 30_000;
const restMilliseconds = 30_000;

export const unknownHealth: LineHealth = { status: 'unknown', misses: 0, answers: 0, needed: answersUp };

/** `optionsSeconds` 0: never asked, calls alone tell. */
export function nextHealth(before: LineHealth, input: HealthInput, optionsSeconds: number): HealthStep {
  const usual = between(optionsSeconds * 1_000);
  switch (input.kind) {
    case 'rested':
      return before.status === 'down' ? { health: { ...before, status: 'unknown', misses: 0 } } : { health: before };
    case 'answered':
      return answered(before, input.at, optionsSeconds > 0 ? usual : undefined);
    case 'missed':
      return missed(before, input.at, optionsSeconds);
  }
}

function answered(before: LineHealth, at: number, usual: HealthWait | undefined): HealthStep {
  const wait = usual ? { wait: usual } : {};
  const up: LineHealth = { ...before, status: 'up', misses: 0, answers: 0 };
  if (before.status === 'up') {
    const isSteady = before.backSince !== undefined && at - before.backSince > flapMilliseconds;
    return { health: isSteady ? { ...up, needed: answersUp } : up, ...wait };
  }
  const answers = before.answers + 1;
  if (before.status === 'unknown') return { health: up, ...wait };
  if (answers >= before.needed) return { health: { ...up, backSince: at }, ...wait };
  const soon = usual && Math.min(recoveryMilliseconds, usual.atMost);
  return { health: { ...before, answers }, ...(soon === undefined ? {} : { wait: between(soon) }) };
}

function missed(before: LineHealth, at: number, optionsSeconds: number): HealthStep {
  const misses = before.misses + 1;
  const isAsked = optionsSeconds > 0;
  const usual = between(Math.min(optionsSeconds * 1_000, longestDownMilliseconds));
  if (before.status === 'down')
    return { health: { ...before, misses, answers: 0 }, ...(isAsked ? { wait: usual } : {}) };
  if (misses < missesDown) {
    return { health: { ...before, misses }, ...(isAsked ? { wait: between(doubtMilliseconds) } : {}) };
  }
  const hasFlapped = before.backSince !== undefined && at - before.backSince < flapMilliseconds;
  const needed = hasFlapped ? Math.min(before.needed * 2, mostNeeded) : answersUp;
  const health: LineHealth = { status: 'down', misses, answers: 0, needed };
  return { health, wait: isAsked ? usual : between(restMilliseconds) };
}

const between = (longest: number): HealthWait => ({ kind: 'wait', atLeast: longest * 0.9, atMost: longest });

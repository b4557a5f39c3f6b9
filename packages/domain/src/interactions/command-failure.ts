import type { CallFailure, CallFailureKind } from '../calls/call-failure.ts';
import type { CommandFailure } from './phone-state.ts';

const words: Partial<Record<CallFailureKind, CommandFailure>> = {
  'not-in-service': 'not-in-service',
  forbidden: 'not-permitted',
  busy: 'busy',
  overloaded: 'limit-reached',
};

/** What a screen is told about a refused target. */
export const commandFailureOf = (failure: CallFailure): CommandFailure => words[failure.kind] ?? 'not-reachable';

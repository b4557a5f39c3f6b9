import { callFailures } from '@amtsleitung/domain';
import type { CallFailure, CallFailureKind } from '@amtsleitung/domain';

export type FarSide = 'trunk' | 'phone';

const byStatus: Readonly<Record<number, CallFailureKind>> = {
  403: 'forbidden',
  404: 'not-in-service',
  410: 'not-in-service',
  415: 'not-acceptable-media',
  484: 'not-in-service',
  486: 'busy',
  487: 'cancelled',
  488: 'not-acceptable-media',
  600: 'busy',
  603: 'declined',
  604: 'not-in-service',
  606: 'not-acceptable-media',
};

/** What a final response to our INVITE means to the caller (RFC 3261 §21, RFC 3398 §8). `rang`: a 180 came before. */
export function failureOfResponse(status: number, farSide: FarSide, rang: boolean): CallFailure {
  return callFailures[kindOf(status, farSide, rang)];
}

function kindOf(status: number, farSide: FarSide, rang: boolean): CallFailureKind {
  if (farSide === 'phone') return kindOfPhone(status, rang);
  if (status === 408 || status === 480) return rang ? 'no-answer' : status === 408 ? 'trunk-failed' : 'unreachable';
  if (byStatus[status]) return byStatus[status];
  // 401 and 407 too: our credentials are the trunk's fault, not the caller's.
  // Redirections from outside are never followed: whoever sends one would choose what this house pays for.
  return status >= 600 ? 'declined' : 'trunk-failed';
}

/** A phone of the house cannot make a number "not in service": whatever it says, the line exists. */
function kindOfPhone(status: number, rang: boolean): CallFailureKind {
  if (status === 408 || status === 480) return rang ? 'no-answer' : 'unreachable';
  const kind = byStatus[status];
  if (kind === 'busy' || kind === 'declined' || kind === 'not-acceptable-media' || kind === 'cancelled') return kind;
  return status === 403 || (status >= 300 && status < 400) || status >= 600 ? 'declined' : 'unreachable';
}

/** From the most to the least telling: what the caller is told when every phone of a person failed. */
const precedence: readonly CallFailureKind[] = [
  'declined',
  'busy',
  'no-answer',
  'not-acceptable-media',
  'not-in-service',
  'forbidden',
  'unreachable',
];

/** The verdict for the whole fork; `unreachable` when there was no branch. */
export function bestFailure(failures: readonly CallFailure[]): CallFailure {
  const kinds = new Set(failures.map((failure) => failure.kind));
  const best = precedence.find((kind) => kinds.has(kind));
  return best ? callFailures[best] : (failures[0] ?? callFailures.unreachable);
}

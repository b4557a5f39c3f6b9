import { indexOf } from '../directory/directory-index.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import { routeCall, type RouteDecision } from './route-call.ts';

export type ForwardingDecision = Exclude<RouteDecision, { kind: 'refused' | 'emergency' }>;
export type ForwardingFlaw = 'not-in-service' | 'not-permitted' | 'circle';

/**
 * Where a person's forwarding to `dialled` leads, under their own rights. Undefined: nowhere; calls for help are never
 * forwarded to. Asked when it is set and again with every call, because rights change.
 */
export function forwardingTarget(
  directory: TownDirectory,
  personId: string,
  dialled: string,
  at: number,
): ForwardingDecision | undefined {
  const decision = routeCall(directory, { origin: { kind: 'device', personId }, dialled, at });
  return decision.kind === 'refused' || decision.kind === 'emergency' ? undefined : decision;
}

/** Why a person may not forward to `dialled`; undefined: they may. A circle of people who always forward is one too. */
export function forwardingFlaw(
  directory: TownDirectory,
  personId: string,
  dialled: string,
  at: number,
): ForwardingFlaw | undefined {
  const decision = routeCall(directory, { origin: { kind: 'device', personId }, dialled, at });
  if (decision.kind === 'emergency') return 'not-permitted';
  if (decision.kind === 'refused') return decision.failure.kind === 'forbidden' ? 'not-permitted' : 'not-in-service';
  return decision.kind === 'person' && leadsTo(directory, decision.person.id, personId, at) ? 'circle' : undefined;
}

function leadsTo(directory: TownDirectory, from: string, to: string, at: number): boolean {
  const seen = new Set<string>();
  for (let personId: string | undefined = from; personId !== undefined && !seen.has(personId);) {
    if (personId === to) return true;
    seen.add(personId);
    const always: string = indexOf(directory).person(personId)?.phone.forwarding.always ?? '';
    const next: ForwardingDecision | undefined =
      always === '' ? undefined : forwardingTarget(directory, personId, always, at);
    personId = next?.kind === 'person' ? next.person.id : undefined;
  }
  return false;
}

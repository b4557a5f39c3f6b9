import type { LegOrigin } from '../calls/call-control.ts';
import { callFailures, type CallFailure, type CallFailureKind } from '../calls/call-failure.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { Person } from '../directory/person.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { Hotline } from '../hotline/hotline.ts';
import { findAssignment } from '../numbering/find-assignment.ts';
import type { HeadNumber, NumberAssignment } from '../numbering/head-number.ts';
import { diallingClassOf, type DiallingClass } from '../numbering/dialling-class.ts';
import { emergencyDigits } from '../numbering/number-class.ts';
import { parseNumber, subscriberPart } from '../numbering/parse-number.ts';
import { mayDial } from './dialling-rights.ts';
import { headOfPerson } from './office-number.ts';
import { outsideLines, type OutsideLine } from './outside-lines.ts';
import { resolveEmergency, type EmergencyRoute } from './resolve-emergency.ts';
import { mayCallOutside } from './unattended-device.ts';

/** An outside call over the first trunk that works, with an office number as caller ID. */
export interface OutsideRoute {
  readonly kind: 'outside';
  /** E.164, or a service number such as 115. */
  readonly number: string;
  readonly diallingClass: DiallingClass;
  /** Best first, never empty. */
  readonly lines: readonly OutsideLine[];
}

export type RouteDecision =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'hotline'; readonly hotline: Hotline }
  | OutsideRoute
  | EmergencyRoute
  | { readonly kind: 'refused'; readonly failure: CallFailure };

export interface RouteRequest {
  readonly origin: LegOrigin;
  /** As dialled. */
  readonly dialled: string;
  /** Wall milliseconds: some trunks have hours. */
  readonly at: number;
}

/** Decides where a call goes. Pure and total: any string of any origin gets a decision. */
export function routeCall(directory: TownDirectory, request: RouteRequest): RouteDecision {
  const { origin, dialled } = request;
  return origin.kind === 'trunk' ? routeFromTrunk(directory, dialled) : routeFromDevice(directory, origin, request);
}

/** A trunk reaches this tenant's own numbers and nothing else: it can never dial out. */
function routeFromTrunk(directory: TownDirectory, dialled: string): RouteDecision {
  const heads = directory.headNumbers;
  for (const e164 of readingsFromTrunk(dialled, heads)) {
    const found = findAssignment(e164, heads, indexOf(directory).assignment);
    if (found.kind === 'assigned') return routeToPlace(directory, found.assignment);
  }
  return refused('not-in-service');
}

/**
 * Providers write the called number as +49…, 0049…, 0…, 49…, without the national 0, or with the head stripped.
 * Best reading first.
 */
function readingsFromTrunk(dialled: string, heads: readonly HeadNumber[]): readonly string[] {
  const parsed = parseNumber(dialled, heads[0]);
  if (parsed.kind === 'e164') return [parsed.e164];
  const digits = dialled.replace(/[\s()/.-]/g, '');
  if (!/^[0-9]{1,15}$/.test(digits)) return [];
  const local = heads.flatMap((head) => {
    const subscriber = subscriberPart(head);
    return digits.startsWith(subscriber) ? [head.e164 + digits.slice(subscriber.length)] : [];
  });
  const stripped = heads.map((head) => head.e164 + digits);
  return [`+${digits}`, `+49${digits}`, ...local, ...stripped];
}

function routeFromDevice(
  directory: TownDirectory,
  origin: Extract<LegOrigin, { kind: 'device' }>,
  { dialled, at }: RouteRequest,
): RouteDecision {
  const emergency = emergencyDigits(dialled);
  if (emergency) return resolveEmergency(directory, { number: emergency, ...origin });
  const { personId } = origin;
  if (!indexOf(directory).person(personId)) return refused('forbidden');
  const head = headOfPerson(directory, personId);
  const parsed = parseNumber(dialled, head);
  if (parsed.kind === 'invalid') return refused('not-in-service');
  const number = parsed.kind === 'e164' ? parsed.e164 : parsed.digits;
  const inside = parsed.kind === 'e164' ? routeOwnNumber(directory, number) : routeExtension(directory, number, head);
  if (inside) return mayDial(directory, personId, 'internal') ? inside : refused('forbidden');
  if (!mayCallOutside(directory, origin, number, head)) return refused('forbidden');
  return routeOutside(directory, personId, { number, head, isShort: parsed.kind === 'short', at });
}

/** Undefined: not under one of our heads. */
function routeOwnNumber(directory: TownDirectory, e164: string): RouteDecision | undefined {
  const found = findAssignment(e164, directory.headNumbers, indexOf(directory).assignment);
  if (found.kind === 'assigned') return routeToPlace(directory, found.assignment);
  return found.kind === 'unassigned' ? refused('not-in-service') : undefined;
}

/** The caller's own head first, then the others: an extension may exist under several. */
function routeExtension(
  directory: TownDirectory,
  extension: string,
  ownHead: HeadNumber | undefined,
): RouteDecision | undefined {
  const index = indexOf(directory);
  const heads = [...(ownHead ? [ownHead] : []), ...directory.headNumbers];
  for (const head of heads) {
    const assignment = index.assignment(head.id, extension);
    if (assignment) return routeToPlace(directory, assignment);
  }
  const person = index.personByExtension(extension);
  return person && { kind: 'person', person };
}

interface OutsideRequest {
  readonly number: string;
  readonly head: HeadNumber | undefined;
  readonly isShort: boolean;
  readonly at: number;
}

/** Default deny: a number of no class is nobody's right. */
function routeOutside(
  directory: TownDirectory,
  personId: string,
  { number, head, isShort, at }: OutsideRequest,
): RouteDecision {
  const diallingClass = diallingClassOf(number, head);
  if (diallingClass === undefined && isShort) return refused('not-in-service');
  if (diallingClass === undefined || !mayDial(directory, personId, diallingClass)) return refused('forbidden');
  const lines = outsideLines(directory, personId, diallingClass, at);
  return lines.length > 0 ? { kind: 'outside', number, diallingClass, lines } : refused('trunk-failed');
}

function routeToPlace(directory: TownDirectory, { destination }: NumberAssignment): RouteDecision {
  const index = indexOf(directory);
  if (destination.kind === 'person') {
    const person = index.person(destination.personId);
    return person ? { kind: 'person', person } : refused('not-in-service');
  }
  const hotline = index.hotline(destination.hotlineId);
  return hotline ? { kind: 'hotline', hotline } : refused('not-in-service');
}

const refused = (kind: CallFailureKind): RouteDecision => ({ kind: 'refused', failure: callFailures[kind] });

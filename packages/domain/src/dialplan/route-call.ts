import type { LegOrigin } from '../calls/call-control.ts';
import { callFailures, type CallFailure, type CallFailureKind } from '../calls/call-failure.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { Person } from '../directory/person.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { Hotline } from '../hotline/hotline.ts';
import { findAssignment } from '../numbering/find-assignment.ts';
import type { HeadNumber, NumberAssignment } from '../numbering/head-number.ts';
import { classifyNumber, emergencyDigits, type NumberClass } from '../numbering/number-class.ts';
import { parseNumber, subscriberPart } from '../numbering/parse-number.ts';
import { officeRights, type CallRights } from './call-rights.ts';
import { headOfPerson, officeNumber } from './office-number.ts';
import { resolveEmergency, type EmergencyRoute } from './resolve-emergency.ts';

/** An outside call over a trunk, with the office number as caller ID. */
export interface OutsideRoute {
  readonly kind: 'outside';
  /** E.164, or a service number such as 115. */
  readonly number: string;
  readonly numberClass: NumberClass;
  readonly trunkIds: readonly string[];
  readonly callerNumber: string;
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
  /** Default: `officeRights`. */
  readonly rights?: CallRights;
}

/** Decides where a call goes. Pure and total: any string of any origin gets a decision. */
export function routeCall(directory: TownDirectory, request: RouteRequest): RouteDecision {
  const { origin, dialled } = request;
  return origin.kind === 'trunk'
    ? routeFromTrunk(directory, dialled)
    : routeFromDevice(directory, origin, dialled, request.rights ?? officeRights);
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
  dialled: string,
  rights: CallRights,
): RouteDecision {
  const emergency = emergencyDigits(dialled);
  if (emergency) return resolveEmergency(directory, { number: emergency, ...origin });
  if (!indexOf(directory).person(origin.personId)) return refused('forbidden');
  const head = headOfPerson(directory, origin.personId);
  const parsed = parseNumber(dialled, head);
  if (parsed.kind === 'invalid') return refused('not-in-service');
  if (parsed.kind === 'e164') return routeE164(directory, origin.personId, parsed.e164, rights);
  const inside = routeExtension(directory, parsed.digits, head);
  if (inside) return inside;
  if (classifyNumber(parsed.digits) === 'unknown') return refused('not-in-service');
  return routeOutside(directory, origin.personId, parsed.digits, rights);
}

function routeE164(directory: TownDirectory, personId: string, e164: string, rights: CallRights): RouteDecision {
  const found = findAssignment(e164, directory.headNumbers, indexOf(directory).assignment);
  if (found.kind === 'assigned') return routeToPlace(directory, found.assignment);
  if (found.kind === 'unassigned') return refused('not-in-service');
  return routeOutside(directory, personId, e164, rights);
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

function routeOutside(directory: TownDirectory, personId: string, number: string, rights: CallRights): RouteDecision {
  const numberClass = classifyNumber(number);
  if (!rights.has(numberClass)) return refused('forbidden');
  const trunkId = headOfPerson(directory, personId)?.trunkId;
  const callerNumber = officeNumber(directory, personId);
  if (trunkId === undefined || callerNumber === undefined) return refused('trunk-failed');
  if (!indexOf(directory).trunk(trunkId)) return refused('trunk-failed');
  return { kind: 'outside', number, numberClass, trunkIds: [trunkId], callerNumber };
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

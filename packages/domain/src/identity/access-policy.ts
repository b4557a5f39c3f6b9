import type { Role } from './role.ts';

/** Who is asking; undefined where nobody is signed in. */
export interface Viewer {
  readonly tenantId: string;
  readonly personId: string;
  readonly roles: readonly Role[];
}

/** Doors of the API: anybody, everybody with a login, team leads, administrators. */
export type AccessLevel = 'public' | 'person' | 'lead' | 'admin';

const doors: Readonly<Record<Exclude<AccessLevel, 'public'>, readonly Role[]>> = {
  person: ['person', 'lead', 'admin'],
  lead: ['lead', 'admin'],
  admin: ['admin'],
};

/** Whether the viewer may pass. Who is signed in is a person, whatever their list of roles says. */
export function hasAccess(level: AccessLevel, viewer: Viewer | undefined): boolean {
  if (level === 'public') return true;
  if (!viewer) return false;
  return level === 'person' || viewer.roles.some((role) => doors[level].includes(role));
}

/** A call belongs to the people who were on it; no role opens another person's call (R20). */
export function maySeeCall(
  viewer: Viewer,
  call: { readonly tenantId: string; readonly peopleIds: readonly string[] },
): boolean {
  return viewer.tenantId === call.tenantId && call.peopleIds.includes(viewer.personId);
}

/** Where messages lie: a person's own box or a hotline's team box. */
export type BoxKey =
  { readonly kind: 'person'; readonly personId: string } | { readonly kind: 'hotline'; readonly hotlineId: string };

interface Membership {
  readonly id: string;
  readonly tenantId: string;
  readonly memberIds: readonly string[];
}

/** The viewer's own box and the boxes of their hotlines; administrators get no other. */
export function messageBoxesOf(viewer: Viewer, hotlines: readonly Membership[]): readonly BoxKey[] {
  const own: BoxKey = { kind: 'person', personId: viewer.personId };
  return [own, ...membershipsOf(viewer, hotlines).map(({ id }): BoxKey => ({ kind: 'hotline', hotlineId: id }))];
}

export function maySeeBox(viewer: Viewer, box: BoxKey, hotlines: readonly Membership[]): boolean {
  return messageBoxesOf(viewer, hotlines).some((own) => boxName(own) === boxName(box));
}

/**
 * What of a hotline's board the viewer sees. Sums of fewer than 5 people are for leads only: they would point at
 * persons. A "sum" of one person is nobody's: it would be a watch on that person.
 */
export function boardView(viewer: Viewer, hotline: Membership): 'nothing' | 'without-agents' | 'everything' {
  if (viewer.tenantId !== hotline.tenantId) return 'nothing';
  if (hasAccess('lead', viewer)) return hotline.memberIds.length === 1 ? 'without-agents' : 'everything';
  if (!hotline.memberIds.includes(viewer.personId)) return 'nothing';
  return hotline.memberIds.length < smallestTeam ? 'without-agents' : 'everything';
}

const smallestTeam = 5;
const boxName = (box: BoxKey): string =>
  box.kind === 'person' ? `person ${box.personId}` : `hotline ${box.hotlineId}`;
const membershipsOf = (viewer: Viewer, hotlines: readonly Membership[]): readonly Membership[] =>
  hotlines.filter((hotline) => hotline.tenantId === viewer.tenantId && hotline.memberIds.includes(viewer.personId));

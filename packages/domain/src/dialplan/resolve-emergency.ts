import { indexOf } from '../directory/directory-index.ts';
import type { TownDirectory } from '../directory/town-directory.ts';

export type EmergencyWarning = 'site-unknown' | 'site-without-trunk' | 'no-trunk';

/** What a call to 110 or 112 would do right now: with which number, over which trunks, from which address. */
export interface EmergencyRoute {
  readonly kind: 'emergency';
  readonly number: '110' | '112';
  /** The site's trunk first, then every other: the call is tried on all. */
  readonly trunkIds: readonly string[];
  /** Shown to the control centre; undefined only in a house without any number. */
  readonly callerNumber?: string;
  readonly siteId?: string;
  /** For the operators: what to put right. The call is made all the same. */
  readonly warnings: readonly EmergencyWarning[];
}

/**
 * Pure rule: no rights, no limits, no state. A phone without a known place (a browser at home) gets the site of the
 * person's office, then any site, with a warning.
 */
export function resolveEmergency(
  directory: TownDirectory,
  from: { readonly number: '110' | '112'; readonly personId?: string; readonly siteId?: string },
): EmergencyRoute {
  const index = indexOf(directory);
  const known = from.siteId === undefined ? undefined : index.site(from.siteId);
  const office = index.site(index.person(from.personId ?? '')?.siteId ?? '');
  const site = known ?? office ?? directory.sites[0];
  const siteTrunk = site && index.trunk(site.emergencyTrunkId);
  const trunkIds = [...new Set([siteTrunk, ...directory.trunks].flatMap((trunk) => (trunk ? [trunk.id] : [])))];
  const warnings: EmergencyWarning[] = [];
  if (!known) warnings.push('site-unknown');
  if (site && !siteTrunk) warnings.push('site-without-trunk');
  if (trunkIds.length === 0) warnings.push('no-trunk');
  const head = directory.headNumbers[0];
  const callerNumber = site?.emergencyNumber || (head && `${head.e164}0`);
  return {
    kind: 'emergency',
    number: from.number,
    trunkIds,
    warnings,
    ...(callerNumber === undefined ? {} : { callerNumber }),
    ...(site === undefined ? {} : { siteId: site.id }),
  };
}

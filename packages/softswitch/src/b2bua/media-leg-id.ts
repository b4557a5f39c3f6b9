import type { LegId } from '@amtsleitung/domain';

/** Media handle of one branch of an outgoing leg: every branch has media of its own. */
export const mediaLegId = (leg: LegId, branch: number): string => `${leg}~${branch}`;

/** The leg a media handle belongs to. */
export const legOfMedia = (mediaLeg: string): LegId => mediaLeg.split('~')[0]!;

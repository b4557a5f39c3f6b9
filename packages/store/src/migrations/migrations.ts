import type { Migration } from 'kysely';
import { house } from './0001-house.ts';
import { telephony } from './0002-telephony.ts';
import { tracing } from './0003-tracing.ts';
import { registrationRoute } from './0004-registration-route.ts';
import { guestDay } from './0005-guest-day.ts';

/**
 * Every schema change in order; names sort. Expand, then contract: a migration may add what the version before does not
 * know, and takes away only what the version before no longer uses. What was released is never edited.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-house': house,
  '0002-telephony': telephony,
  '0003-tracing': tracing,
  '0004-registration-route': registrationRoute,
  '0005-guest-day': guestDay,
};

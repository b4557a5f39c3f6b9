import type { RandomSource } from '@amtsleitung/base';
import type { Destination } from '../transports/destination.ts';
import { DigestClient } from './digest-client.ts';
import type { RequestOptions } from './user-agent-options.ts';

/** Where to try, in order; at least one place. */
export function destinationsOf(options: RequestOptions): readonly Destination[] {
  return options.destinations && options.destinations.length > 0 ? options.destinations : [options.destination];
}

/** Who answers challenges, if anybody can. */
export function digestOf(options: RequestOptions, random: RandomSource): DigestClient | undefined {
  return options.digest ?? (options.credentials ? new DigestClient(options.credentials, random) : undefined);
}

import type { Presence } from './presence.ts';

/** All that presence may depend on. Whom somebody talks to, and why they are away, is not among it (R20, R21). */
export interface PresenceSigns {
  readonly talking: boolean;
  /** The person's own choice. */
  readonly away: boolean;
  readonly reachable: boolean;
  /** Own choice, pause or wrap-up: only the person sees which. */
  readonly notDisturbed: boolean;
}

/** On the phone wins; then absence (chosen or without any device, which look alike); then do not disturb. */
export function projectPresence({ talking, away, reachable, notDisturbed }: PresenceSigns): Presence {
  if (talking) return 'on-phone';
  if (away || !reachable) return 'away';
  return notDisturbed ? 'do-not-disturb' : 'free';
}

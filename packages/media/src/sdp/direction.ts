import type { Attribute } from './session-description.ts';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/** The direction a section asks for; its own attribute wins over the session's. RFC 8866 §6.7. */
export function directionOf(section: readonly Attribute[], session: readonly Attribute[]): Direction {
  const own = section.find(({ name }) => directions.some((direction) => direction === name));
  const general = session.find(({ name }) => directions.some((direction) => direction === name));
  return directions.find((direction) => direction === (own ?? general)?.name) ?? 'sendrecv';
}

const answers: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** The direction seen from the other side. RFC 3264 §6.1. */
export const mirrored = (direction: Direction): Direction => answers[direction];

/** Whether a side with this direction wants to hear. */
export const receives = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'recvonly';

/** Whether a side with this direction may be heard. */
export const sends = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'sendonly';

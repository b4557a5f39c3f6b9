import * as z from 'zod/mini';
import { board } from '../board/board.ts';
import { myHotlines } from '../hotline/hotline.ts';
import { phoneState } from '../phone/phone.ts';
import { id } from '../primitives.ts';
import { presence } from '../team/team.ts';
import { trunkState } from '../trunks/trunks.ts';

/** Path of the live WebSocket; the session cookie and a same-origin `Origin` open it. */
export const livePath = '/api/live';

/**
 * Server → browser, one JSON object a WebSocket message. After connecting, one full message of every topic comes,
 * so a reconnect needs nothing else. `calls`, `messages` and `alerts` only say that the list has changed.
 */
export const liveMessage = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('phone'), payload: phoneState }),
  z.object({ topic: z.literal('hotlines'), payload: myHotlines }),
  /** The first one names everybody; later ones only those who changed. */
  z.object({ topic: z.literal('presence'), payload: z.array(z.object({ personId: id, presence })) }),
  z.object({ topic: z.literal('board'), payload: board }),
  z.object({ topic: z.literal('calls'), payload: z.object({}) }),
  z.object({ topic: z.literal('messages'), payload: z.object({ open: z.number() }) }),
  /** For administrators only: all trunks of their house. */
  z.object({ topic: z.literal('trunks'), payload: z.array(trunkState) }),
  /** For administrators only: the list of alerts has grown. */
  z.object({ topic: z.literal('alerts'), payload: z.object({}) }),
  /** Sent every 10 s, so that a screen can tell a silent line from a dead one. */
  z.object({ topic: z.literal('clock'), payload: z.object({ at: z.number() }) }),
]);
export type LiveMessage = z.infer<typeof liveMessage>;
export const liveTopics = [
  'phone',
  'hotlines',
  'presence',
  'board',
  'calls',
  'messages',
  'trunks',
  'alerts',
  'clock',
] as const;
/** Topics that only administrators hear. */
export const adminTopics: readonly string[] = ['trunks', 'alerts'];

import * as z from 'zod/mini';
import { byId, destination, id, instant, milliseconds, party } from '../primitives.ts';
import { route } from '../route.ts';

export const voiceMessage = z.object({
  id,
  box: destination,
  boxName: z.string(),
  recordedAt: instant,
  milliseconds,
  party,
  partyText: z.string(),
  doneBy: z.optional(z.string()),
});
export type VoiceMessageView = z.infer<typeof voiceMessage>;

export const messageRoutes = {
  /** Own box and the boxes of own hotlines. */
  list: route({
    method: 'GET',
    path: '/api/messages',
    access: 'person',
    reply: z.object({ messages: z.array(voiceMessage) }),
  }),
  /** `audio/wav`; 404 for messages of other boxes. */
  audio: route({ method: 'GET', path: '/api/messages/:id/audio', access: 'person', params: byId }),
  setDone: route({
    method: 'PUT',
    path: '/api/messages/:id/done',
    access: 'person',
    params: byId,
    body: z.object({ done: z.boolean() }),
  }),
  remove: route({ method: 'DELETE', path: '/api/messages/:id', access: 'person', params: byId }),
};

import { maySeeBox, messageBoxesOf, type MessageStore, type VoiceMessage } from '@amtsleitung/domain';
import { notFound } from '../http/problem.ts';
import { viewerOf, type Actor } from '../session/actor.ts';

const mostListed = 200;

/** Messages in the person's own box and in those of their hotlines, newest first. */
export const listOwnMessages = (store: MessageStore, actor: Actor): Promise<readonly VoiceMessage[]> =>
  store.list(actor.tenant.id, messageBoxesOf(viewerOf(actor), actor.directory.hotlines), mostListed);

/** 404 for messages of other boxes as for those that do not exist. */
export async function findOwnMessage(store: MessageStore, actor: Actor, messageId: string): Promise<VoiceMessage> {
  const message = await store.find(actor.tenant.id, messageId);
  if (!message || !maySeeBox(viewerOf(actor), message.box, actor.directory.hotlines)) throw notFound();
  return message;
}

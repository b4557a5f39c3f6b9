import type { Destination, MessageStore } from '@amtsleitung/domain';

/** Whether somebody still waits for an answer to a message in this box (R33: no call ends in the void). */
export async function hasOpenMessages(store: MessageStore, tenantId: string, box: Destination): Promise<boolean> {
  const messages = await store.list(tenantId, [box], 200);
  return messages.some(({ doneAt }) => doneAt === undefined);
}

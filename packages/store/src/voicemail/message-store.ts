import type { Destination, MessageStore, VoiceMessage } from '@amtsleitung/domain';
import type { Kysely } from 'kysely';
import { withoutNulls } from '../database/rows.ts';
import type { Schema } from '../database/schema.ts';

/** Most messages of one list. */
const listLimit = 1_000;

/** Recorded messages of people and hotlines. Rows come from `message-recorded` events. */
export class SqlMessageStore implements MessageStore {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async list(tenantId: string, boxes: readonly Destination[], limit: number): Promise<readonly VoiceMessage[]> {
    const people = boxes.flatMap((box) => (box.kind === 'person' ? [box.personId] : []));
    const hotlines = boxes.flatMap((box) => (box.kind === 'hotline' ? [box.hotlineId] : []));
    if (boxes.length === 0) return [];
    const rows = await this.#messages(tenantId)
      .where((message) =>
        message.or([
          ...(people.length > 0 ? [message('boxPersonId', 'in', people)] : []),
          ...(hotlines.length > 0 ? [message('boxHotlineId', 'in', hotlines)] : []),
        ]),
      )
      .orderBy('recordedAt', 'desc')
      .orderBy('voiceMessage.id')
      .limit(Math.max(1, Math.min(limit, listLimit)))
      .execute();
    return rows.map(toMessage);
  }

  async find(tenantId: string, messageId: string): Promise<VoiceMessage | undefined> {
    const row = await this.#messages(tenantId).where('voiceMessage.id', '=', messageId).executeTakeFirst();
    return row && toMessage(row);
  }

  async setDone(
    tenantId: string,
    messageId: string,
    done: { personId: string; at: number } | undefined,
  ): Promise<void> {
    await this.#db
      .updateTable('voiceMessage')
      .set({ doneByPersonId: done?.personId ?? null, doneAt: done?.at ?? null })
      .where('tenantId', '=', tenantId)
      .where('id', '=', messageId)
      .execute();
  }

  async delete(tenantId: string, messageId: string): Promise<void> {
    await this.#db.deleteFrom('voiceMessage').where('tenantId', '=', tenantId).where('id', '=', messageId).execute();
  }

  #messages(tenantId: string) {
    return this.#db
      .selectFrom('voiceMessage')
      .leftJoin('party', (join) =>
        join.onRef('party.id', '=', 'voiceMessage.partyId').onRef('party.tenantId', '=', 'voiceMessage.tenantId'),
      )
      .selectAll('voiceMessage')
      .select(['party.number', 'party.name'])
      .where('voiceMessage.tenantId', '=', tenantId);
  }
}

type MessageRow = Schema['voiceMessage'] & { readonly number: string | null; readonly name: string | null };

function toMessage({ boxPersonId, boxHotlineId, partyId, number, name, ...row }: MessageRow): VoiceMessage {
  const box: Destination =
    boxPersonId === null ? { kind: 'hotline', hotlineId: boxHotlineId! } : { kind: 'person', personId: boxPersonId };
  const known = partyId !== null && (number !== null || name !== null);
  return { ...withoutNulls(row), box, ...(known ? { party: withoutNulls({ partyId, number, name }) } : {}) };
}

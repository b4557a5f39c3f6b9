import type { Destination } from '../numbering/head-number.ts';

/** A recorded message for a person or for a hotline's team. */
export interface VoiceMessage {
  readonly id: string;
  readonly tenantId: string;
  readonly callId: string;
  readonly box: Destination;
  readonly recordedAt: number;
  readonly milliseconds: number;
  /** Path below the data folder. */
  readonly file: string;
  readonly party?: { readonly partyId: string; readonly number?: string; readonly name?: string };
  readonly doneByPersonId?: string;
  readonly doneAt?: number;
}

/** Port. Newest first. */
export interface MessageStore {
  list(tenantId: string, boxes: readonly Destination[], limit: number): Promise<readonly VoiceMessage[]>;
  find(tenantId: string, messageId: string): Promise<VoiceMessage | undefined>;
  setDone(tenantId: string, messageId: string, done: { personId: string; at: number } | undefined): Promise<void>;
  /** Removes the row; the caller removes the file. */
  delete(tenantId: string, messageId: string): Promise<void>;
}

import type { Body } from '@amtsleitung/sip';

/** What one subscription tells of. Both are asked whenever something may have changed. */
export interface ToldState {
  /** The content type of its documents. */
  readonly contentType: string;
  /** One word per state that the subscriber may tell apart; a NOTIFY is due when it is another than before. */
  state(): string;
  /** The full state for one NOTIFY; asked once per NOTIFY, so that versions count up. */
  document(): Body;
  /** Nothing more is told. */
  close?(): void;
}

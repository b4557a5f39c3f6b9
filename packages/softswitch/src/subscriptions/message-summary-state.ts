import { textBody } from '@amtsleitung/sip';
import type { Body } from '@amtsleitung/sip';
import type { MessageWaiting } from '@amtsleitung/domain';
import type { ToldState } from './told-state.ts';

/** The waiting messages of one person as `application/simple-message-summary`, RFC 3842. */
export class MessageSummaryState implements ToldState {
  readonly contentType = 'application/simple-message-summary';
  readonly #account: string;
  readonly #counts: () => ReturnType<MessageWaiting['counts']>;

  /** `account`: the `sip:` URI of the phone's own line. */
  constructor(account: string, counts: () => ReturnType<MessageWaiting['counts']>) {
    this.#account = account;
    this.#counts = counts;
  }

  state(): string {
    const { fresh, old } = this.#counts();
    return `${fresh}/${old}`;
  }

  document(): Body {
    const { fresh, old } = this.#counts();
    const lines = [
      `Messages-Waiting: ${fresh > 0 ? 'yes' : 'no'}`,
      `Message-Account: ${this.#account}`,
      `Voice-Message: ${fresh}/${old} (0/0)`,
    ];
    return textBody(this.contentType, `${lines.join('\r\n')}\r\n`);
  }
}

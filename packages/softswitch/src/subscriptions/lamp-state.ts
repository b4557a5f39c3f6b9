import { textBody } from '@amtsleitung/sip';
import type { Body } from '@amtsleitung/sip';
import type { Lamp } from '@amtsleitung/domain';
import type { Replaces } from '@amtsleitung/sip';
import type { ToldState } from './told-state.ts';
import { xmlText } from './xml-text.ts';

/** RFC 4235 §3.7.1, as far as a lamp shows it. */
type DialogWord = 'terminated' | 'early' | 'confirmed';

/** Away is no call; unknown and not permitted look like it. */
const dialogWords: Readonly<Record<Lamp, DialogWord>> = {
  free: 'terminated',
  away: 'terminated',
  ringing: 'early',
  busy: 'confirmed',
};

export interface LampOptions {
  /** `sip:` URI of whoever is watched, as the phone named them. */
  readonly entity: string;
  readonly lamp: () => Lamp | undefined;
  /** A made-up name under which the ringing call may be picked up, a new one for every ringing; and its end. */
  readonly nameRinging: () => Replaces;
  readonly forgetRinging: () => void;
}

/**
 * A busy lamp as `application/dialog-info+xml`, RFC 4235. Made of the lamp's word alone: no party, no direction of a
 * call, nothing that differs between a call from inside and one from outside.
 */
export class LampState implements ToldState {
  readonly contentType = 'application/dialog-info+xml';
  readonly #options: LampOptions;
  #version = 0;
  #ringing: Replaces | undefined;

  constructor(options: LampOptions) {
    this.#options = options;
  }

  state(): DialogWord {
    return dialogWords[this.#options.lamp() ?? 'free'];
  }

  document(): Body {
    const word = this.state();
    if (word === 'early') this.#ringing ??= this.#options.nameRinging();
    else this.close();
    return textBody(this.contentType, this.#write(word));
  }

  close(): void {
    if (this.#ringing) this.#options.forgetRinging();
    this.#ringing = undefined;
  }

  #write(word: DialogWord): string {
    const entity = xmlText(this.#options.entity);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${this.#version++}" state="full" entity="${entity}">`,
      `<dialog id="line"${this.#names()}><state>${word}</state></dialog>`,
      '</dialog-info>',
      '',
    ].join('\r\n');
  }

  /** What rings is always called: the direction tells nothing. */
  #names(): string {
    if (!this.#ringing) return '';
    const { callId, toTag, fromTag } = this.#ringing;
    const [call, local, remote] = [callId, toTag, fromTag].map(xmlText);
    return ` call-id="${call}" local-tag="${local}" remote-tag="${remote}" direction="recipient"`;
  }
}

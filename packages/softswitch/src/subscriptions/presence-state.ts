import { textBody } from '@amtsleitung/sip';
import type { Body } from '@amtsleitung/sip';
import type { Lamp } from '@amtsleitung/domain';
import type { ToldState } from './told-state.ts';
import { xmlText } from './xml-text.ts';

type Word = 'unknown' | 'free' | 'on-the-phone' | 'away';

/** Who rings is as busy as who talks: presence has no word for it. */
const words: Readonly<Record<Lamp, Word>> = {
  free: 'free',
  away: 'away',
  ringing: 'on-the-phone',
  busy: 'on-the-phone',
};

/** Presence as PIDF (RFC 3863) with RPID activities (RFC 4480): one word, no number, no note. */
export class PresenceState implements ToldState {
  readonly contentType = 'application/pidf+xml';
  readonly #entity: string;
  readonly #lamp: () => Lamp | undefined;

  constructor(entity: string, lamp: () => Lamp | undefined) {
    this.#entity = entity;
    this.#lamp = lamp;
  }

  state(): Word {
    const lamp = this.#lamp();
    return lamp === undefined ? 'unknown' : words[lamp];
  }

  document(): Body {
    const word = this.state();
    const basic = word === 'free' || word === 'on-the-phone' ? 'open' : 'closed';
    const activity = word === 'on-the-phone' || word === 'away' ? `<rpid:${word}/>` : '';
    const text = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="${xmlText(this.#entity)}">`,
      `<tuple id="line"><status><basic>${basic}</basic></status></tuple>`,
      ...(activity === '' ? [] : [`<dm:person id="person"><rpid:activities>${activity}</rpid:activities></dm:person>`]),
      '</presence>',
      '',
    ].join('\r\n');
    return textBody(this.contentType, text);
  }
}

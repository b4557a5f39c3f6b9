import { createResponse, headerValue, parseNameAddress } from '@amtsleitung/sip';
import type { SipRequest, SipResponse } from '@amtsleitung/sip';
import type { TestHouse } from './test-house.ts';
import type { TestPhone } from './test-phone.ts';
import { domain } from './test-town.ts';

export interface SubscribeParts {
  readonly expires?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The subscription to refresh. */
  readonly within?: SipResponse;
}

/** A desk phone with lamps: subscribes, and answers the NOTIFYs that come. */
export class WatchingPhone {
  readonly notified: SipRequest[] = [];
  onNotify: (notify: SipRequest) => void = () => {};
  /** What it answers to NOTIFYs; undefined: nothing. */
  answer: number | undefined = 200;
  readonly #house: TestHouse;
  readonly #phone: TestPhone;
  #cseq = 0;

  constructor(house: TestHouse, phone: TestPhone, host: string) {
    this.#house = house;
    this.#phone = phone;
    const { network } = house;
    const before = network.filter;
    network.filter = (datagram) => {
      const { message, to, from } = datagram;
      const isNotify = message.kind === 'request' && message.method === 'NOTIFY' && to.host === host;
      if (!isNotify) return before(datagram);
      this.notified.push(message);
      this.onNotify(message);
      if (this.answer !== undefined) network.carry(to, from, createResponse(message, this.answer));
      return false;
    };
  }

  subscribe(event: string, watched: string, parts: SubscribeParts = {}): Promise<SipResponse> {
    const { user, password, destination } = this.#phone.options;
    const tag = parts.within && parseNameAddress(headerValue(parts.within, 'To') ?? '')?.parameters.get('tag');
    this.#cseq += 10;
    return this.#house.after(
      this.#phone.userAgent.request({
        method: 'SUBSCRIBE',
        requestUri: `sip:${watched}@${domain}`,
        destination,
        from: `<sip:${user}@${domain}>`,
        to: `<sip:${watched}@${domain}>${tag === undefined ? '' : `;tag=${tag}`}`,
        headers: [
          { name: 'Event', value: event },
          ...(parts.expires === undefined ? [] : [{ name: 'Expires', value: String(parts.expires) }]),
          ...Object.entries(parts.headers ?? {}).map(([name, value]) => ({ name, value })),
        ],
        credentials: { username: user, password },
        callId: parts.within ? headerValue(parts.within, 'Call-ID')! : `watch-${user}-${this.#cseq}`,
        fromTag: 'watcher',
        cseq: this.#cseq,
      }),
    );
  }

  /** Bodies of the NOTIFYs so far. */
  get bodies(): readonly string[] {
    return this.notified.map(({ body }) => new TextDecoder().decode(body));
  }

  /** Their Subscription-State, without the seconds. */
  get states(): readonly string[] {
    return this.notified.map((notify) =>
      (headerValue(notify, 'Subscription-State') ?? '').replace(/expires=\d+/, 'expires'),
    );
  }

  /** The state words of the dialogs in the documents so far. */
  get words(): readonly string[] {
    return this.bodies.map((body) => /<state>(.*)<\/state>/.exec(body)?.[1] ?? '');
  }
}

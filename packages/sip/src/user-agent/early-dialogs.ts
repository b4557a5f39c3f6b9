import { rackHeader, reliableSequenceOf } from '../messages/rack.ts';
import { sdpOf } from '../messages/body.ts';
import type { Body } from '../messages/body.ts';
import { cseqOf, toTagOf } from '../messages/message-fields.ts';
import type { SipRequest, SipResponse } from '../messages/sip-message.ts';
import { dialogOfResponse } from '../dialogs/dialog-state.ts';
import { followsReliably } from '../dialogs/reliable-machine.ts';
import type { DialogChannel } from './dialog-channel.ts';

/** Phones behind a proxy that ring at once; more are not told apart and only their 2xx counts. */
const maximumEarly = 16;

interface EarlyDialog {
  readonly channel: DialogChannel;
  /** RSeq of the last reliable provisional answer. */
  sequence: number | undefined;
  /** A reliable offer that the owner has not answered yet, RFC 3262 §5. */
  unanswered: SipResponse | undefined;
}

export interface EarlyDialogsOptions {
  /** The INVITE carried an offer. */
  readonly hasOffered: boolean;
  /** We announce 100rel. */
  readonly isReliable: boolean;
  /** A channel for the dialog that `response` makes of `request`. */
  readonly open: (request: SipRequest, response: SipResponse) => DialogChannel | undefined;
}

/** The early dialogs of one INVITE, by the far side's tag: one for each phone it reached (RFC 3261 §12.1.2, §13.2.2.1). */
export class EarlyDialogs {
  readonly #options: EarlyDialogsOptions;
  readonly #dialogs = new Map<string, EarlyDialog>();

  constructor(options: EarlyDialogsOptions) {
    this.#options = options;
  }

  channel(tag: string): DialogChannel | undefined {
    return this.#dialogs.get(tag)?.channel;
  }

  clear(): void {
    this.#dialogs.clear();
  }

  /** Acknowledges it when it is reliable. False: out of order or repeated, to be ignored (RFC 3262 §4). */
  take(request: SipRequest, response: SipResponse): boolean {
    const early = this.#find(request, response);
    const sequence = this.#options.isReliable ? reliableSequenceOf(response) : undefined;
    if (!early || sequence === undefined) return true;
    if (!followsReliably(early.sequence, sequence)) return false;
    early.sequence = sequence;
    if (sdpOf(response) === undefined || !this.#isOffer(early, response)) acknowledge(early, response);
    else early.unanswered = response;
    return true;
  }

  /** The owner's answer to a reliable offer goes out in the PRACK. False: none waits for it. */
  answer(channel: DialogChannel | undefined, body: Body): boolean {
    const early = [...this.#dialogs.values()].find((one) => one.channel === channel);
    const { unanswered } = early ?? {};
    if (!early || !unanswered) return false;
    early.unanswered = undefined;
    early.channel.turn = 'none';
    acknowledge(early, unanswered, body);
    return true;
  }

  /**
   * The channel of the dialog that a 2xx confirms: it decides route and target anew (RFC 3261 §13.2.2.4), but the
   * counting of requests goes on.
   */
  confirm(request: SipRequest, response: SipResponse): DialogChannel | undefined {
    const early = this.#dialogs.get(toTagOf(response));
    const state = dialogOfResponse(request, response);
    if (!early || !state) return this.#options.open(request, response);
    const { localCSeq, remoteCSeq } = early.channel.state;
    early.channel.state = { ...state, localCSeq, remoteCSeq };
    return early.channel;
  }

  #find(request: SipRequest, response: SipResponse): EarlyDialog | undefined {
    const tag = toTagOf(response);
    const known = this.#dialogs.get(tag);
    if (known || tag === '' || this.#dialogs.size >= maximumEarly) return known;
    const channel = this.#options.open(request, response);
    if (!channel) return undefined;
    const early = { channel, sequence: undefined, unanswered: undefined };
    this.#dialogs.set(tag, early);
    return early;
  }

  /** Notes what the description of a reliable answer means. True: it offers, and the owner has to answer. */
  #isOffer(early: EarlyDialog, response: SipResponse): boolean {
    const { channel } = early;
    if (channel.description) return false;
    channel.description = response;
    if (this.#options.hasOffered) channel.turn = 'none';
    return !this.#options.hasOffered;
  }
}

function acknowledge(early: EarlyDialog, response: SipResponse, body?: Body): void {
  const rack = { rseq: early.sequence ?? 0, cseq: cseqOf(response)?.number ?? 0, method: 'INVITE' };
  const ignored = { response: () => {}, timedOut: () => {}, failed: () => {} };
  early.channel.request('PRACK', { headers: [rackHeader(rack)], body }, ignored);
}

import { sdpBody, sdpOf } from '@amtsleitung/sip';
import type { ClientSession, Reoffer, ServerSession, SessionEnd, SipRequest, SipResponse } from '@amtsleitung/sip';
import type { OutgoingVerdict } from './outgoing-identity.ts';

/** Describes the provider's media: an offer, or the answer to one. */
export type DescribeMedia = (offer?: string) => string;

/** A call between the provider and the house, from either side, with all that was seen of it. */
export class ProviderCall<Session extends ClientSession | ServerSession = ClientSession | ServerSession> {
  readonly session: Session;
  /** What the called person would see; outgoing calls of the house only. */
  readonly verdict: Extract<OutgoingVerdict, { connects: true }> | undefined;
  readonly provisionals: number[] = [];
  accepted: SipResponse | undefined;
  end: SessionEnd | undefined;
  /** What the house describes, at last. */
  remoteSdp: string | undefined;
  readonly #describe: DescribeMedia;

  constructor(session: Session, describe: DescribeMedia, verdict?: Extract<OutgoingVerdict, { connects: true }>) {
    this.session = session;
    this.verdict = verdict;
    this.#describe = describe;
    if (session.direction === 'incoming') this.remoteSdp = sdpOf(session.invite);
    session.handle({
      provisional: (response) => {
        this.provisionals.push(response.status);
        this.remoteSdp = sdpOf(response) ?? this.remoteSdp;
      },
      accepted: (response) => {
        this.accepted = response;
        this.remoteSdp = sdpOf(response) ?? this.remoteSdp;
      },
      reoffer: (reoffer) => this.#onReoffer(reoffer),
      ended: (end) => (this.end = end),
    });
  }

  /** The INVITE of the house. */
  get invite(): SipRequest {
    if (this.session.direction !== 'incoming') throw new Error('the house did not place this call');
    return this.session.invite;
  }

  ring(): void {
    if (this.session.direction === 'incoming') this.session.provisional(180);
  }

  /** 183 with a description: announcements and ringing tones of the network. */
  earlyMedia(): void {
    if (this.session.direction === 'incoming')
      this.session.provisional(183, { body: sdpBody(this.#describe(this.remoteSdp)) });
  }

  answer(): void {
    if (this.session.direction === 'incoming') this.session.accept(sdpBody(this.#describe(this.remoteSdp)));
  }

  reject(status: number): void {
    if (this.session.direction === 'incoming') this.session.reject(status);
  }

  hangUp(): void {
    this.session.bye();
  }

  #onReoffer(reoffer: Reoffer): void {
    this.remoteSdp = sdpOf(reoffer.request) ?? this.remoteSdp;
    reoffer.accept(sdpBody(this.#describe(sdpOf(reoffer.request))));
  }
}

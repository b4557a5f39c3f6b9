import type { Timers } from '@amtsleitung/base';
import {
  sdpBody,
  withUriReplaces,
  type ClientSession,
  type Header,
  type Reoffer,
  type ServerSession,
  type SessionEnd,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '@amtsleitung/sip';
import { printPhoneSdp, readPhoneSdp, type DescribedMedia, type Direction } from '../rtp/phone-sdp.ts';
import type { RtpTonePeer } from '../rtp/rtp-tone-peer.ts';
import { Milestone } from './milestone.ts';

/** The forms in which phones put the other side on hold, RFC 3264 §8.4. */
export type HoldForm = 'sendonly' | 'inactive' | '0.0.0.0';

const answerTo: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** One call of a test phone or trunk with its own RTP endpoint, from either side. */
export class TestCall {
  readonly rtp: RtpTonePeer;
  /** The INVITE, as received (incoming calls only). */
  readonly invite: SipRequest | undefined;
  /** Status codes of provisional answers, in order (outgoing calls only). */
  readonly provisional: number[] = [];
  /** The latest final answer (outgoing calls only). */
  response: SipResponse | undefined;
  readonly #session: ClientSession | ServerSession;
  readonly #ringing: Milestone;
  readonly #answered: Milestone;
  readonly #ended: Milestone<SessionEnd>;
  #version = 1;
  #remote: DescribedMedia | undefined;

  constructor(session: ClientSession | ServerSession, rtp: RtpTonePeer, timers: Timers) {
    this.#session = session;
    this.rtp = rtp;
    this.invite = session.direction === 'incoming' ? session.invite : undefined;
    this.#ringing = new Milestone(timers, 'ringing');
    this.#answered = new Milestone(timers, 'answered');
    this.#ended = new Milestone(timers, 'ended');
    if (this.invite) this.#learn(this.invite);
    session.handle({
      provisional: (response) => this.#onProvisional(response),
      accepted: (response) => this.#onAccepted(response),
      acknowledged: (ack) => this.#onAcknowledged(ack),
      reoffer: (reoffer) => this.#onReoffer(reoffer),
      ended: (end) => this.#onEnded(end),
    });
  }

  get callId(): string {
    return this.#session.callId;
  }

  get isAnswered(): boolean {
    return this.#answered.isReached;
  }

  /** How it ended; undefined while it has not. */
  get end(): SessionEnd | undefined {
    return this.#ended.value;
  }

  /** What the far side last described: where it listens and in which direction. */
  get remote(): DescribedMedia | undefined {
    return this.#remote;
  }

  untilRinging(timeout = 10_000): Promise<void> {
    return this.#ringing.wait(timeout, () => this.#describe());
  }

  untilAnswered(timeout = 10_000): Promise<void> {
    return this.#answered.wait(timeout, () => this.#describe());
  }

  untilEnded(timeout = 10_000): Promise<SessionEnd> {
    return this.#ended.wait(timeout, () => this.#describe());
  }

  /** 180 on an incoming call. */
  ring(): void {
    if (this.#session.direction === 'incoming') this.#session.provisional(180);
  }

  /** 183 with a description on an incoming call: what it says is heard before it answers. */
  announce(): void {
    if (this.#session.direction !== 'incoming') throw new Error('only an incoming call is announced');
    this.#session.provisional(183, { body: sdpBody(this.#describeMine('sendrecv')) });
  }

  /** 200 on an incoming call. */
  answer(): void {
    if (this.#session.direction !== 'incoming') throw new Error('only an incoming call is answered');
    this.#session.accept(sdpBody(this.#describeMine('sendrecv')));
    if (this.#session.hasOffer) this.#answered.reach();
  }

  /** 300 to 699 on an incoming call. */
  reject(status: number, headers: readonly Header[] = []): void {
    if (this.#session.direction !== 'incoming') throw new Error('only an incoming call is rejected');
    this.#session.reject(status, { headers });
  }

  /** 302: the call shall go there instead. */
  sendTo(uri: string): void {
    this.reject(302, [{ name: 'Contact', value: `<${uri}>` }]);
  }

  /** CANCEL, BYE or 603, whatever fits. */
  hangUp(): void {
    if (this.isAnswered) this.#session.bye();
    else if (this.#session.direction === 'outgoing') this.#session.cancel();
    else this.#session.reject(603);
  }

  /** Resolves when the far side accepted the hold. */
  async hold(form: HoldForm = 'sendonly'): Promise<void> {
    this.rtp.setSending(false);
    const media = this.rtp.described(form === '0.0.0.0' ? 'sendrecv' : form);
    await this.#offer(printPhoneSdp({ ...media, host: form === '0.0.0.0' ? form : media.host }, ++this.#version));
  }

  async resume(): Promise<void> {
    await this.#offer(this.#describeMine('sendrecv'));
    this.rtp.setSending(true);
  }

  /** Any re-INVITE; resolves with the final status. */
  async reoffer(sdp: string): Promise<number> {
    const result = await this.#session.reoffer(sdpBody(sdp));
    return result.accepted ? result.response.status : result.status;
  }

  /** Blind transfer of the far side (RFC 3515). Resolves with the status of the REFER. */
  async refer(target: string): Promise<number> {
    const headers: Header[] = [{ name: 'Refer-To', value: `<${target}>` }];
    return (await this.#session.request('REFER', { headers })).status;
  }

  /** Attended transfer (RFC 5589 §7): the far side shall talk with whoever `consultation` talks with, at `target`. */
  async referTo(target: string, consultation: TestCall): Promise<number> {
    const { callId, localTag, remoteTag } = consultation.#session;
    const replaces = { callId, toTag: remoteTag ?? '', fromTag: localTag, earlyOnly: false };
    return this.refer(withUriReplaces(target, replaces));
  }

  async #offer(sdp: string): Promise<void> {
    const result = await this.#session.reoffer(sdpBody(sdp));
    if (!result.accepted) throw new Error(`the re-INVITE was refused with ${result.status}`);
    this.#learn(result.response);
  }

  #describeMine(direction: Direction): string {
    return printPhoneSdp(this.rtp.described(direction), ++this.#version);
  }

  #onProvisional(response: SipResponse): void {
    this.provisional.push(response.status);
    if (response.status >= 180) this.#ringing.reach();
    this.#learn(response);
  }

  #onAccepted(response: SipResponse): void {
    this.response = response;
    this.#learn(response);
    this.#answered.reach();
  }

  #onAcknowledged(ack: SipRequest): void {
    this.#learn(ack);
    this.#answered.reach();
  }

  #onReoffer(reoffer: Reoffer): void {
    if (reoffer.hasOffer && !this.#canPlay(reoffer.request)) return reoffer.reject(488);
    this.#learn(reoffer.request);
    const wanted = reoffer.hasOffer ? answerTo[this.#remote?.direction ?? 'sendrecv'] : 'sendrecv';
    reoffer.accept(sdpBody(this.#describeMine(wanted)));
  }

  #onEnded(end: SessionEnd): void {
    if (end.response) this.response = end.response;
    this.rtp.close();
    this.#ended.reach(end);
  }

  #canPlay(message: SipMessage): boolean {
    try {
      readPhoneSdp(textOf(message));
      return true;
    } catch {
      return false;
    }
  }

  /** Takes over where the far side listens, when the message says so. */
  #learn(message: SipMessage): void {
    if (message.body.length === 0 || !this.#canPlay(message)) return;
    this.#remote = readPhoneSdp(textOf(message));
    this.rtp.sendTo(this.#remote);
  }

  #describe(): string {
    const end = this.end;
    if (end) return `it ended by ${end.by} (${end.cause}${end.status === undefined ? '' : ` ${end.status}`})`;
    if (this.isAnswered) return 'it is answered';
    return `provisional answers so far: ${this.provisional.join(' ') || 'none'}`;
  }
}

const textOf = (message: SipMessage): string => new TextDecoder().decode(message.body);

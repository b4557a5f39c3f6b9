import { C, type NameAddrHeader } from 'jssip';
import type { IncomingRTCSessionEvent } from 'jssip/lib/UA';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { PhoneSession } from '../../shared/phone/browser-phone.ts';
import { closeMicrophone, openMicrophone } from '../audio/microphone.ts';
import { playRemote, stopRemote } from '../audio/remote-audio.ts';
import { readCallHeaders, wasAnsweredElsewhere, type CallHeaders } from './call-headers.ts';
import { hurryGathering, peerConfiguration, preferALaw } from './peer-connection.ts';

/** How a session came to its end, as far as the person needs to know. */
export type SessionEnd = 'answered-elsewhere' | 'gone-before-answer' | 'ended' | 'media-failed';

export interface SessionEvents {
  changed(): void;
  ended(session: SipSession, how: SessionEnd): void;
}

/** RFC 3323 §4.1.1.3: a caller without a name and number to show; the screen has a word for that. */
const partyTextOf = ({ display_name, uri }: NameAddrHeader): string =>
  uri.host === 'anonymous.invalid' ? '' : display_name || uri.user || '';

/** One call on this browser: an incoming INVITE from the house, which is also how own calls begin. */
export class SipSession {
  readonly callId: string;
  readonly headers: CallHeaders;
  readonly #rtc: RTCSession;
  readonly #events: SessionEvents;
  readonly #partyText: string;
  readonly #startedAt = Date.now();
  #microphone: MediaStream | undefined;
  #answeredAt: number | undefined;
  #state: PhoneSession['state'] = 'ringing';
  #over = false;
  own = false;

  constructor({ session, request }: IncomingRTCSessionEvent, events: SessionEvents) {
    this.headers = readCallHeaders(request);
    this.callId = this.headers.callId ?? session.id;
    this.#partyText = partyTextOf(session.remote_identity);
    this.#rtc = session;
    this.#events = events;
    this.#listen(session);
  }

  get view(): PhoneSession {
    return {
      callId: this.callId,
      state: this.#state,
      own: this.own,
      muted: this.#rtc.isMuted().audio === true,
      partyText: this.#partyText,
      subject: this.headers.subject,
      startedAt: this.#answeredAt ?? this.#startedAt,
    };
  }

  get connection(): RTCPeerConnection | undefined {
    return this.#state === 'connected' ? this.#rtc.connection : undefined;
  }

  /** Throws `MicrophoneProblem`; the call then rings on. */
  async answer(): Promise<void> {
    if (this.#over || this.#state !== 'ringing') return;
    this.#become('answering');
    try {
      const microphone = await openMicrophone();
      if (this.#isOver()) return closeMicrophone(microphone);
      this.#microphone = microphone;
      this.#rtc.answer({ mediaStream: microphone, pcConfig: peerConfiguration });
    } catch (error) {
      if (!this.#isOver()) this.#become('ringing');
      throw error;
    }
  }

  /** 603: this person does not want the call, whatever other phones they have (RFC 3261 §21.6.2). */
  reject(): void {
    if (!this.#over && this.#state === 'ringing') this.#rtc.terminate({ status_code: 603 });
  }

  /** Ends the session in whatever state. */
  hangUp(): void {
    if (!this.#over) this.#rtc.terminate(this.#state === 'ringing' ? { status_code: 480 } : {});
  }

  setMuted(muted: boolean): void {
    if (muted) this.#rtc.mute({ audio: true });
    else this.#rtc.unmute({ audio: true });
    this.#events.changed();
  }

  sendDigit(digit: string): void {
    if (this.#state === 'connected') this.#rtc.sendDTMF(digit, { transportType: C.DTMF_TRANSPORT.RFC2833 });
  }

  #isOver(): boolean {
    return this.#over;
  }

  #become(state: PhoneSession['state']): void {
    this.#state = state;
    this.#events.changed();
  }

  #listen(session: RTCSession): void {
    const hurry = hurryGathering();
    session.on('icecandidate', ({ candidate, ready }) => hurry(candidate, ready));
    session.on('peerconnection', ({ peerconnection }) => {
      preferALaw(peerconnection);
      peerconnection.addEventListener('track', ({ track, streams }) =>
        playRemote(this.callId, streams[0] ?? new MediaStream([track])),
      );
    });
    session.on('accepted', () => {
      this.#answeredAt = Date.now();
      this.#become('connected');
    });
    session.on('failed', ({ originator, message, cause }) => {
      const media = cause === C.causes.WEBRTC_ERROR || cause === C.causes.RTP_TIMEOUT;
      if (media) this.#end('media-failed');
      else if ((originator as string) !== 'remote') this.#end('ended');
      else this.#end(wasAnsweredElsewhere(message) ? 'answered-elsewhere' : 'gone-before-answer');
    });
    session.on('ended', ({ cause }) => this.#end(cause === C.causes.RTP_TIMEOUT ? 'media-failed' : 'ended'));
  }

  #end(how: SessionEnd): void {
    if (this.#over) return;
    this.#over = true;
    stopRemote(this.callId);
    if (this.#microphone !== undefined) closeMicrophone(this.#microphone);
    this.#events.ended(this, how);
  }
}

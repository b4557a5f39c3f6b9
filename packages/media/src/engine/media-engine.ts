/**
 * The boundary between call control and media: plain data in, plain data out. A leg hears exactly one thing at a time.
 * Handles are the caller's own leg ids: unique for ever, storable, so that a restarted server can claim its legs again.
 */
export interface MediaEngine {
  /** An incoming leg: takes the far side's SDP offer and returns our answer. Rejects with `MediaError`. */
  answer(leg: string, kind: LegKind, offerSdp: string, options?: LegOptions): Promise<string>;
  /** An outgoing leg: returns our SDP offer. */
  offer(leg: string, kind: LegKind, options?: LegOptions): Promise<string>;
  /** The far side's answer to our offer; may come again (183, then 200). */
  accept(leg: string, answerSdp: string): Promise<void>;
  /** A re-INVITE of the far side: new offer in, answer out, same ports. Says what the far side now wants to hear and send. */
  renegotiate(leg: string, offerSdp: string): Promise<Renegotiation>;
  /** Our current session description, for a re-INVITE without offer or a session refresh. */
  describe(leg: string): Promise<string>;
  close(leg: string): Promise<void>;

  /**
   * Both hear each other; players on both stop. Codecs that differ are transcoded. Digits are not relayed: they come as
   * events, and call control passes them on with `sendDigits`.
   */
  bridge(left: string, right: string): Promise<void>;
  /** The leg hears nothing (a steady stream of silence) and is heard by nobody. */
  park(leg: string): Promise<void>;
  /** Replaces what the leg hears. Event `playback-ended` unless looping. Does not touch what others hear from the leg. */
  play(leg: string, playbackId: string, files: readonly PlaylistItem[], loop: boolean): Promise<void>;
  stop(leg: string): Promise<void>;
  /** RFC 4733 digits towards the far side. */
  sendDigits(leg: string, digits: string): Promise<void>;
  /**
   * Writes what the far side says as 8 kHz 16-bit WAV to `file`; ends by `stopRecording`, the limits or `close`. What
   * follows the last voice (silence, the busy tone of a dead line) is left out.
   */
  record(leg: string, recordingId: string, file: string, limits: RecordingLimits): Promise<void>;
  stopRecording(leg: string): Promise<void>;

  stats(leg: string): Promise<LegStats>;
  /** Every leg the engine holds. */
  list(): Promise<readonly string[]>;
  /** Returns the way to stop listening. */
  onEvent(listener: (event: MediaEvent) => void): () => void;
}

/** `plain`: RTP/AVP for phones and trunks, or RTP/SAVP when the options ask for it. `browser`: ICE-lite, DTLS-SRTP, rtcp-mux, BUNDLE. */
export type LegKind = 'plain' | 'browser';

export interface LegOptions {
  /** Codecs to offer or accept, best first. Default PCMA, PCMU. */
  readonly codecs?: readonly ('PCMA' | 'PCMU')[];
  /**
   * Where the far side's signalling comes from. A phone behind a router names a private address in its SDP; its media is
   * then taken only from this address. Without it, from the first that sends.
   */
  readonly signallingAddress?: string;
  /** A provider: its description is believed. Anybody else's may name an address that is not theirs. */
  readonly isProvider?: boolean;
  /**
   * Plain legs. `required`: RTP/SAVP with keys in the session description (RFC 4568), which must then travel encrypted; a
   * far side that offers or answers without is refused with 488, and nothing is sent in clear. Default `off`: RTP/AVP.
   */
  readonly srtp?: 'off' | 'required';
  /** With SRTP: our offers say that the encryption ends at the provider (3GPP TS 24.229, `a=3ge2ae`). */
  readonly mediasec?: boolean;
}

export interface RecordingLimits {
  readonly maxMilliseconds: number;
  /** Ends after so long without a voice. Default: never. */
  readonly silentMilliseconds?: number;
}

/** A WAV file (8 kHz mono PCM16) by absolute path, or silence. */
export type PlaylistItem = { readonly file: string } | { readonly silenceMilliseconds: number };

export interface Renegotiation {
  readonly answerSdp: string;
  /** What the far side asked for, read from its offer: `0.0.0.0` counts as `inactive` … RFC 3264 §8.4. */
  readonly remoteDirection: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
}

export interface LegStats {
  readonly packetsIn: number;
  readonly packetsOut: number;
  readonly packetsLost: number;
  /** Interarrival jitter in milliseconds, RFC 3550 §6.4.1. */
  readonly jitterMilliseconds: number;
  readonly codec: string;
  readonly dtlsVerified?: boolean;
}

export type MediaEvent =
  | { readonly kind: 'playback-ended'; readonly leg: string; readonly playbackId: string }
  | { readonly kind: 'digit'; readonly leg: string; readonly digit: string }
  | {
      readonly kind: 'recording-ended';
      readonly leg: string;
      readonly recordingId: string;
      /** Empty when nothing of what was said could be kept. */
      readonly file: string;
      readonly milliseconds: number;
      /** How much of it is voice. */
      readonly voiceMilliseconds: number;
    }
  /** First authenticated media of a browser leg, or first RTP of a plain leg. */
  | { readonly kind: 'connected'; readonly leg: string }
  /** A browser, which always sends, has sent nothing for a moment: its line falters. `recovered`: it is heard again. */
  | { readonly kind: 'faltering' | 'recovered'; readonly leg: string }
  | { readonly kind: 'lost'; readonly leg: string; readonly reason: LossReason };

/**
 * `silent`: a plain leg has sent nothing for a while, and this comes again and again as long as it does; it may be muted
 * or on hold, so ask by signalling. `unreachable`: a browser no longer answers ICE checks. `insecure`: its DTLS handshake
 * or fingerprint failed. `engine`: the media process died.
 */
export type LossReason = 'silent' | 'unreachable' | 'insecure' | 'engine';

/** Why an engine refused; carries the SIP status its caller should send. */
export class MediaError extends Error {
  readonly sipStatus: 400 | 488 | 500 | 503;

  constructor(sipStatus: 400 | 488 | 500 | 503, message: string) {
    super(message);
    this.name = 'MediaError';
    this.sipStatus = sipStatus;
  }
}

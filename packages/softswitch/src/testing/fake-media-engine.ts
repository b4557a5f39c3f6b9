import { TypedEmitter } from '@amtsleitung/base';
import { MediaError } from '@amtsleitung/media';
import type {
  LegKind,
  LegOptions,
  LegStats,
  MediaEngine,
  MediaEvent,
  PlaylistItem,
  Renegotiation,
} from '@amtsleitung/media';

/** What one leg of the fake engine hears and sends right now. */
export interface FakeLeg {
  readonly kind: LegKind;
  readonly side: 'answer' | 'offer';
  readonly options: LegOptions;
  remoteSdp?: string;
  hears:
    'nothing' | { readonly bridge: string } | { readonly playback: string; readonly items: readonly PlaylistItem[] };
  recording?: { readonly id: string; readonly file: string };
  sentDigits: string;
}

/** A key nobody needs to keep secret: 30 octets, base64. */
const exampleKey = 'A'.repeat(40);

const protocolOf = (kind: LegKind, { srtp }: LegOptions): string =>
  kind === 'browser' ? 'UDP/TLS/RTP/SAVPF' : srtp === 'required' ? 'RTP/SAVP' : 'RTP/AVP';

const sessionDescription = (leg: string, kind: LegKind, options: LegOptions): string =>
  [
    'v=0',
    `o=- 1 1 IN IP4 127.0.0.1`,
    `s=-`,
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio 40000 ${protocolOf(kind, options)} 8 0 101`,
    ...(options.mediasec ? ['a=3ge2ae:requested'] : []),
    ...(options.srtp === 'required' ? [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${exampleKey}`] : []),
    'a=rtpmap:8 PCMA/8000',
    `a=mid:${leg.length}`,
    'a=sendrecv',
    '',
  ].join('\r\n');

const directionOf = (sdp: string): Renegotiation['remoteDirection'] => {
  if (/^c=IN IP4 0\.0\.0\.0/m.test(sdp)) return 'inactive';
  const named = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(sdp)?.[1];
  return (named ?? 'sendrecv') as Renegotiation['remoteDirection'];
};

/** A media engine that moves no audio: it keeps what it was told, refuses what a real one refuses, and can be made to fail. */
export class FakeMediaEngine implements MediaEngine {
  readonly legs = new Map<string, FakeLeg>();
  /** Every command in order, e.g. `bridge a b`. */
  readonly commands: string[] = [];
  /** The next call of this name rejects with the error, once. */
  readonly failNext = new Map<keyof MediaEngine, Error>();
  /** While set, every call waits for it first. */
  gate: Promise<void> | undefined;
  /** Called when a leg is closed, before the call settles. */
  onClose: (leg: string) => void = () => {};
  readonly #events = new TypedEmitter<MediaEvent>((error) => {
    throw error;
  });

  async answer(leg: string, kind: LegKind, offerSdp: string, options: LegOptions = {}): Promise<string> {
    await this.#enter('answer', `answer ${leg} ${kind}`);
    requireAudio(offerSdp, options);
    this.legs.set(leg, { kind, side: 'answer', options, remoteSdp: offerSdp, hears: 'nothing', sentDigits: '' });
    return sessionDescription(leg, kind, options);
  }

  async offer(leg: string, kind: LegKind, options: LegOptions = {}): Promise<string> {
    await this.#enter('offer', `offer ${leg} ${kind}`);
    this.legs.set(leg, { kind, side: 'offer', options, hears: 'nothing', sentDigits: '' });
    return sessionDescription(leg, kind, options);
  }

  async accept(leg: string, answerSdp: string): Promise<void> {
    await this.#enter('accept', `accept ${leg}`);
    requireAudio(answerSdp, this.#leg(leg).options);
    this.#leg(leg).remoteSdp = answerSdp;
  }

  async renegotiate(leg: string, offerSdp: string): Promise<Renegotiation> {
    await this.#enter('renegotiate', `renegotiate ${leg}`);
    const held = this.#leg(leg);
    requireAudio(offerSdp, held.options);
    held.remoteSdp = offerSdp;
    return { answerSdp: sessionDescription(leg, held.kind, held.options), remoteDirection: directionOf(offerSdp) };
  }

  async describe(leg: string): Promise<string> {
    await this.#enter('describe', `describe ${leg}`);
    const { kind, options } = this.#leg(leg);
    return sessionDescription(leg, kind, options);
  }

  async close(leg: string): Promise<void> {
    await this.#enter('close', `close ${leg}`);
    this.legs.delete(leg);
    this.onClose(leg);
  }

  async bridge(left: string, right: string): Promise<void> {
    await this.#enter('bridge', `bridge ${left} ${right}`);
    const both = [this.#leg(left), this.#leg(right)] as const;
    both[0].hears = { bridge: right };
    both[1].hears = { bridge: left };
  }

  async park(leg: string): Promise<void> {
    await this.#enter('park', `park ${leg}`);
    this.#leg(leg).hears = 'nothing';
  }

  async play(leg: string, playback: string, items: readonly PlaylistItem[], loop: boolean): Promise<void> {
    await this.#enter('play', `play ${leg} ${playback}${loop ? ' loop' : ''}`);
    this.#leg(leg).hears = { playback, items };
  }

  async stop(leg: string): Promise<void> {
    await this.#enter('stop', `stop ${leg}`);
    this.#leg(leg).hears = 'nothing';
  }

  async sendDigits(leg: string, digits: string): Promise<void> {
    await this.#enter('sendDigits', `sendDigits ${leg} ${digits}`);
    this.#leg(leg).sentDigits += digits;
  }

  async record(leg: string, recordingId: string, file: string): Promise<void> {
    await this.#enter('record', `record ${leg} ${recordingId}`);
    this.#leg(leg).recording = { id: recordingId, file };
  }

  async stopRecording(leg: string): Promise<void> {
    await this.#enter('stopRecording', `stopRecording ${leg}`);
    const { recording } = this.#leg(leg);
    if (!recording) return;
    delete this.#leg(leg).recording;
    const { id: recordingId, file } = recording;
    this.emit({ kind: 'recording-ended', leg, recordingId, file, milliseconds: 1000, voiceMilliseconds: 1000 });
  }

  async stats(leg: string): Promise<LegStats> {
    this.#leg(leg);
    return { packetsIn: 0, packetsOut: 0, packetsLost: 0, jitterMilliseconds: 0, codec: 'PCMA' };
  }

  async list(): Promise<readonly string[]> {
    return [...this.legs.keys()];
  }

  onEvent(listener: (event: MediaEvent) => void): () => void {
    return this.#events.listen(listener);
  }

  /** What the engine would report by itself. */
  emit(event: MediaEvent): void {
    this.#events.emit(event);
  }

  async #enter(name: keyof MediaEngine, command: string): Promise<void> {
    this.commands.push(command);
    await this.gate;
    const failure = this.failNext.get(name);
    if (!failure) return;
    this.failNext.delete(name);
    throw failure;
  }

  #leg(leg: string): FakeLeg {
    const found = this.legs.get(leg);
    if (!found) throw new MediaError(500, `No leg ${leg}.`);
    return found;
  }
}

/** A real engine has nothing to offer for anything but audio, encrypted where that is asked for. */
const requireAudio = (sdp: string, { srtp }: LegOptions): void => {
  if (!/^m=audio [1-9]/m.test(sdp)) throw new MediaError(488, 'No audio.');
  if (srtp === 'required' && !/^m=audio \d+ RTP\/SAVP /m.test(sdp)) throw new MediaError(488, 'No keys.');
};

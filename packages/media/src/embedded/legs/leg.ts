import type { Clock, RandomSource } from '@amtsleitung/base';
import type { Playlist } from '../../audio/playlist.ts';
import { frameSamples } from '../../audio/telephone-audio.ts';
import { transcodeTable, type Codec } from '../../codecs/g711.ts';
import {
  MediaError,
  type LegKind,
  type LegStats,
  type MediaEvent,
  type RecordingLimits,
} from '../../engine/media-engine.ts';
import { newRtpFields, readRtp, type RtpFields } from '../../rtp/rtp-packet.ts';
import { sends } from '../../sdp/direction.ts';
import type { PacketRing } from '../packet-ring.ts';
import { DigitOutput } from './digit-output.ts';
import { FarSideWatch } from './far-side-watch.ts';
import { IncomingStream } from './incoming-stream.ts';
import { LegRecorder } from './leg-recorder.ts';
import type { LegTransport, LegTransportEvents } from './leg-transport.ts';
import type { Agreement, Negotiation } from './negotiation.ts';
import { OutgoingStream } from './outgoing-stream.ts';
import type { Paced } from './pacer.ts';
import { Reporter } from './reporter.ts';

export interface LegContext {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly ring: PacketRing;
  readonly silentMilliseconds: number;
  readonly consentMilliseconds: number;
  readonly canonicalName: string;
  readonly emit: (event: MediaEvent) => void;
}

/** What a leg hears: exactly one thing at a time. */
type Sound =
  | { readonly kind: 'silence' }
  | { readonly kind: 'playlist'; readonly playbackId: string; readonly playlist: Playlist }
  | { readonly kind: 'leg'; readonly speaker: Leg };

const silence: Sound = { kind: 'silence' };
/** A speaker that pauses for longer is made up for with silence. */
const forwardPauseFrames = 5;
const framesPerLook = 25;
const framesPerReport = 250;
/** A prompt waits so long for a far side that is not connected yet. */
const maximumWaitFrames = 250;
const fields = newRtpFields();

/** One far side: a steady stream towards it, and what comes from it. */
export class Leg implements Paced, LegTransportEvents {
  readonly id: string;
  readonly kind: LegKind;
  readonly #context: LegContext;
  readonly #incoming = new IncomingStream();
  readonly #outgoing: OutgoingStream;
  readonly #digits = new DigitOutput();
  readonly #recorder: LegRecorder;
  readonly #farSide: FarSideWatch;
  readonly #reporter: Reporter;
  #transport!: LegTransport;
  #negotiation!: Negotiation;
  #agreement: Agreement | undefined;
  #sound: Sound = silence;
  #listener: Leg | undefined;
  #sinceForwarded = 0;
  #frames = 0;
  #waited = 0;
  #connected = false;
  #verified = false;
  #closed = false;

  constructor(id: string, kind: LegKind, context: LegContext) {
    this.id = id;
    this.kind = kind;
    this.#context = context;
    this.#outgoing = new OutgoingStream(context.random, context.ring, (packet, length) =>
      this.#transport.send(packet, length),
    );
    this.#recorder = new LegRecorder(context.clock, (end) =>
      context.emit({ kind: 'recording-ended', leg: id, ...end }),
    );
    this.#farSide = new FarSideWatch({ leg: id, kind, ...context });
    this.#reporter = new Reporter(context.canonicalName);
  }

  get ssrc(): number {
    return this.#outgoing.ssrc;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get negotiation(): Negotiation {
    return this.#negotiation;
  }

  /** To be called once, before anything else. */
  attach(transport: LegTransport, negotiation: Negotiation): void {
    this.#transport = transport;
    this.#negotiation = negotiation;
  }

  /** A session description has come into force. */
  agree(agreement: Agreement): void {
    this.#agreement = agreement;
    this.#incoming.agree(agreement);
    this.#farSide.restart(this.#context.clock.monotonic());
  }

  // What the leg hears.

  hearLeg(speaker: Leg): void {
    this.#leaveSound();
    this.#sound = { kind: 'leg', speaker };
    speaker.#listener = this;
    this.#sinceForwarded = 0;
    this.#outgoing.startTalk();
  }

  hearPlaylist(playbackId: string, playlist: Playlist): void {
    this.#leaveSound();
    this.#sound = { kind: 'playlist', playbackId, playlist };
    this.#waited = 0;
    this.#outgoing.startTalk();
  }

  hearNothing(): void {
    this.#leaveSound();
    this.#sound = silence;
  }

  stopPlaying(): void {
    if (this.#sound.kind === 'playlist') this.hearNothing();
  }

  /** Nobody hears the leg any more. */
  fallSilent(): void {
    if (this.#listener) this.#listener.hearNothing();
  }

  // What the leg's far side is sent and asked.

  /** Throws `MediaError` 400 for what is no digit, or when too many are waiting. */
  sendDigits(digits: string): void {
    if (!this.#agreement) throw new MediaError(400, 'leg is not answered yet');
    if (!this.#digits.add(digits, this.#agreement.telephoneEvent !== undefined))
      throw new MediaError(400, 'not digits, or too many of them');
  }

  async record(recordingId: string, file: string, limits: RecordingLimits): Promise<void> {
    await this.#recorder.start(recordingId, file, limits);
    if (this.#closed) await this.#recorder.end();
  }

  stopRecording(): Promise<void> {
    return this.#recorder.end();
  }

  stats(): LegStats {
    return {
      packetsIn: this.#incoming.packetsReceived,
      packetsOut: this.#outgoing.packets,
      packetsLost: this.#incoming.packetsLost,
      jitterMilliseconds: this.#incoming.jitterMilliseconds,
      codec: this.#agreement?.codec.name ?? '',
      ...(this.kind === 'browser' ? { dtlsVerified: this.#verified } : {}),
    };
  }

  /** Settles when a running recording is complete. */
  close(): Promise<void> {
    this.#closed = true;
    this.hearNothing();
    this.fallSilent();
    this.#transport.close();
    return this.#recorder.end();
  }

  // LegTransportEvents

  onPacket(packet: Buffer): void {
    if (!readRtp(packet, fields)) return;
    const now = this.#context.clock.monotonic();
    const received = this.#incoming.receive(packet, fields, now);
    this.#farSide.heard(now);
    if (!this.#connected) {
      this.#connected = true;
      this.#context.emit({ kind: 'connected', leg: this.id });
    }
    // Keys are told, not relayed: call control decides who gets them.
    if (received.kind === 'event' && received.digit !== undefined)
      this.#context.emit({ kind: 'digit', leg: this.id, digit: received.digit });
    if (received.kind !== 'audio') return;
    const payload = packet.subarray(fields.payloadStart, fields.payloadEnd);
    this.#recorder.write(payload, received.codec.decodeTable, fields.ssrc, fields.timestamp);
    if (this.#listener) this.#listener.#hearAudio(packet, fields, received.codec);
  }

  onVerified(): void {
    this.#verified = true;
  }

  onInsecure(): void {
    this.#context.emit({ kind: 'lost', leg: this.id, reason: 'insecure' });
  }

  // Paced

  step(): void {
    this.#outgoing.advance(1);
    this.#recorder.check();
    const agreement = this.#agreement;
    if (agreement && !(this.#canSend(agreement) && this.#digits.step(this.#outgoing, agreement)))
      this.#stepSound(agreement);
    this.#frames++;
    if (this.#frames % framesPerLook === 0) this.#watch();
    if (this.#frames % framesPerReport === 0) this.#report();
  }

  skip(frames: number): void {
    this.#outgoing.advance(frames);
  }

  #stepSound(agreement: Agreement): void {
    const sound = this.#sound;
    if (sound.kind === 'playlist') this.#stepPlaylist(sound, agreement);
    else if (sound.kind === 'silence' || ++this.#sinceForwarded > forwardPauseFrames) this.#sendSilence(agreement);
  }

  #stepPlaylist(sound: Sound & { kind: 'playlist' }, agreement: Agreement): void {
    if (!this.#transport.ready && ++this.#waited < maximumWaitFrames) return;
    const { playlist, playbackId } = sound;
    const fill = (packet: Buffer, offset: number): void => playlist.read(agreement.codec, packet, offset, frameSamples);
    if (this.#canSend(agreement)) this.#outgoing.sendFrame(agreement.payloadType, fill);
    else fill(this.#context.ring.take(), 0);
    if (!playlist.ended) return;
    this.#sound = silence;
    this.#context.emit({ kind: 'playback-ended', leg: this.id, playbackId });
  }

  #sendSilence(agreement: Agreement): void {
    if (!this.#canSend(agreement)) return;
    this.#outgoing.sendFrame(agreement.payloadType, (packet, offset) => {
      packet.fill(agreement.codec.silence, offset, offset + frameSamples);
    });
  }

  #hearAudio(packet: Buffer, source: RtpFields, codec: Codec): void {
    const agreement = this.#agreement;
    if (!agreement || !this.#canSend(agreement) || this.#digits.busy) return;
    const table = transcodeTable(codec, agreement.codec);
    if (this.#outgoing.forward(packet, source, agreement.payloadType, table)) this.#sinceForwarded = 0;
  }

  #canSend(agreement: Agreement): boolean {
    return agreement.wanted && this.#transport.ready;
  }

  #leaveSound(): void {
    if (this.#sound.kind === 'leg' && this.#sound.speaker.#listener === this) this.#sound.speaker.#listener = undefined;
  }

  #watch(): void {
    if (!this.#agreement) return;
    const { lastSign } = this.#transport;
    this.#farSide.look(this.#context.clock.monotonic(), lastSign, sends(this.#agreement.remote.direction));
  }

  #report(): void {
    if (!this.#transport.ready) return;
    const report = this.#reporter.print(this.#outgoing, this.#incoming.report(), this.#context.clock.now());
    const packet = this.#context.ring.take();
    report.copy(packet);
    this.#transport.sendControl(packet, report.length);
  }
}

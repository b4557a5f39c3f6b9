import { isAbsolute } from 'node:path';
import { newToken, type Clock, type Logger, type RandomSource, type Timers } from '@amtsleitung/base';
import { Playlist } from '../audio/playlist.ts';
import type { CodecName } from '../codecs/g711.ts';
import {
  MediaError,
  type LegKind,
  type LegOptions,
  type LegStats,
  type MediaEvent,
  type PlaylistItem,
  type RecordingLimits,
  type Renegotiation,
} from '../engine/media-engine.ts';
import type { AudioProfile } from '../sdp/remote-audio.ts';
import { isIpv6 } from '../sdp/media-address.ts';
import { SdpError } from '../sdp/sdp-error.ts';
import type { BrowserPort } from './browser/browser-port.ts';
import { BrowserTransport } from './browser/browser-transport.ts';
import type { DtlsCertificate } from './browser/dtls-certificate.ts';
import type { AddressPair, MediaSettings } from './engine-options.ts';
import { ClipCache } from './legs/clip-cache.ts';
import { Leg } from './legs/leg.ts';
import { loadPlaylist } from './legs/load-playlist.ts';
import { Negotiation, readProposal, type NegotiationOptions, type Proposal } from './legs/negotiation.ts';
import { Pacer } from './legs/pacer.ts';
import { PacketRing } from './packet-ring.ts';
import { PlainTransport } from './plain/plain-transport.ts';
import { PortPool } from './plain/port-pool.ts';
import { SdesExchange } from './plain/sdes-exchange.ts';

export interface MediaHostOptions {
  readonly settings: MediaSettings;
  readonly browserPort: BrowserPort;
  readonly certificate: DtlsCertificate;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  readonly emit: (event: MediaEvent) => void;
}

interface Held {
  readonly leg: Leg;
  readonly transport: PlainTransport | BrowserTransport;
  /** Plain legs with SRTP. */
  readonly sdes?: SdesExchange;
}

const defaultCodecs: readonly CodecName[] = ['PCMA', 'PCMU'];
/** Sending so late on average means that nobody would enjoy one more call. */
const overloadMilliseconds = 60;

/** The legs of the media process and what is done with them: the engine's commands without the way there. */
export class MediaHost {
  readonly #options: MediaHostOptions;
  readonly #legs = new Map<string, Held>();
  /** Legs whose sockets are being opened. */
  readonly #opening = new Set<string>();
  readonly #clips = new ClipCache();
  readonly #ring = new PacketRing();
  readonly #ports: PortPool;
  readonly #pacer: Pacer;
  readonly #canonicalName: string;
  readonly #onError: (error: unknown) => void;

  constructor(options: MediaHostOptions) {
    const { settings, clock, timers, random, logger } = options;
    this.#options = options;
    this.#ports = new PortPool(settings.plainPortRange, clock, random);
    this.#onError = (error) => logger.error('a leg failed', { error: String(error) });
    this.#pacer = new Pacer(clock, timers, this.#onError);
    this.#canonicalName = newToken(random, 16);
  }

  async answer(id: string, kind: LegKind, offerSdp: string, options: LegOptions): Promise<string> {
    const profile = profileOf(kind, options);
    const proposal = refusing(() => readProposal(offerSdp, profile, options.codecs ?? defaultCodecs));
    const held = await this.#open(id, kind, options, proposal.remote.address);
    try {
      return this.#answer(held, proposal);
    } catch (error) {
      await this.close(id);
      throw error;
    }
  }

  async offer(id: string, kind: LegKind, options: LegOptions): Promise<string> {
    const { leg } = await this.#open(id, kind, options, options.signallingAddress);
    return leg.negotiation.offer();
  }

  accept(id: string, answerSdp: string): void {
    const held = this.#held(id);
    const proposal = refusing(() => held.leg.negotiation.readAnswer(answerSdp));
    this.#setRemote(held, proposal, 'answer');
    refusing(() => held.leg.negotiation.accept(proposal));
    this.#agree(held);
  }

  renegotiate(id: string, offerSdp: string): Renegotiation {
    const held = this.#held(id);
    const proposal = refusing(() => held.leg.negotiation.read(offerSdp));
    const answerSdp = this.#answer(held, proposal);
    return { answerSdp, remoteDirection: proposal.remote.direction };
  }

  describe(id: string): string {
    return this.#held(id).leg.negotiation.offer();
  }

  async close(id: string): Promise<void> {
    this.#opening.delete(id);
    const held = this.#legs.get(id);
    if (!held) return;
    this.#legs.delete(id);
    this.#pacer.remove(held.leg);
    await held.leg.close();
  }

  bridge(left: string, right: string): void {
    if (left === right) throw new MediaError(400, 'a leg cannot be bridged with itself');
    const [one, other] = [this.#held(left), this.#held(right)];
    one.leg.fallSilent();
    other.leg.fallSilent();
    one.leg.hearLeg(other.leg);
    other.leg.hearLeg(one.leg);
  }

  park(id: string): void {
    const { leg } = this.#held(id);
    leg.hearNothing();
    leg.fallSilent();
  }

  async play(id: string, playbackId: string, items: readonly PlaylistItem[], loop: boolean): Promise<void> {
    const held = this.#held(id);
    const entries = await loadPlaylist(items, this.#clips, this.#options.logger);
    if (held.leg.closed) return;
    held.leg.hearPlaylist(playbackId, new Playlist(entries, loop));
  }

  stop(id: string): void {
    this.#legs.get(id)?.leg.stopPlaying();
  }

  sendDigits(id: string, digits: string): void {
    this.#held(id).leg.sendDigits(digits);
  }

  async record(id: string, recordingId: string, file: string, limits: RecordingLimits): Promise<void> {
    if (!isAbsolute(file)) throw new MediaError(400, 'recordings need an absolute path');
    await this.#held(id).leg.record(recordingId, file, limits);
  }

  async stopRecording(id: string): Promise<void> {
    await this.#legs.get(id)?.leg.stopRecording();
  }

  stats(id: string): LegStats {
    return this.#held(id).leg.stats();
  }

  list(): readonly string[] {
    return [...this.#legs.keys()];
  }

  has(id: string): boolean {
    return this.#legs.has(id);
  }

  get size(): number {
    return this.#legs.size + this.#opening.size;
  }

  /** Everything ends; settles when all recordings are complete. */
  async closeAll(): Promise<void> {
    await Promise.all(this.list().map((id) => this.close(id)));
  }

  #held(id: string): Held {
    const held = this.#legs.get(id);
    if (!held) throw new MediaError(400, 'no such leg');
    return held;
  }

  #answer(held: Held, proposal: Proposal): string {
    this.#setRemote(held, proposal, 'offer');
    const answer = refusing(() => held.leg.negotiation.answer(proposal));
    this.#agree(held);
    return answer;
  }

  /** What was negotiated is in force. */
  #agree({ leg, transport, sdes }: Held): void {
    if (sdes?.agreement && transport instanceof PlainTransport) transport.setKeys(sdes.agreement);
    leg.agree(leg.negotiation.agreement!);
  }

  #setRemote({ transport }: Held, { remote }: Proposal, role: 'offer' | 'answer'): void {
    if (transport instanceof PlainTransport) {
      if (!transport.speaks(remote.address)) throw new MediaError(488, 'media address of another IP version');
      // `0.0.0.0` is a wish for silence, not an address.
      if (remote.address !== '0.0.0.0' && remote.address !== '::') transport.setRemote(remote);
    } else if (!transport.setRemote(remote.secure!, role)) {
      throw new MediaError(488, 'the certificate must not change during a call');
    }
  }

  async #open(id: string, kind: LegKind, options: LegOptions, farAddress: string | undefined): Promise<Held> {
    this.#admit(id);
    this.#opening.add(id);
    try {
      const { clock, random, settings, emit } = this.#options;
      const leg = new Leg(id, kind, {
        clock,
        random,
        ring: this.#ring,
        silentMilliseconds: settings.silentMilliseconds,
        consentMilliseconds: settings.consentMilliseconds,
        canonicalName: this.#canonicalName,
        emit,
      });
      const place = this.#placeFor(kind, farAddress);
      const transport = await this.#openTransport(leg, options, place);
      const sdes = profileOf(kind, options) === 'srtp' ? new SdesExchange(random) : undefined;
      const held: Held = { leg, transport, ...(sdes ? { sdes } : {}) };
      leg.attach(transport, new Negotiation(this.#negotiation(held, options, place)));
      if (!this.#opening.has(id)) {
        transport.close();
        throw new MediaError(400, 'leg was closed');
      }
      this.#legs.set(id, held);
      this.#pacer.add(leg);
      return held;
    } finally {
      this.#opening.delete(id);
    }
  }

  #admit(id: string): void {
    if (id === '' || this.#legs.has(id) || this.#opening.has(id)) throw new MediaError(400, 'leg exists already');
    if (this.#legs.size + this.#opening.size >= this.#options.settings.maximumLegs)
      throw new MediaError(503, 'too many legs');
    if (this.#pacer.lateness > overloadMilliseconds) throw new MediaError(503, 'media process is overloaded');
  }

  /** Browsers find their way by ICE; a plain leg has one address, of the far side's IP version. */
  #placeFor(kind: LegKind, farAddress: string | undefined): AddressPair {
    const { bindAddress, publicAddresses, second } = this.#options.settings;
    if (kind === 'browser')
      return { bindAddress, publicAddresses: [...publicAddresses, ...(second?.publicAddresses ?? [])] };
    const isSecond = farAddress !== undefined && isIpv6(farAddress);
    return second && isSecond ? second : { bindAddress, publicAddresses };
  }

  async #openTransport(leg: Leg, options: LegOptions, place: AddressPair): Promise<PlainTransport | BrowserTransport> {
    const { browserPort: port, certificate, clock, timers, random } = this.#options;
    if (leg.kind === 'browser') return new BrowserTransport({ port, certificate, clock, timers, random, events: leg });
    const transport = await PlainTransport.open({
      bindAddress: place.bindAddress,
      ports: this.#ports,
      clock,
      farSide: options,
      encrypted: profileOf(leg.kind, options) === 'srtp',
      events: leg,
      onError: this.#onError,
    });
    if (!transport) throw new MediaError(503, 'no free media port');
    return transport;
  }

  #negotiation({ leg, transport, sdes }: Held, options: LegOptions, place: AddressPair): NegotiationOptions {
    const { random, browserPort } = this.#options;
    const browser = transport instanceof BrowserTransport ? transport : undefined;
    return {
      profile: profileOf(leg.kind, options),
      ...(sdes ? { sdes, accessEdge: options.mediasec === true } : {}),
      codecs: options.codecs ?? defaultCodecs,
      addresses: place.publicAddresses,
      port: transport instanceof PlainTransport ? transport.port : browserPort.port,
      sessionId: String(Buffer.from(random.bytes(4)).readUInt32BE(0)),
      secure:
        browser &&
        ((mid) => ({
          mid,
          ...browser.local,
          fingerprint: browser.fingerprint,
          ssrc: leg.ssrc,
          canonicalName: this.#canonicalName,
        })),
    };
  }
}

const profileOf = (kind: LegKind, { srtp }: LegOptions): AudioProfile =>
  kind === 'plain' && srtp === 'required' ? 'srtp' : kind;

/** What SDP refuses, the engine refuses. */
function refusing<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof SdpError) throw new MediaError(error.sipStatus, error.message);
    throw error;
  }
}

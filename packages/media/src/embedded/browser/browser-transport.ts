import type { Clock, RandomSource, Timers } from '@amtsleitung/base';
import { isRtcp } from '../../rtp/rtp-packet.ts';
import type { Fingerprint, SecureTransport } from '../../sdp/secure-transport.ts';
import type { LegTransport, LegTransportEvents } from '../legs/leg-transport.ts';
import { SrtpReceiver } from '../srtp/srtp-receiver.ts';
import { SrtpSender } from '../srtp/srtp-sender.ts';
import type { BrowserEndpoint, BrowserPort } from './browser-port.ts';
import type { DtlsCertificate } from './dtls-certificate.ts';
import { DtlsHandshake } from './dtls-handshake.ts';
import { IceLiteAgent, newIceCredentials, type IceCredentials } from './ice-lite-agent.ts';
import { printBindingSuccess, type StunMessage } from './stun-message.ts';

export interface BrowserTransportOptions {
  readonly port: BrowserPort;
  readonly certificate: DtlsCertificate;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly events: LegTransportEvents;
}

/** ICE-lite, DTLS and SRTP of one browser. No media flows in either direction before the certificate is verified. */
export class BrowserTransport implements LegTransport, BrowserEndpoint {
  readonly #options: BrowserTransportOptions;
  readonly #ice: IceLiteAgent;
  #fingerprints: readonly Fingerprint[] = [];
  #handshake: DtlsHandshake | undefined;
  #sender: SrtpSender | undefined;
  #receiver: SrtpReceiver | undefined;
  #lastSign: number | undefined;
  #closed = false;

  constructor(options: BrowserTransportOptions) {
    this.#options = options;
    this.#ice = new IceLiteAgent(newIceCredentials(options.random));
    options.port.register(this, this.#ice.ufrags);
  }

  get local(): IceCredentials {
    return this.#ice.local;
  }

  get fingerprint(): string {
    return this.#options.certificate.fingerprint;
  }

  get ready(): boolean {
    return this.#sender !== undefined && this.#ice.selected !== undefined;
  }

  get verified(): boolean {
    return this.#sender !== undefined;
  }

  get lastSign(): number | undefined {
    return this.#lastSign;
  }

  /**
   * Takes the far side's part of an offer or answer. New ICE credentials of an offer mean a restart (RFC 8839 §4.4.1.1.1);
   * false when the certificate would change in the middle of a call, which we refuse.
   */
  setRemote(remote: SecureTransport, role: 'offer' | 'answer'): boolean {
    if (this.#fingerprints.length > 0 && !sameFingerprints(this.#fingerprints, remote.fingerprints)) return false;
    this.#fingerprints = remote.fingerprints;
    const known = this.#ice.remoteUfrag;
    if (known !== undefined && known !== remote.ufrag && role === 'offer')
      this.#ice.restart(newIceCredentials(this.#options.random), remote.ufrag);
    else this.#ice.setRemote(remote.ufrag);
    this.#options.port.register(this, this.#ice.ufrags);
    this.#startHandshake();
    return true;
  }

  onCheck(message: StunMessage, address: string, port: number): boolean {
    const password = this.#ice.check(message, { address, port });
    if (password === undefined) return false;
    this.#lastSign = this.#options.clock.monotonic();
    const answer = printBindingSuccess(message, address, port, password);
    this.#options.port.send(answer, answer.length, address, port);
    this.#startHandshake();
    return true;
  }

  /** RFC 7983 §7: the first byte tells DTLS from media. */
  onDatagram(datagram: Buffer): void {
    const first = datagram[0]!;
    if (first >= 20 && first <= 63) this.#handshake?.receive(datagram);
    else if (first >= 128 && first <= 191 && this.#receiver) this.#receiveMedia(datagram, this.#receiver);
  }

  send(packet: Buffer, length: number): void {
    if (!this.#sender) return;
    this.#transmit(packet, this.#sender.protect(packet, length));
  }

  sendControl(packet: Buffer, length: number): void {
    if (!this.#sender) return;
    this.#transmit(packet, this.#sender.protectControl(packet, length));
  }

  close(): void {
    this.#closed = true;
    this.#handshake?.close();
    this.#options.port.unregister(this);
  }

  #receiveMedia(datagram: Buffer, receiver: SrtpReceiver): void {
    const packet = isRtcp(datagram) ? receiver.unprotectControl(datagram) : receiver.unprotect(datagram);
    if (!packet) return;
    this.#lastSign = this.#options.clock.monotonic();
    if (!isRtcp(packet)) this.#options.events.onPacket(packet);
  }

  #transmit(packet: Buffer, length: number): void {
    const selected = this.#ice.selected;
    if (selected) this.#options.port.send(packet, length, selected.address, selected.port);
  }

  /** Needs both: somebody who knows our ICE password, and the fingerprint to hold against the certificate. */
  #startHandshake(): void {
    if (this.#handshake || this.#closed || !this.#ice.selected || this.#fingerprints.length === 0) return;
    this.#handshake = new DtlsHandshake({
      certificate: this.#options.certificate,
      fingerprints: this.#fingerprints,
      timers: this.#options.timers,
      send: (datagram) => this.#transmit(datagram, datagram.length),
      onVerified: (keys) => {
        this.#sender = new SrtpSender(keys.local);
        this.#receiver = new SrtpReceiver(keys.remote);
        this.#options.events.onVerified();
      },
      onFailed: (reason) => this.#options.events.onInsecure(reason),
    });
    this.#handshake.start();
  }
}

function sameFingerprints(left: readonly Fingerprint[], right: readonly Fingerprint[]): boolean {
  const text = (list: readonly Fingerprint[]): string =>
    list
      .map(({ algorithm, digest }) => `${algorithm} ${digest}`)
      .sort()
      .join();
  return text(left) === text(right);
}

import { DtlsClient } from 'werift';
import type { Timer, Timers } from '@amtsleitung/base';
import type { Fingerprint } from '../../sdp/secure-transport.ts';
import type { MasterKey } from '../srtp/srtp-keys.ts';
import type { DtlsCertificate } from './dtls-certificate.ts';
import { certificateOf, isFinishedRight, isKeyExchangeSigned, matchesFingerprint } from './dtls-proof.ts';

/** RFC 5764 §4.1.2: SRTP_AES128_CM_HMAC_SHA1_80. */
const srtpProfile = 1;
const keyLength = 16;
const saltLength = 14;
const patienceMilliseconds = 20_000;
/** A handshake takes about ten datagrams; ten times that is repetition or nonsense. */
const maximumDatagrams = 200;
const maximumDatagramLength = 16_384;

/** RFC 5246 §7.4, RFC 6347 §4.3.2. */
const message = { serverHello: 2, helloVerifyRequest: 3, certificate: 11, keyExchange: 12, done: 14, finished: 20 };

type Handshakes = Parameters<DtlsClient['onHandleHandshakes']>[0];
type Handshake = Handshakes[number];

export interface DtlsHandshakeOptions {
  readonly certificate: DtlsCertificate;
  /** What the far side's session description announced. */
  readonly fingerprints: readonly Fingerprint[];
  readonly timers: Timers;
  readonly send: (datagram: Buffer) => void;
  readonly onVerified: (keys: { readonly local: MasterKey; readonly remote: MasterKey }) => void;
  /** The far side is not who it should be, or could not agree with us. */
  readonly onFailed: (reason: string) => void;
}

/** The client side of a DTLS-SRTP handshake (RFC 5764): keys come out only when every proof is right. */
export class DtlsHandshake {
  readonly #options: DtlsHandshakeOptions;
  readonly #client: DtlsClient;
  readonly #transport;
  readonly #seen = new Map<number, Buffer>();
  #state: 'waiting' | 'running' | 'ended' = 'waiting';
  #datagrams = 0;
  #patience: Timer | undefined;

  constructor(options: DtlsHandshakeOptions) {
    this.#options = options;
    this.#transport = this.#newTransport();
    const { certificatePem, keyPem, signatureHash } = options.certificate;
    this.#client = new DtlsClient({
      cert: certificatePem,
      key: keyPem,
      signatureHash,
      transport: this.#transport,
      srtpProfiles: [srtpProfile],
      extendedMasterSecret: true,
    });
    const follow = this.#client.onHandleHandshakes;
    this.#client.onHandleHandshakes = async (handshakes) => {
      const genuine = handshakes.filter((handshake) => this.#admit(handshake));
      if (genuine.length > 0 && this.#state === 'running') await follow(genuine);
    };
    this.#client.onConnect.subscribe(() => this.#finish());
    this.#client.onError.subscribe((error) => this.#fail(String(error)));
  }

  /** Sends the first message. Does nothing the second time. */
  start(): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'running';
    this.#patience = this.#options.timers.after(patienceMilliseconds, () => this.#fail('no answer in time'));
    this.#client.connect().catch((error: unknown) => this.#fail(String(error)));
  }

  receive(datagram: Buffer): void {
    if (this.#state !== 'running' || datagram.length > maximumDatagramLength) return;
    if (++this.#datagrams > maximumDatagrams) return;
    try {
      this.#transport.onData(datagram);
    } catch {
      // A datagram the library cannot read is noise: anybody can send one.
    }
  }

  close(): void {
    this.#state = 'ended';
    this.#patience?.cancel();
  }

  #newTransport() {
    return {
      type: 'udp',
      closed: false,
      address: { address: '0.0.0.0', port: 0, family: 'IPv4' },
      // Replaced by the library.
      onData: (() => {}) as (datagram: Buffer) => void,
      send: async (datagram: Buffer): Promise<void> => {
        if (this.#state === 'running') this.#options.send(datagram);
      },
      close: async (): Promise<void> => {},
    };
  }

  /**
   * Lets each message through once, as it first came, so that what is proved at the end is what was used. Only the last
   * of a flight may come again: it makes the library repeat its own.
   */
  #admit(handshake: Handshake): boolean {
    const kind = handshake.msg_type as number;
    if (kind === message.helloVerifyRequest) return !this.#seen.has(message.serverHello);
    if (kind === message.finished) return this.#isProven(handshake.fragment);
    const before = this.#seen.get(kind);
    if (before) return kind === message.done && before.equals(handshake.fragment);
    this.#seen.set(kind, Buffer.from(handshake.fragment));
    return true;
  }

  #isProven(finished: Buffer): boolean {
    const masterSecret = this.#client.cipher.masterSecret as Buffer | undefined;
    const body = this.#seen.get(message.certificate);
    const keyExchange = this.#seen.get(message.keyExchange);
    const certificate = body && certificateOf(body);
    if (!masterSecret || !certificate || !keyExchange) return false;
    if (!isFinishedRight(finished, masterSecret, this.#transcript())) return false;
    const { localRandom, remoteRandom } = this.#client.cipher;
    const randoms = Buffer.concat([localRandom.serialize(), remoteRandom.serialize()]);
    if (!matchesFingerprint(certificate, this.#options.fingerprints)) this.#fail('fingerprint does not match');
    else if (!isKeyExchangeSigned(keyExchange, certificate, randoms)) this.#fail('key exchange is not signed');
    else if (this.#client.srtp.srtpProfile !== srtpProfile) this.#fail('no common SRTP profile');
    return this.#state === 'running';
  }

  #transcript(): Buffer {
    return Buffer.concat(this.#client.dtls.sortedHandshakeCache.map((handshake) => handshake.serialize()));
  }

  #finish(): void {
    if (this.#state !== 'running') return;
    const { localKey, localSalt, remoteKey, remoteSalt } = this.#client.extractSessionKeys(keyLength, saltLength);
    this.close();
    this.#options.onVerified({
      local: { key: Buffer.from(localKey), salt: Buffer.from(localSalt) },
      remote: { key: Buffer.from(remoteKey), salt: Buffer.from(remoteSalt) },
    });
  }

  #fail(reason: string): void {
    if (this.#state === 'ended') return;
    this.close();
    this.#options.onFailed(reason);
  }
}

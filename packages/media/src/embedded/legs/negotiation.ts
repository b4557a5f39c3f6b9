import type { CryptoLine } from '../../sdp/crypto-attribute.ts';
import { codecOf, type Codec, type CodecName } from '../../codecs/g711.ts';
import { mirrored, receives, type Direction } from '../../sdp/direction.ts';
import { audioAnswer, audioOffer, type LocalAudio, type LocalSecureTransport } from '../../sdp/local-audio.ts';
import { parseSessionDescription } from '../../sdp/parse-session-description.ts';
import { printSessionDescription } from '../../sdp/print-session-description.ts';
import { readRemoteAudio, type AudioProfile, type RemoteAudio } from '../../sdp/remote-audio.ts';
import { SdpError } from '../../sdp/sdp-error.ts';
import type { MediaSection, SessionDescription } from '../../sdp/session-description.ts';
import type { SdesExchange } from '../plain/sdes-exchange.ts';

export interface NegotiationOptions {
  readonly profile: AudioProfile;
  readonly codecs: readonly CodecName[];
  readonly addresses: readonly string[];
  readonly port: number;
  readonly sessionId: string;
  /** Asked for at every description: an ICE restart changes it. */
  readonly secure?: (mid: string) => LocalSecureTransport;
  /** Profile `srtp`: the leg's keys. */
  readonly sdes?: SdesExchange;
  /** Our offers ask for encryption up to the provider's edge. */
  readonly accessEdge?: boolean;
}

/** A description that was read and found usable, not yet in force. */
export interface Proposal {
  readonly description: SessionDescription;
  readonly remote: RemoteAudio;
}

const ourTelephoneEvent = 101;
const ourMid = '0';
const ownProtocols: Readonly<Record<AudioProfile, string>> = {
  plain: 'RTP/AVP',
  srtp: 'RTP/SAVP',
  browser: 'UDP/TLS/RTP/SAVPF',
};

/** What both sides agreed on, as the packets need it. */
export interface Agreement {
  readonly codec: Codec;
  readonly payloadType: number;
  readonly telephoneEvent: number | undefined;
  /** Whether the far side wants to hear. */
  readonly wanted: boolean;
  readonly remote: RemoteAudio;
}

/** Offer and answer of one leg, RFC 3264. A description that is refused leaves everything as it was. */
export class Negotiation {
  readonly #options: NegotiationOptions;
  #agreement: Agreement | undefined;
  /** The far side's media lines as first offered: none may disappear later. RFC 3264 §8. */
  #layout: { readonly sections: readonly MediaSection[]; readonly remote: RemoteAudio } | undefined;
  #protocol: string;
  #mid = ourMid;
  #version = 0;
  #printed = '';

  constructor(options: NegotiationOptions) {
    this.#options = options;
    this.#protocol = ownProtocols[options.profile];
  }

  get agreement(): Agreement | undefined {
    return this.#agreement;
  }

  /** Reads the far side's description. Throws `SdpError`. */
  read(sdp: string): Proposal {
    return readProposal(sdp, this.#options.profile, this.#options.codecs);
  }

  /** Reads the far side's answer to our offer. Throws `SdpError`. */
  readAnswer(sdp: string): Proposal {
    const proposal = this.read(sdp);
    this.#options.sdes?.check(proposal.remote.crypto ?? []);
    return proposal;
  }

  /** Our answer to an offer; from now on it is in force. */
  answer(proposal: Proposal): string {
    const { remote, description } = proposal;
    this.#protocol = remote.protocol;
    this.#mid = remote.secure?.mid ?? ourMid;
    this.#layout = { sections: description.media, remote };
    const agreement = this.#agree(remote);
    const crypto = this.#options.sdes && [this.#options.sdes.answer(remote.crypto ?? [])];
    const local = this.#local([agreement], remote.telephoneEvent, mirrored(remote.direction), crypto);
    return this.#print((version) => audioAnswer({ ...local, version }, description, remote));
  }

  /** Our description as an offer: everything we can do, on the lines there are. */
  offer(): string {
    const formats = this.#options.codecs.map((name) => {
      const { payloadType } = codecOf(name);
      return { payloadType, codec: codecOf(name) };
    });
    const layout = this.#layout;
    const events = this.#agreement ? this.#agreement.telephoneEvent : ourTelephoneEvent;
    const { sdes, accessEdge = false } = this.#options;
    const local = { ...this.#local(formats, events, 'sendrecv', sdes?.offer()), accessEdge };
    return this.#print((version) =>
      layout
        ? audioAnswer({ ...local, version }, { ...emptySession, media: layout.sections }, layout.remote)
        : audioOffer({ ...local, version }),
    );
  }

  /** The far side's answer to our offer is in force. */
  accept({ remote }: Proposal): void {
    this.#agree(remote);
    this.#options.sdes?.accept(remote.crypto ?? []);
  }

  #agree(remote: RemoteAudio): Agreement {
    const { codec, payloadType } = this.#choose(remote);
    this.#agreement = {
      codec,
      payloadType,
      telephoneEvent: remote.telephoneEvent,
      wanted: receives(remote.direction),
      remote,
    };
    return this.#agreement;
  }

  /** What is spoken already goes on; else our order of preference decides. */
  #choose(remote: RemoteAudio): { readonly codec: Codec; readonly payloadType: number } {
    const current = this.#agreement?.codec.name;
    const wishes = current ? [current, ...this.#options.codecs] : this.#options.codecs;
    for (const name of wishes) {
      const format = remote.formats.find(({ codec }) => codec === name);
      if (format) return { codec: codecOf(name), payloadType: format.payloadType };
    }
    throw new SdpError(488, 'no common codec');
  }

  #local(
    formats: readonly { readonly codec: Codec; readonly payloadType: number }[],
    telephoneEvent: number | undefined,
    direction: Direction,
    crypto: readonly CryptoLine[] | undefined,
  ): Omit<LocalAudio, 'version'> {
    const { addresses, port, sessionId, secure } = this.#options;
    return {
      sessionId,
      addresses,
      port,
      protocol: this.#protocol,
      formats: formats.map(({ codec, payloadType }) => ({ codec: codec.name, payloadType })),
      telephoneEvent,
      direction,
      secure: secure?.(this.#mid),
      ...(crypto ? { crypto } : {}),
    };
  }

  /** RFC 3264 §8: the version grows by one exactly when something changed. */
  #print(build: (version: number) => SessionDescription): string {
    const same = printSessionDescription(build(this.#version));
    if (same === this.#printed) return same;
    this.#version++;
    this.#printed = printSessionDescription(build(this.#version));
    return this.#printed;
  }
}

const emptySession: SessionDescription = {
  origin: { username: '-', sessionId: '0', version: '0', address: '0.0.0.0' },
  attributes: [],
  media: [],
};

/** Reads a description and checks that a codec is common to both sides. Throws `SdpError`. */
export function readProposal(sdp: string, profile: AudioProfile, codecs: readonly CodecName[]): Proposal {
  const description = parseSessionDescription(sdp);
  const remote = readRemoteAudio(description, profile);
  if (!remote.formats.some(({ codec }) => codecs.includes(codec))) throw new SdpError(488, 'no common codec');
  return { description, remote };
}

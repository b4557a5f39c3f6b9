import { printCryptoAttribute, type CryptoLine } from './crypto-attribute.ts';
import type { Direction } from './direction.ts';
import type { AudioFormat, RemoteAudio } from './remote-audio.ts';
import type { Attribute, MediaSection, SessionDescription } from './session-description.ts';

/** Our side of the audio line. */
export interface LocalAudio {
  readonly sessionId: string;
  readonly version: number;
  /** The first is shown in c=; browsers get a candidate for each. */
  readonly addresses: readonly string[];
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly AudioFormat[];
  readonly telephoneEvent?: number;
  readonly direction: Direction;
  readonly secure?: LocalSecureTransport;
  /** Our keys: all suites in an offer, the chosen one in an answer. */
  readonly crypto?: readonly CryptoLine[];
  /** 3GPP TS 24.229 §7.5.2: encryption between us and the provider's edge is asked for. */
  readonly accessEdge?: boolean;
}

export interface LocalSecureTransport {
  readonly mid: string;
  readonly ufrag: string;
  readonly password: string;
  /** As the attribute's value: `sha-256 AB:CD…`. */
  readonly fingerprint: string;
  readonly ssrc: number;
  readonly canonicalName: string;
}

/** Our offer: one audio line. */
export function audioOffer(local: LocalAudio): SessionDescription {
  return session(local, [audioSection(local)]);
}

/** Our answer: the chosen line, every other one refused with port 0. RFC 3264 §6. */
export function audioAnswer(local: LocalAudio, offer: SessionDescription, chosen: RemoteAudio): SessionDescription {
  return session(
    local,
    offer.media.map((section, index) => (index === chosen.section ? audioSection(local) : refused(section))),
  );
}

function session(local: LocalAudio, media: readonly MediaSection[]): SessionDescription {
  return {
    origin: {
      username: '-',
      sessionId: local.sessionId,
      version: String(local.version),
      address: local.addresses[0]!,
    },
    connection: local.addresses[0]!,
    attributes: local.secure ? [{ name: 'ice-lite' }, { name: 'group', value: `BUNDLE ${local.secure.mid}` }] : [],
    media,
  };
}

const refused = (section: MediaSection): MediaSection => ({
  kind: section.kind,
  port: 0,
  protocol: section.protocol,
  formats: section.formats,
  attributes: [],
});

function audioSection(local: LocalAudio): MediaSection {
  const events = local.telephoneEvent;
  return {
    kind: 'audio',
    port: local.port,
    protocol: local.protocol,
    formats: [...local.formats.map(({ payloadType }) => payloadType), ...(events === undefined ? [] : [events])].map(
      String,
    ),
    attributes: [
      ...local.formats.map(({ payloadType, codec }) => ({ name: 'rtpmap', value: `${payloadType} ${codec}/8000` })),
      ...eventAttributes(events),
      ...(local.accessEdge ? [{ name: '3ge2ae', value: 'requested' }] : []),
      ...(local.crypto ?? []).map((line) => ({ name: 'crypto', value: printCryptoAttribute(line) })),
      { name: 'ptime', value: '20' },
      { name: local.direction },
      ...(local.secure ? secureAttributes(local.secure, local) : []),
    ],
  };
}

const eventAttributes = (payloadType: number | undefined): readonly Attribute[] =>
  payloadType === undefined
    ? []
    : [
        { name: 'rtpmap', value: `${payloadType} telephone-event/8000` },
        { name: 'fmtp', value: `${payloadType} 0-15` },
      ];

/** RFC 8445 §5.1.2.1: type preference of a host candidate, falling with its place in the list. */
const priorityOf = (index: number): number => (126 << 24) + ((65_535 - index) << 8) + 255;

function secureAttributes(secure: LocalSecureTransport, local: LocalAudio): readonly Attribute[] {
  return [
    { name: 'mid', value: secure.mid },
    { name: 'rtcp-mux' },
    { name: 'ice-ufrag', value: secure.ufrag },
    { name: 'ice-pwd', value: secure.password },
    { name: 'fingerprint', value: secure.fingerprint },
    { name: 'setup', value: 'active' },
    // Without a stream name the page gets a track that belongs to no stream.
    { name: 'msid', value: 'audio audio' },
    { name: 'ssrc', value: `${secure.ssrc} cname:${secure.canonicalName}` },
    ...local.addresses.map((address, index) => ({
      name: 'candidate',
      value: `${index + 1} 1 udp ${priorityOf(index)} ${address} ${local.port} typ host`,
    })),
    { name: 'end-of-candidates' },
  ];
}

import { directionOf, type Direction } from './direction.ts';
import { parseCryptoAttribute, type CryptoLine } from './crypto-attribute.ts';
import { mediaAddress } from './media-address.ts';
import { SdpError } from './sdp-error.ts';
import { readTransport, type SecureTransport } from './secure-transport.ts';
import { attribute, attributeValues, type MediaSection, type SessionDescription } from './session-description.ts';

/** `plain`: RTP/AVP. `srtp`: RTP/SAVP with keys in the description (RFC 4568). `browser`: DTLS-SRTP with ICE. */
export type AudioProfile = 'plain' | 'srtp' | 'browser';

export interface AudioFormat {
  readonly payloadType: number;
  readonly codec: 'PCMA' | 'PCMU';
}

/** What the far side's session description says about its audio. */
export interface RemoteAudio {
  /** Position of the chosen media line. */
  readonly section: number;
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  /** Where it takes RTCP: one above `port` unless it says otherwise (RFC 3605). */
  readonly controlPort: number;
  /** What the far side itself wants to do; `0.0.0.0` counts as inactive. RFC 3264 §8.4. */
  readonly direction: Direction;
  /** In the far side's order of preference; never empty. */
  readonly formats: readonly AudioFormat[];
  /** Payload type of RFC 4733 events at 8 kHz. */
  readonly telephoneEvent?: number;
  readonly secure?: SecureTransport;
  /** Keys we can use, in the far side's order; profile `srtp` only, then never empty. */
  readonly crypto?: readonly CryptoLine[];
}

const protocols: Readonly<Record<AudioProfile, readonly string[]>> = {
  plain: ['RTP/AVP', 'RTP/AVPF'],
  srtp: ['RTP/SAVP', 'RTP/SAVPF'],
  browser: ['UDP/TLS/RTP/SAVPF', 'UDP/TLS/RTP/SAVP'],
};
/** Ports below are other services', never a telephone's. */
const lowestPort = 1024;

/** Chooses the first usable audio line. Throws `SdpError` 488 when there is none (fax, video, encrypted otherwise …). */
export function readRemoteAudio(description: SessionDescription, profile: AudioProfile): RemoteAudio {
  const at = description.media.findIndex(
    (section) => section.kind === 'audio' && section.port !== 0 && protocols[profile].includes(section.protocol),
  );
  const section = description.media[at];
  if (!section) throw new SdpError(488, `no ${profile} audio offered`);
  // A browser writes port 9 while it does not know its own; ICE finds the way.
  if (profile !== 'browser' && section.port < lowestPort) throw new SdpError(488, 'audio on a system port');
  const formats = audioFormats(section);
  if (formats.length === 0) throw new SdpError(488, 'no common codec');
  const { address, onHold } = mediaAddress(section.connection ?? description.connection);
  return {
    section: at,
    protocol: section.protocol,
    address,
    port: section.port,
    controlPort: controlPort(section),
    direction: onHold && profile !== 'browser' ? 'inactive' : directionOf(section.attributes, description.attributes),
    formats,
    telephoneEvent: payloadTypes(section).find(({ name }) => name === 'telephone-event')?.payloadType,
    ...(profile === 'browser' ? { secure: readTransport(section, description) } : {}),
    ...(profile === 'srtp' ? { crypto: cryptoLines(section) } : {}),
  };
}

/** Throws `SdpError` 488: encrypted audio without a key we can use is no audio. */
function cryptoLines(section: MediaSection): readonly CryptoLine[] {
  const lines = attributeValues(section.attributes, 'crypto').flatMap((value) => parseCryptoAttribute(value) ?? []);
  if (lines.length === 0) throw new SdpError(488, 'no usable SRTP key');
  return lines;
}

function controlPort(section: MediaSection): number {
  const named = Number(/^(\d{1,5})(?: |$)/.exec(attribute(section.attributes, 'rtcp') ?? '')?.[1] ?? Number.NaN);
  return named >= lowestPort && named <= 65_535 ? named : section.port + 1;
}

interface NamedPayload {
  readonly payloadType: number;
  readonly name: string;
}

function audioFormats(section: MediaSection): readonly AudioFormat[] {
  return payloadTypes(section).flatMap(({ payloadType, name }): readonly AudioFormat[] => {
    if (name === 'pcma') return [{ payloadType, codec: 'PCMA' }];
    if (name === 'pcmu') return [{ payloadType, codec: 'PCMU' }];
    return [];
  });
}

/** The 8 kHz mono formats of the line, by lower-case encoding name. */
function payloadTypes(section: MediaSection): readonly NamedPayload[] {
  const names = new Map<string, string>([
    ['0', 'pcmu'],
    ['8', 'pcma'],
  ]);
  for (const value of attributeValues(section.attributes, 'rtpmap')) {
    const [, payloadType, name, rate] = /^(\d{1,3}) ([^/ ]+)\/(\d+)(?:\/1)?$/.exec(value) ?? [];
    if (payloadType !== undefined && name !== undefined)
      names.set(payloadType, rate === '8000' ? name.toLowerCase() : '');
  }
  return section.formats.flatMap((format) => {
    const name = names.get(format);
    return name && Number(format) <= 127 ? [{ payloadType: Number(format), name }] : [];
  });
}

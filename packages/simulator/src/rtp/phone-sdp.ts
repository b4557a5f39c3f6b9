/** Session descriptions as a plain G.711 phone writes and reads them. Deliberately not the house's own SDP code. */

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface DescribedMedia {
  readonly host: string;
  readonly port: number;
  readonly codec: 'PCMA' | 'PCMU';
  /** Payload type of RFC 4733 digits; undefined when not offered. */
  readonly digits?: number;
  readonly direction: Direction;
}

const payloadTypes = { PCMA: 8, PCMU: 0 } as const;

/** Offer or answer with one audio stream. `version` must grow with each change (RFC 3264 §8). */
export function printPhoneSdp(media: DescribedMedia, version: number, both = true): string {
  const first = payloadTypes[media.codec];
  const types = both ? [first, first === 8 ? 0 : 8] : [first];
  const digits = media.digits ?? 101;
  return [
    'v=0',
    `o=- 4711 ${version} IN IP4 ${media.host}`,
    's=-',
    `c=IN IP4 ${media.host}`,
    't=0 0',
    `m=audio ${media.port} RTP/AVP ${types.join(' ')} ${digits}`,
    ...types.map((type) => `a=rtpmap:${type} ${type === 8 ? 'PCMA' : 'PCMU'}/8000`),
    `a=rtpmap:${digits} telephone-event/8000`,
    `a=fmtp:${digits} 0-16`,
    'a=ptime:20',
    `a=${media.direction}`,
    '',
  ].join('\r\n');
}

/** The far side's first audio stream. Throws when there is none this phone can use. */
export function readPhoneSdp(sdp: string): DescribedMedia {
  const lines = sdp.split(/\r?\n/);
  const at = lines.findIndex((line) => line.startsWith('m=audio '));
  if (at < 0) throw new Error('no audio in the session description');
  const next = lines.findIndex((line, index) => index > at && line.startsWith('m='));
  const section = lines.slice(at, next < 0 ? undefined : next);
  const [, port = '0', , ...types] = section[0]!.split(' ');
  const first = types.find((type) => type === '8' || type === '0');
  if (first === undefined) throw new Error('no G.711 in the session description');
  const digits = /^a=rtpmap:(\d+) telephone-event\/8000/m.exec(section.join('\n'))?.[1];
  return {
    host: value(section, 'c=IN IP4 ') ?? value(lines.slice(0, at), 'c=IN IP4 ') ?? '0.0.0.0',
    port: Number(port),
    codec: first === '8' ? 'PCMA' : 'PCMU',
    ...(digits === undefined ? {} : { digits: Number(digits) }),
    direction: directionOf(section) ?? directionOf(lines.slice(0, at)) ?? 'sendrecv',
  };
}

const value = (lines: readonly string[], prefix: string): string | undefined =>
  lines
    .find((line) => line.startsWith(prefix))
    ?.slice(prefix.length)
    .trim();

const directionOf = (lines: readonly string[]): Direction | undefined =>
  lines.map((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/.exec(line.trim())?.[1]).find(Boolean) as
    Direction | undefined;

import { SdpError } from './sdp-error.ts';
import type { Attribute, MediaSection, Origin, SessionDescription } from './session-description.ts';

const maximumLength = 65_536;
const maximumSections = 32;
const maximumAttributes = 2000;

interface Draft {
  connection?: string;
  readonly attributes: Attribute[];
}
type MediaDraft = Draft & Omit<MediaSection, 'connection' | 'attributes'>;

/** Reads a session description. Throws `SdpError` 400 when it is malformed. */
export function parseSessionDescription(text: string): SessionDescription {
  if (text.length > maximumLength) throw malformed('too long');
  const lines = text.split(/\r\n|\n/).filter((line) => line !== '');
  if (lines[0] !== 'v=0') throw malformed('no v=0');
  const session: Draft = { attributes: [] };
  const media: MediaDraft[] = [];
  let origin: Origin | undefined;
  for (const line of lines.slice(1)) {
    if (line[1] !== '=') throw malformed('line without a type');
    const value = line.slice(2);
    const current = media.at(-1) ?? session;
    if (line[0] === 'o') origin = parseOrigin(value);
    else if (line[0] === 'c') current.connection = parseConnection(value);
    else if (line[0] === 'a') addAttribute(current, value);
    else if (line[0] === 'm') addSection(media, value);
  }
  if (!origin) throw malformed('no origin');
  return { ...session, origin, media };
}

function parseOrigin(value: string): Origin {
  const [username, sessionId, version, net, , address, ...rest] = value.split(' ');
  if (!username || !sessionId || !version || net !== 'IN' || !address || rest.length > 0) throw malformed('origin');
  return { username, sessionId, version, address };
}

function parseConnection(value: string): string {
  const [net, family, address] = value.trim().split(' ');
  if (net !== 'IN' || (family !== 'IP4' && family !== 'IP6') || !address) throw malformed('connection');
  // A time to live or count belongs to multicast only, RFC 8866 §5.7.
  return address;
}

function addAttribute(draft: Draft, text: string): void {
  if (draft.attributes.length >= maximumAttributes) throw malformed('too many attributes');
  const colon = text.indexOf(':');
  if (colon < 0) draft.attributes.push({ name: text.trim() });
  else draft.attributes.push({ name: text.slice(0, colon), value: text.slice(colon + 1).trim() });
}

function addSection(media: MediaDraft[], value: string): void {
  if (media.length >= maximumSections) throw malformed('too many media');
  const [kind, portText, protocol, ...formats] = value.trim().split(/ +/);
  const port = /^(\d{1,5})(?:\/\d+)?$/.exec(portText ?? '')?.[1];
  if (!kind || port === undefined || Number(port) > 65_535 || !protocol || formats.length === 0)
    throw malformed('media line');
  media.push({ kind, port: Number(port), protocol, formats, attributes: [] });
}

const malformed = (what: string): SdpError => new SdpError(400, `malformed session description: ${what}`);

import { parseParameters } from './parameters.ts';
import { unquote } from './quoted-string.ts';

interface Part {
  readonly contentType: string;
  readonly content: Uint8Array;
}

const maximumParts = 16;

/** The parts of a multipart body (RFC 2046 §5.1); empty when it has no usable boundary. At most 16 are read. */
export function multipartParts(contentType: string, body: Uint8Array): readonly Part[] {
  const semicolon = contentType.indexOf(';');
  const raw = parseParameters(semicolon < 0 ? '' : contentType.slice(semicolon))?.get('boundary');
  const boundary = raw === undefined ? undefined : (unquote(raw) ?? raw);
  if (!boundary || boundary.length > 70) return [];
  const sections = Buffer.from(body)
    .toString('latin1')
    .split(`--${boundary}`)
    .slice(1, maximumParts + 1);
  return sections.filter((section) => !section.startsWith('--')).flatMap((section) => readPart(section) ?? []);
}

function readPart(section: string): Part | undefined {
  const start = section.indexOf('\r\n\r\n');
  if (start < 0) return undefined;
  const type = /\r\n(?:Content-Type|c)[ \t]*:[ \t]*([^\r\n]*)/i.exec(section.slice(0, start + 2));
  const content = section.slice(start + 4).replace(/\r\n$/, '');
  return { contentType: type?.[1] ?? 'text/plain', content: Buffer.from(content, 'latin1') };
}

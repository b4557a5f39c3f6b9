import { headerValue, type SipMessage } from '@amtsleitung/sip';

/** More of a body than this is not kept anyway. */
const mostRead = 8_192;

/** Session descriptions without keys and names; of everything else only what it was. */
export function maskBody(message: SipMessage): string {
  if (message.body.length === 0) return '';
  const type = (headerValue(message, 'Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
  const text = Buffer.from(message.body.subarray(0, mostRead)).toString('utf8');
  if (type === 'application/sdp') return text.split(/\r?\n/).map(maskSdpLine).join('\r\n');
  if (type === 'message/sipfrag') return `${/^SIP\/2\.0 \d{3}/.exec(text)?.[0] ?? ''}\r\n`;
  return `[${type || 'unknown type'}, ${message.body.length} bytes, not kept]\r\n`;
}

/** RFC 8866; keys of RFC 4568 §9.1, passwords of RFC 8839 §5.4, and lines that may name people. */
function maskSdpLine(line: string): string {
  if (/^[siuepk]=/.test(line)) return `${line.slice(0, 2)}x`;
  if (line.startsWith('o=')) return line.replace(/^o=\S+/, 'o=x');
  if (/^a=crypto:/i.test(line)) return line.replace(/inline:\S+/gi, 'inline:x');
  return line.replace(/^(a=(?:ice-pwd|ice-ufrag|key-mgmt|identity|ssrc|msid|cname|tool)\b[ :]?).*/i, '$1x');
}

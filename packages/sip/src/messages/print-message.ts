import { withoutHeader } from './header-access.ts';
import type { SipMessage } from './sip-message.ts';

/** Line breaks in a value would start a header of the writer's choosing. */
const oneLine = (text: string): string => (/[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, ' ') : text);

/** The message as bytes; Content-Length is always that of the body. */
export function printMessage(message: SipMessage): Uint8Array {
  const start =
    message.kind === 'request'
      ? `${message.method} ${oneLine(message.uri)} SIP/2.0`
      : `SIP/2.0 ${message.status} ${oneLine(message.reason)}`;
  let head = `${start}\r\n`;
  for (const header of withoutHeader(message.headers, 'Content-Length')) {
    head += `${oneLine(header.name)}: ${oneLine(header.value)}\r\n`;
  }
  head += `Content-Length: ${message.body.length}\r\n\r\n`;
  const headBytes = Buffer.from(head, 'utf8');
  return message.body.length === 0 ? headBytes : Buffer.concat([headBytes, message.body]);
}

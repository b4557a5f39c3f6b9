import { isHeader } from './header-name.ts';
import type { SipMessage } from './sip-message.ts';

/** Line breaks in a value would start a header of the writer's choosing. */
const oneLine = (text: string): string =>
  text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]+/g, ' ') : text;

/** An answer is printed to be sent and, at once again, to be remembered. */
let last: { readonly message: SipMessage; readonly bytes: Uint8Array } | undefined;

/** The message as bytes; Content-Length is always that of the body. */
export function printMessage(message: SipMessage): Uint8Array {
  if (last?.message !== message) last = { message, bytes: print(message) };
  return last.bytes;
}

function print(message: SipMessage): Uint8Array {
  const start =
    message.kind === 'request'
      ? `${message.method} ${oneLine(message.uri)} SIP/2.0`
      : `SIP/2.0 ${message.status} ${oneLine(message.reason)}`;
  let head = `${start}\r\n`;
  for (const { name, value } of message.headers) {
    if (!isHeader(name, 'Content-Length')) head += `${oneLine(name)}: ${oneLine(value)}\r\n`;
  }
  head += `Content-Length: ${message.body.length}\r\n\r\n`;
  if (message.body.length === 0) return Buffer.from(head, 'utf8');
  const headLength = Buffer.byteLength(head, 'utf8');
  const bytes = Buffer.allocUnsafe(headLength + message.body.length);
  bytes.write(head, 0, 'utf8');
  bytes.set(message.body, headLength);
  return bytes;
}

import { isHeader } from './header-name.ts';
import type { Header, SipMessage } from './sip-message.ts';
import { splitList } from './split-list.ts';

/** The first value of header `name`, in any case or compact form. */
export function headerValue(message: Pick<SipMessage, 'headers'>, name: string): string | undefined {
  for (const header of message.headers) if (isHeader(header.name, name)) return header.value;
  return undefined;
}

/** All values of header `name` in order, one per header line. */
export function headerValues(message: Pick<SipMessage, 'headers'>, name: string): readonly string[] {
  const values: string[] = [];
  for (const header of message.headers) if (isHeader(header.name, name)) values.push(header.value);
  return values;
}

/** All values of a comma-separated header, over all its lines, in order (RFC 3261 §7.3.1). */
export function listValues(message: Pick<SipMessage, 'headers'>, name: string): readonly string[] {
  return headerValues(message, name).flatMap((value) => splitList(value));
}

/** Whether a list of tokens (Require, Supported, Allow) holds `token`, compared without case. */
export function listsToken(message: Pick<SipMessage, 'headers'>, name: string, token: string): boolean {
  return listValues(message, name).some((value) => value.toLowerCase() === token.toLowerCase());
}

/** `headers` without any called `name`. */
export function withoutHeader(headers: readonly Header[], name: string): readonly Header[] {
  return headers.filter((header) => !isHeader(header.name, name));
}

/** `headers` with the first `name` set to `value`, in place if it is there, else at the end. */
export function withHeader(headers: readonly Header[], name: string, value: string): readonly Header[] {
  const at = headers.findIndex((header) => isHeader(header.name, name));
  return at < 0 ? [...headers, { name, value }] : headers.with(at, { name: headers[at]!.name, value });
}

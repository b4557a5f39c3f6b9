import type { Body } from '../messages/body.ts';
import type { ResponseContent } from '../messages/create-response.ts';
import type { Header } from '../messages/sip-message.ts';
import type { ResponseParts } from './session.ts';

/** Headers with the Content-Type of `body`. */
export function withBodyHeaders(headers: readonly Header[], body: Body | undefined): readonly Header[] {
  return body ? [...headers, { name: 'Content-Type', value: body.contentType }] : headers;
}

/** What the owner gave, as `createResponse` wants it, after `headers` of our own. */
export function responseContent(parts: ResponseParts, headers: readonly Header[] = []): ResponseContent {
  return {
    ...(parts.reason === undefined ? {} : { reason: parts.reason }),
    headers: withBodyHeaders([...headers, ...(parts.headers ?? [])], parts.body),
    ...(parts.body ? { body: parts.body.content } : {}),
  };
}

/** A value that may be given as a function, to be made only when it is needed. */
export function evaluated<Value>(given: Value | (() => Value)): Value {
  return given instanceof Function ? given() : given;
}

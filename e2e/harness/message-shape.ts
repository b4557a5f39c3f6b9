import { headerValue, type SipRequest } from '@amtsleitung/sip';

/** What differs from call to call and says nothing about who answered. */
const volatile: readonly (readonly [RegExp, string])[] = [
  [/branch=[^;\s,]+/gi, 'branch=*'],
  [/;tag=[^;>\s,]+/gi, ';tag=*'],
  [/^(Call-ID: ).*$/gim, '$1*'],
  [/^(CSeq: )\d+/gim, '$1*'],
  [/^(Date: ).*$/gim, '$1*'],
  [/^(Content-Length: ).*$/gim, '$1*'],
  [/^(o=\S+ )\d+ \d+/gm, '$1* *'],
  [/^(m=audio )\d+/gm, '$1*'],
  [/rport=\d+/gi, 'rport=*'],
  // SIPp takes a new port for each run.
  [/(127\.0\.0\.2):\d+/g, '$1:*'],
];

/** A message as text with everything call-specific blanked: equal shapes cannot be told apart. */
export const shapeOf = (message: string): string =>
  volatile.reduce((text, [pattern, blank]) => text.replace(pattern, blank), message.replaceAll('\r', '').trim());

/** Every message SIPp received, in order, without repetitions. */
export function receivedBySipp(trace: string): readonly string[] {
  const blocks = trace.split(/^-{20,}.*$/m).filter((block) => /message received/.test(block));
  const shapes = blocks.map((block) => shapeOf(block.replace(/^[\s\S]*?bytes ?:?\s*\n/, '')));
  return shapes.filter((shape, index) => shapes.indexOf(shape) === index);
}

/** Start line and headers of a received request, blanked. */
export function shapeOfRequest(request: SipRequest): string {
  const lines = request.headers.map(({ name, value }) => `${name}: ${value}`);
  const body = new TextDecoder().decode(request.body);
  return shapeOf([`${request.method} ${request.uri}`, ...lines, '', body].join('\n'));
}

/** The number in a From, To or P-Asserted-Identity header. */
export const numberIn = (request: SipRequest, header: string): string | undefined =>
  /sips?:([^@;>]+)@/.exec(headerValue(request, header) ?? '')?.[1];

/** Compact forms, RFC 3261 §7.3.3 and later registrations (IANA "SIP Header Fields"). */
const compactForms: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  n: 'Identity-Info',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
};

const knownNames = [
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Alert-Info',
  'Allow',
  'Authentication-Info',
  'Authorization',
  'Call-Info',
  'Content-Disposition',
  'Content-Language',
  'CSeq',
  'Date',
  'Diversion',
  'Error-Info',
  'Expires',
  'History-Info',
  'In-Reply-To',
  'Info-Package',
  'Max-Forwards',
  'MIME-Version',
  'Min-Expires',
  'Min-SE',
  'Organization',
  'P-Asserted-Identity',
  'P-Preferred-Identity',
  'Path',
  'Priority',
  'Privacy',
  'Proxy-Authenticate',
  'Proxy-Authorization',
  'Proxy-Require',
  'RAck',
  'Reason',
  'Record-Route',
  'Recv-Info',
  'Remote-Party-ID',
  'Replaces',
  'Reply-To',
  'Require',
  'Retry-After',
  'Route',
  'RSeq',
  'Server',
  'SIP-ETag',
  'SIP-If-Match',
  'Subscription-State',
  'Timestamp',
  'Unsupported',
  'User-Agent',
  'Warning',
  'WWW-Authenticate',
];

const fullNames: ReadonlyMap<string, string> = new Map([
  ...Object.entries(compactForms),
  ...[...Object.values(compactForms), ...knownNames].flatMap((name): [string, string][] => [
    [name.toLowerCase(), name],
    [name, name],
  ]),
]);

/** The full, conventionally written name; names we do not know stay as they are. */
export function fullHeaderName(name: string): string {
  return fullNames.get(name) ?? fullNames.get(name.toLowerCase()) ?? name;
}

/** The full name of a header written as usual or compact; undefined for all others, which may be known all the same. */
export function knownHeaderName(name: string): string | undefined {
  return fullNames.get(name);
}

/** Header names compare without case (RFC 3261 §7.3.1); compact forms are equal to their full names. */
export function isHeader(name: string, wanted: string): boolean {
  if (name === wanted) return true;
  if (name.length > 1 && wanted.length > 1) {
    // Most headers differ in length or first letter: decided without lower-casing either.
    if (name.length !== wanted.length || (name.charCodeAt(0) | 0x20) !== (wanted.charCodeAt(0) | 0x20)) return false;
  }
  const [full, fullWanted] = [fullHeaderName(name), fullHeaderName(wanted)];
  return full === fullWanted || full.toLowerCase() === fullWanted.toLowerCase();
}

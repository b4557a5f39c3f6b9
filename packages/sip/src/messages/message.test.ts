import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createResponse,
  headerValue,
  headerValues,
  listValues,
  parseMessage,
  parseNameAddress,
  parseSipUri,
  parseVia,
  printMessage,
  printNameAddress,
  printSipUri,
  quote,
  reasonHeader,
  reasonsOf,
  sameSipUri,
  sdpOf,
  sipRequest,
  unquote,
  type Header,
  type SipMessage,
} from '../index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function read(text: string): SipMessage {
  const outcome = parseMessage(bytes(text));
  if (outcome.kind !== 'message') throw new Error(`${outcome.kind}: ${'reason' in outcome ? outcome.reason : ''}`);
  return outcome.message;
}

const needed =
  'Via: SIP/2.0/UDP a.test;branch=z9hG4bK1\r\nFrom: <sip:a@b.test>;tag=1\r\nTo: <sip:c@d.test>\r\n' +
  'Call-ID: x\r\nCSeq: 1 OPTIONS\r\n';

describe('headers', () => {
  it('RFC 3261 §7.3.1: are found by any case and compact form, folded lines joined, lists split', () => {
    const message = read(
      `OPTIONS sip:a SIP/2.0\r\n${needed}s: Haus\r\n am Markt\r\nSUPPORTED: timer, "a, b"\r\nk: path\r\n` +
        'm: <sip:1@x.test>, "b, c" <sip:2@x.test>;q=0.5\r\n\r\n',
    );
    expect(headerValue(message, 'subject')).toBe('Haus am Markt');
    expect(listValues(message, 'Supported')).toEqual(['timer', '"a, b"', 'path']);
    expect(headerValues(message, 'CONTACT')).toEqual(['<sip:1@x.test>', '"b, c" <sip:2@x.test>;q=0.5']);
  });

  it('cannot be injected through values', () => {
    const request = sipRequest('OPTIONS', 'sip:a@b.test', [{ name: 'Subject', value: 'a\r\nRoute: <sip:evil>' }]);
    expect(new TextDecoder().decode(printMessage(request))).toContain('Subject: a Route: <sip:evil>\r\n');
  });

  it.each([
    ['too many', `X: y\r\n`.repeat(300), 400],
    ['too long', `X: ${'y'.repeat(66_000)}\r\n`, 400],
    ['a control character in a name', 'X\u0001: y\r\n', 400],
    ['a line without colon', 'nonsense\r\n', 400],
  ])('%s are refused', (_what, extra, status) => {
    const outcome = parseMessage(bytes(`OPTIONS sip:a SIP/2.0\r\n${needed}${extra}\r\n`));
    expect(outcome).toMatchObject({ kind: 'unreadable', status });
  });

  it('a body above the limit is refused with 413', () => {
    const outcome = parseMessage(bytes(`OPTIONS sip:a SIP/2.0\r\n${needed}Content-Length: 2000000\r\n\r\n`));
    expect(outcome).toMatchObject({ kind: 'unreadable', status: 413 });
  });

  it('a broken ACK and a broken response are dropped in silence', () => {
    const ack = parseMessage(bytes(`ACK sip:a SIP/2.0\r\n${needed}Content-Length: x\r\n\r\n`));
    const response = parseMessage(bytes(`SIP/2.0 200 OK\r\n${needed}Content-Length: x\r\n\r\n`));
    expect([ack.kind, response.kind]).toEqual(['noise', 'noise']);
  });

  it('only line breaks are a keep-alive', () => {
    expect(parseMessage(bytes('\r\n\r\n')).kind).toBe('keep-alive');
  });
});

describe('SIP URI', () => {
  it.each([
    ['sip:alice@example.test', { user: 'alice', host: 'example.test' }],
    ['sip:alice:secret@[2001:db8::1]:5070;transport=tcp', { user: 'alice', password: 'secret', host: '2001:db8::1' }],
    ['sip:user;par=u%40example.net@example.test', { user: 'user;par=u@example.net' }],
    ['sips:+49499921115@example.test?subject=x', { scheme: 'sips', headers: 'subject=x' }],
  ])('%s', (text, parts) => {
    const uri = parseSipUri(text)!;
    expect(uri).toMatchObject(parts);
    expect(sameSipUri(parseSipUri(printSipUri(uri))!, uri)).toBe(true);
  });

  it.each([
    'sip:',
    'sip:@host',
    'sip:a@b@c',
    'sip:a b@c',
    'http://a',
    'sip:a%4@b',
    'sip:a@host:99999',
    'sip:2001:db8::1',
  ])('%s is none', (text) => expect(parseSipUri(text)).toBeUndefined());

  // RFC 3261 §19.1.4
  it.each([
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp', true],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5', true],
    [
      'sip:alice@atlanta.com?subject=project&priority=urgent',
      'sip:alice@atlanta.com?priority=urgent&subject=project',
      true,
    ],
    ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtLanTa.CoM;Transport=UDP', false],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060', false],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp', false],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next', false],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off', false],
  ])('RFC 3261 §19.1.4: %s and %s are the same: %s', (left, right, same) => {
    expect(sameSipUri(parseSipUri(left)!, parseSipUri(right)!)).toBe(same);
  });

  it('keeps every user through print and parse', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (user) => {
        const uri = { scheme: 'sip', user, host: 'example.test', parameters: new Map() } as const;
        expect(parseSipUri(printSipUri(uri))?.user).toBe(user);
      }),
    );
  });
});

describe('name-addr', () => {
  it.each([
    ['"Bürgeramt \\"Mitte\\"" <sip:115@x.test>;tag=1', 'Bürgeramt "Mitte"', 'sip:115@x.test'],
    ['Eva  Musterfrau <sip:eva@x.test>', 'Eva Musterfrau', 'sip:eva@x.test'],
    ['caller<sip:a@x.test>', 'caller', 'sip:a@x.test'],
    ['sip:a@x.test;tag=2', undefined, 'sip:a@x.test'],
    ['<tel:+49499921>', undefined, 'tel:+49499921'],
  ])('%s', (text, displayName, uri) => {
    expect(parseNameAddress(text)).toMatchObject({ uri, ...(displayName === undefined ? {} : { displayName }) });
  });

  it.each([
    '',
    'no uri',
    '"open <sip:a@x.test>',
    '< sip:a@x.test>',
    'sip:a@x.test?h=1',
    '<sip:a@x.test>;;',
    '<sip:a@x.test',
  ])('%s is none', (text) => expect(parseNameAddress(text)).toBeUndefined());

  it('keeps every display name through print and parse', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((name) => !/[\r\n]/.test(name)),
        (displayName) => {
          const printed = printNameAddress({ displayName, uri: 'sip:a@x.test', parameters: new Map() });
          expect(parseNameAddress(printed)?.displayName ?? '').toBe(displayName);
        },
      ),
    );
  });

  it('quotes and unquotes', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[\r\n]/.test(text)),
        (text) => {
          expect(unquote(quote(text))).toBe(text);
        },
      ),
    );
  });
});

describe('Via', () => {
  it.each([
    ['SIP/2.0/UDP a.test:5061;branch=z9hG4bK1;rport', 'UDP', 'a.test', 5061],
    ['SIP / 2.0 / tcp  [2001:db8::1] : 5060 ;received=2001:db8::2', 'TCP', '2001:db8::1', 5060],
  ])('%s', (text, transport, host, port) => {
    expect(parseVia(text)).toMatchObject({ transport, host, port });
  });
});

describe('Reason, RFC 3326', () => {
  it('is read and written', () => {
    const reason = { protocol: 'SIP', cause: 200, text: 'Call completed "elsewhere"' };
    expect(reasonsOf({ headers: [reasonHeader(reason)] })).toEqual([reason]);
    expect(reasonsOf({ headers: [{ name: 'Reason', value: 'Q.850;cause=16, SIP;cause=x' }] })).toEqual([
      { protocol: 'Q.850', cause: 16 },
      { protocol: 'SIP' },
    ]);
  });
});

describe('session description', () => {
  it('is found in a multipart body', () => {
    const parts =
      '--b\r\nContent-Type: application/pidf+xml\r\n\r\n<x/>\r\n--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n--b--\r\n';
    const headers = [{ name: 'Content-Type', value: 'multipart/mixed;boundary="b"' }];
    expect(sdpOf(sipRequest('INVITE', 'sip:a', headers, bytes(parts)))).toBe('v=0\r\n');
  });
});

describe('any bytes', () => {
  it('never make the parser throw, and what it reads it prints the same', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      fc.string({ maxLength: 300 }).map(bytes),
      // Almost messages: a good one with a piece replaced.
      fc.tuple(fc.nat(200), fc.nat(20), fc.uint8Array({ maxLength: 12 })).map(([at, gone, instead]) => {
        const good = bytes(`OPTIONS sip:a@b.test SIP/2.0\r\n${needed}Contact: "x" <sip:y@z.test>;q=1\r\nl: 0\r\n\r\n`);
        return new Uint8Array([...good.slice(0, at), ...instead, ...good.slice(at + gone)]);
      }),
    );
    fc.assert(
      fc.property(anything, (input) => {
        const outcome = parseMessage(input);
        if (outcome.kind === 'unreadable')
          printMessage(createResponse(outcome.request, outcome.status, { toTag: 't' }));
        if (outcome.kind !== 'message') return;
        const again = parseMessage(printMessage(outcome.message));
        const plain = (one: SipMessage) => ({
          ...one,
          headers: one.headers.filter((h) => h.name !== 'Content-Length'),
        });
        expect(again.kind === 'message' && plain(again.message)).toEqual(plain(outcome.message));
      }),
      { numRuns: 3_000 },
    );
  });

  it('stay cheap: 64 kB of what could make a bad pattern slow', () => {
    const fillers = [' ', ';', ',', '"', '<', '\\', '%', ':', '@', '\t', '=', ';branch', '\r\n '];
    const started = performance.now();
    for (const filler of fillers) {
      const long = filler.repeat(Math.floor(60_000 / filler.length));
      for (const name of ['Via', 'From', 'Contact', 'Call-ID', 'CSeq', 'Authorization', 'X']) {
        const headers: Header[] = [{ name, value: long }];
        parseMessage(bytes(`OPTIONS sip:a SIP/2.0\r\n${name}: ${long}\r\n${needed}\r\n`));
        listValues({ headers }, name);
      }
      parseMessage(bytes(`OPTIONS sip:${long} SIP/2.0\r\n${needed}\r\n`));
    }
    expect(performance.now() - started).toBeLessThan(fillers.length * 8 * 200);
  });
});

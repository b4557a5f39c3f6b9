import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMessage, sipRequest, sipResponse, type SipMessage } from '@amtsleitung/sip';
import { town } from '../testing/test-town.ts';
import { maskMessage, summaryOf } from './mask-message.ts';
import { ownNames } from './own-names.ts';

const own = ownNames({
  ...town,
  headNumbers: [{ id: 'h', tenantId: 'town', e164: '+49499921', areaCodeLength: 4, trunkId: 'line' }],
});
const mask = (message: SipMessage, hidesAddresses = false): string => maskMessage(message, { own, hidesAddresses });
const invite = (headers: Record<string, string>, body = '', uri = 'sip:120@town.example') =>
  sipRequest(
    'INVITE',
    uri,
    Object.entries(headers).map(([name, value]) => ({ name, value })),
    Buffer.from(body),
  );

const partyHeaders = [
  ...['From', 'To', 'Contact', 'P-Asserted-Identity', 'P-Preferred-Identity', 'Remote-Party-ID', 'Diversion'],
  ...['History-Info', 'Referred-By', 'Refer-To', 'P-Called-Party-ID'],
];

describe('a kept message', () => {
  it('shows how an outside number is written and none of its digits, wherever it stands', () => {
    const form = fc.constantFrom('+49', '0049', '0', '+', '');
    const number = fc.stringMatching(/^[5-9]\d{6,10}$/);
    fc.assert(
      fc.property(form, number, fc.constantFrom(...partyHeaders), (prefix, digits, header) => {
        const written = `${prefix}${digits}`;
        const text = mask(
          invite(
            { [header]: `"${written}" <sip:${written}@provider.example;user=phone>;tag=a`, 'X-Caller': written },
            '',
            `sip:${written}@provider.example`,
          ),
        );
        expect(text).not.toContain(digits);
        expect(text).toContain(`sip:${prefix}${'x'.repeat(digits.length)}@provider.example`);
      }),
    );
  });

  it('shows no name and no address of a person', () => {
    const text = mask(
      invite({
        From: 'Berta Bürgerin <sip:berta.buergerin@web.example>;tag=1',
        To: '"Mira \\"M\\" Muster" <sip:120@town.example>',
        'P-Asserted-Identity': '"Berta" <sip:+491713920042@x>, Berta <tel:+49-171-3920042>',
        Subject: 'Berta Bürgerin',
        Identity: 'eyJhbGciOiJFUzI1NiJ9.berta',
        Geolocation: '<cid:berta@home>',
      }),
    );
    expect(text).not.toMatch(/Berta|Bürgerin|Mira|Muster|buergerin|3920042|eyJ/i);
    expect(text).toContain('sip:120@town.example');
  });

  it('shows none that hides in parameters, embedded headers or what is no address at all', () => {
    const text = mask(
      invite(
        {
          'Refer-To': '<sip:120@x?Replaces=a%3Bto-tag%3Db&P-Asserted-Identity=%3Csip%3A%2B491713920042%40x%3E>',
          'History-Info': '<sip:120@x?Reason=SIP%3Btext%3D%22Berta%22>;index=1',
          Contact: '<sip:120@x;rn=+491713920042;x-from="Berta">;otg=491713920042;expires=60',
          'P-Asserted-Identity': 'Berta, Muster <sip:120@x>',
          Diversion: 'Muster; Berta <sip:01713920042@x>',
          From: '<sip:01713920042;cpc=ordinary@x;user=phone>;tag=3920042',
          Path: '*',
        },
        '',
        'sip:120@x;rn=+491713920042;user=phone',
      ),
    );
    expect(text).not.toMatch(/Berta|Muster|491713920042|01713/);
    expect(text).toContain('tag=3920042');
    expect(text).toContain(';user=phone');
    expect(text).toContain('index=1');
  });

  it('shows numbers of the house in every way they are written', () => {
    for (const written of ['120', '+49499921120', '0049499921120', '0499921120', '+49499921', 'anonymous']) {
      expect(mask(invite({ From: `<sip:${written}@x>` }))).toContain(`sip:${written}@x`);
    }
    for (const written of ['121999', '+49499921777', '+494999219', '*30804613', '*21*01713920042#']) {
      expect(mask(invite({ From: `<sip:${written}@x>` }))).not.toContain(`sip:${written}@x`);
    }
  });

  it('holds no secret: digests, keys, passwords, digits that were dialled', () => {
    const digest =
      'Digest username="amt-7", realm="p.example", nonce="n0nce", response="abcdef", algorithm=MD5, nc=00000001';
    const sdp = [
      ...['v=0', 'o=berta 1 2 IN IP4 192.0.2.1', 's=Berta', 'e=berta@web.example', 'c=IN IP4 192.0.2.1'],
      ...['k=clear:geheim', 'm=audio 4000 RTP/SAVP 8', 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0|2^20'],
      ...['a=ice-ufrag:uuuu', 'a=ice-pwd:pppp', 'a=rtpmap:8 PCMA/8000'],
    ].join('\r\n');
    const text = mask(invite({ Authorization: digest, 'Content-Type': 'application/sdp' }, sdp));
    expect(text).not.toMatch(/n0nce|abcdef|amt-7|c2VjcmV0|geheim|uuuu|pppp|berta/i);
    expect(text).toMatch(/realm="p.example".*algorithm=MD5/);
    expect(text).toContain('a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x');
    expect(text).toContain('a=rtpmap:8 PCMA/8000');
    const info = mask(invite({ 'Content-Type': 'application/dtmf-relay' }, 'Signal=5\r\nDuration=160'));
    expect(info).toContain('[application/dtmf-relay, 22 bytes, not kept]');
    expect(info).not.toContain('Signal');
  });

  it('shows no address by which somebody’s home could be found', () => {
    const contact = { Contact: '<sip:x@203.0.113.9:5060>', Via: 'SIP/2.0/UDP 192.168.1.5;received=203.0.113.9' };
    const text = mask(invite(contact, '', 'sip:120@[2001:db8::42]'), true);
    expect(text).not.toMatch(/203\.0\.113|2001:db8/);
    for (const address of ['2a02::5', '2001:db8:1:2:3:4:5:6', '::ffff:cb00:7109', '2003:0:1::']) {
      expect(mask(invite({ Contact: `<sip:x@[${address}]:5060>` }), true)).toContain('<sip:x@[x::x]:5060>');
    }
    expect(text).toContain('192.168.1.5');
    expect(mask(invite(contact))).toContain('203.0.113.9');
  });

  it('masks what a provider says in its own words', () => {
    const refused = sipResponse(403, 'Number 01713920042 barred', [
      { name: 'Reason', value: 'SIP;cause=403;text="0171 3920042 gesperrt"' },
    ]);
    expect(summaryOf(refused)).toBe('403 Number xxx barred');
    expect(mask(refused)).not.toMatch(/3920042/);
    expect(mask(refused)).toContain('cause=403');
  });

  it('can be masked whatever it is: nothing throws, and the result is bounded', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ unit: 'binary', maxLength: 300 }),
        (a, b) => {
          const text = mask(
            invite({ From: a, Authorization: b, 'Content-Type': 'application/sdp', Via: a }, b, `sip:${a}@x`),
            true,
          );
          expect(text.length).toBeLessThanOrEqual(8_192);
        },
      ),
    );
  });

  it('leaves out what is too long to be read', () => {
    const long = `sip:${'01713920042'.repeat(300)}@x`;
    expect(mask(invite({ From: `<${long}>`, Reason: long, Via: long }, '', long))).not.toContain('01713920042');
  });

  it('is masked in no time, however it was made to be looked through', () => {
    const began = performance.now();
    for (const piece of ['sip:', 'a', ' ', ';a', '?a&', '1 ', '"', 'tel:', '<sip:', '=,', 'Digest realm="', 'a:']) {
      const text = piece.repeat(60_000 / piece.length);
      const headers = ['From', 'Reason', 'Authorization', 'Via', 'Contact'].map((name) => [name, text] as const);
      mask(invite({ ...Object.fromEntries(headers), 'Content-Type': 'application/sdp' }, text, `sip:${text}`), true);
    }
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('is still a message', () => {
    const text = mask(
      invite({
        From: '"B" <sip:0171@x>;tag=1',
        To: '<sip:120@y>',
        'Call-ID': 'c',
        CSeq: '1 INVITE',
        Via: 'SIP/2.0/UDP h;branch=z9hG4bK1',
      }),
    );
    expect(parseMessage(Buffer.from(text))).toBeDefined();
  });
});

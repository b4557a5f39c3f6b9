import { sipRequest } from '@amtsleitung/sip';
import type { Source } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { isThirdParty, readRegister } from './register-request.ts';

const udp: Source = { transport: 'udp', address: '192.0.2.7', port: 5060, secure: false };
const local: Source = { ...udp, address: '127.0.0.1' };
const webSocket: Source = { ...udp, transport: 'ws', flowId: 'ws-1' };

const register = (headers: Readonly<Record<string, string>>) =>
  sipRequest('REGISTER', 'sip:town.example', [
    { name: 'From', value: '<sip:mira@town.example>;tag=1' },
    { name: 'To', value: '<sip:mira@town.example>' },
    { name: 'Call-ID', value: 'reg-1' },
    { name: 'CSeq', value: '7 REGISTER' },
    ...Object.entries(headers).map(([name, value]) => ({ name, value })),
  ]);

const contactsOf = (headers: Readonly<Record<string, string>>, source = udp) => readRegister(register(headers), source);

describe('reading a REGISTER', () => {
  it.each([
    [{ Contact: '<sip:m@192.168.1.5>', Expires: '300' }, udp, 300],
    [{ Contact: '<sip:m@192.168.1.5>;expires=120', Expires: '300' }, udp, 120],
    [{ Contact: '<sip:m@192.168.1.5>' }, udp, 3600],
    [{ Contact: '<sip:m@192.168.1.5>;expires=99999' }, udp, 3600],
    [{ Contact: '<sip:m@192.168.1.5>;expires=garbage' }, udp, 3600],
    [{ Contact: '<sip:m@x.invalid;transport=ws>;expires=3600' }, webSocket, 600],
    [{ Contact: '<sip:m@192.168.1.5>;expires=0' }, udp, 0],
    [{ Contact: '<sip:m@127.0.0.1:5070>;expires=60' }, local, 60],
  ])('RFC 3261 §10.3: %o keeps the contact for a permitted time', (headers, source, expiresSeconds) => {
    const read = contactsOf(headers as Record<string, string>, source);
    expect(read).toMatchObject({ callId: 'reg-1', cseq: 7, contacts: [{ expiresSeconds }] });
  });

  it.each([
    [{ Contact: '<sip:m@192.168.1.5>;expires=30' }, udp, { status: 423, minExpiresSeconds: 60 }],
    [{ Contact: '<sip:m@x.invalid>;expires=60' }, webSocket, { status: 423, minExpiresSeconds: 120 }],
    [{ Contact: '<sip:m@127.0.0.1:80>' }, udp, { status: 403 }],
    [{ Contact: '<sip:m@localhost>' }, udp, { status: 403 }],
    [{ Contact: '<sip:m@[::1]>' }, udp, { status: 403 }],
    [{ Contact: '<sip:m@224.0.1.75>' }, udp, { status: 403 }],
    [{ Contact: '<sip:m@255.255.255.255>' }, udp, { status: 403 }],
    [{ Contact: '<sip:m@[ff02::1]>' }, udp, { status: 403 }],
    [{ Contact: '<mailto:m@town.example>' }, udp, { status: 400 }],
    [{ Contact: '<sip:m@h?Route=x>' }, udp, { status: 400 }],
    [{ Contact: '*', Expires: '60' }, udp, { status: 400 }],
    [{ Contact: '*, <sip:m@192.168.1.5>', Expires: '0' }, udp, { status: 400 }],
    [{ Contact: Array.from({ length: 6 }, (_, n) => `<sip:m@192.0.2.${n + 1}>`).join(', ') }, udp, { status: 403 }],
  ])('RFC 3261 §10.3: %o is refused', (headers, source, refusal) => {
    expect(contactsOf(headers as Record<string, string>, source)).toMatchObject(refusal);
  });

  it('RFC 3261 §10.3: refuses all contacts when one is bad', () => {
    expect(contactsOf({ Contact: '<sip:m@192.0.2.7>, <sip:m@127.0.0.1>' })).toMatchObject({ status: 403 });
  });

  it('RFC 3261 §10.3: understands the removal of everything and the mere question', () => {
    expect(contactsOf({ Contact: '*', Expires: '0' })).toMatchObject({ contacts: 'all-gone' });
    expect(contactsOf({})).toMatchObject({ contacts: [] });
  });

  it('knows a registration for somebody else', () => {
    expect(isThirdParty(register({}), 'mira')).toBe(false);
    expect(isThirdParty(register({}), 'pia')).toBe(true);
  });
});

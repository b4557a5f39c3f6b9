import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sessionRoutes, teamRoutes } from '@amtsleitung/contract';
import { seededRandom } from '@amtsleitung/base/testing';
import { LossyUdpRelay, TestPhone, TestTrunk } from '@amtsleitung/simulator';
import type { SipResponse } from '@amtsleitung/sip';
import { House } from './harness/house.ts';
import { tones } from './harness/tones.ts';
import { sendDatagram, sendStream } from './harness/raw-sip.ts';
import { citizenNumber, deskPhone, newDevice, provider, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'bad-input' });
});
afterAll(() => house.tearDown());

const serverIsWell = async () => {
  const phone = await deskPhone(house, town.ute.name);
  await phone.register(0);
  await phone.close();
};

const request = (start: string, ...headers: readonly string[]) =>
  [start, ...headers, 'Content-Length: 0', '', ''].join('\r\n');
const usual = (method: string) => [
  'Via: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bKbad1',
  'From: <sip:a@musterstadt.example>;tag=1',
  'To: <sip:b@musterstadt.example>',
  `Call-ID: bad-${method}-${Math.trunc(performance.now() * 1000)}`,
  `CSeq: 1 ${method}`,
  'Max-Forwards: 70',
];

describe('malformed SIP', () => {
  const nothing = undefined;
  it.each<readonly [string, string, number | undefined]>([
    ['noise', '\u0000\u0001\u0002\u0003 no SIP at all', nothing],
    ['an empty line', '\r\n', nothing],
    ['another version', request('OPTIONS sip:musterstadt.example SIP/7.0', ...usual('OPTIONS')), 505],
    ['no Call-ID', request('OPTIONS sip:x SIP/2.0', ...usual('OPTIONS').filter((h) => !h.startsWith('Call-ID'))), 400],
    ['a CSeq that lies', request('OPTIONS sip:x SIP/2.0', ...usual('INVITE')), 400],
    ['an unknown method', request('DANCE sip:musterstadt.example SIP/2.0', ...usual('DANCE')), 501],
    ['hops that are no number', request('OPTIONS sip:x SIP/2.0', ...usual('OPTIONS').with(5, 'Max-Forwards: x')), 400],
    ['a strange scheme', request('OPTIONS nobody:knows SIP/2.0', ...usual('OPTIONS')), 416],
    ['an extension nobody has', request('OPTIONS sip:x SIP/2.0', ...usual('OPTIONS'), 'Require: wonders'), 420],
  ])('%s', async (_, message, status) => {
    const { host, udp } = house.address.sip;
    const answer = await sendDatagram(message, { host, port: udp }, status === nothing ? 300 : 2000);
    // A scanner earns silence where the standard allows it; whatever answers must be the right 4xx or 5xx.
    if (answer !== undefined) expect(Number(answer.slice(8, 11))).toBe(status);
    await serverIsWell();
  });

  it.each([
    ['an endless header line', `OPTIONS sip:x SIP/2.0\r\nVia: ${'x'.repeat(200_000)}`],
    ['a length that lies', request('OPTIONS sip:x SIP/2.0', ...usual('OPTIONS'), 'Content-Length: 99999999')],
    ['a negative length', `${usual('OPTIONS').join('\r\n')}\r\nContent-Length: -1\r\n\r\n`],
    ['a TLS hello', Buffer.from('16030100c8010000c40303', 'hex')],
    ['an HTTP request', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('%s over TCP', async (_, bytes) => {
    const { host, tcp } = house.address.sip;
    await sendStream(bytes, { host, port: tcp }, 500);
    await serverIsWell();
  });

  it.each([
    ['no session description', ''],
    ['not SDP', 'hello'],
    ['no audio', 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 5000 RTP/AVP 96\r\n'],
    [
      'only codecs we do not have',
      'v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 5000 RTP/AVP 97\r\na=rtpmap:97 SPEEX/8000\r\n',
    ],
    [
      'an address that is none',
      'v=0\r\no=- 1 1 IN IP4 x\r\ns=-\r\nc=IN IP4 999.1.1.1\r\nt=0 0\r\nm=audio 70000 RTP/AVP 8\r\n',
    ],
  ])('a trunk INVITE with %s gets a clear answer', async (_, sdp) => {
    const { host, udp } = house.address.sip;
    const callId = `sdp-${Math.trunc(performance.now() * 1000)}`;
    const invite = [
      `INVITE sip:${town.head}0@${host}:${udp} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.2;rport;branch=z9hG4bK${callId}`,
      `From: <sip:${citizenNumber(1)}@127.0.0.2>;tag=1`,
      `To: <sip:${town.head}0@${host}>`,
      `Call-ID: ${callId}`,
      'CSeq: 1 INVITE',
      'Contact: <sip:x@127.0.0.2>',
      'Max-Forwards: 70',
      ...(sdp ? ['Content-Type: application/sdp'] : []),
      `Content-Length: ${Buffer.byteLength(sdp)}`,
      '',
      sdp,
    ].join('\r\n');
    const answer = await sendDatagram(invite, { host, port: udp }, 3000, '127.0.0.2');
    const allowed = sdp ? [100, 400, 415, 488] : [100, 180, 183, 200];
    expect(allowed).toContain(Number(answer?.slice(8, 11)));
    await serverIsWell();
  });
});

describe('who may register', () => {
  const answerTo = async (user: string, password: string): Promise<SipResponse> => {
    const account = { user, password, domain: house.address.sip.domain };
    const phone = await TestPhone.open({ server: house.address.sip, account });
    try {
      return await phone.register();
    } finally {
      await phone.close();
    }
  };
  const comparable = (response: SipResponse) => ({
    status: response.status,
    reason: response.reason,
    headers: response.headers.map(({ name }) => name),
  });

  it('an unknown user and a wrong password get the same answer', async () => {
    const { user } = await newDevice(house, town.mira.name);
    const wrong = await answerTo(user, 'not-the-password');
    const unknown = await answerTo('nobody-here', 'not-the-password');
    expect([401, 403]).toContain(wrong.status);
    expect(comparable(unknown)).toEqual(comparable(wrong));
  });

  it('the sign-in page tells no difference either', async () => {
    const visitor = house.visitor();
    const wrong = await visitor.send(sessionRoutes.signIn, { body: { login: 'mira.meldewesen', password: 'x' } });
    const unknown = await visitor.send(sessionRoutes.signIn, { body: { login: 'nobody.here', password: 'x' } });
    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    expect(await unknown.json()).toEqual(await wrong.json());
  });
});

describe('strangers', () => {
  it('an INVITE from anybody but trunk or registered phone reaches neither phone nor trunk', async () => {
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.mira.name);
    const stranger = await TestTrunk.open({ server: house.address.sip, host: '127.0.0.9' });
    try {
      for (const number of [
        `${town.head}${town.mira.extension}`,
        town.mira.extension,
        '+493023125001',
        '00442079460',
      ]) {
        const call = await stranger.call(number, { from: citizenNumber(50) });
        const end = await call.untilEnded(40_000);
        expect([401, 403, 404, 407, 408]).toContain(end.status);
      }
      expect(phone.inbox.total).toBe(0);
      expect(trunk.inbox.total).toBe(0);
    } finally {
      await stranger.close();
    }
  });

  it('a registered phone cannot speak for somebody else', async () => {
    const pia = await deskPhone(house, town.pia.name);
    const account = await newDevice(house, town.mira.name);
    const mira = await deskPhone(house, town.mira.name, {
      account: { ...account, user: account.user },
      displayName: 'Pia Passstelle',
    });
    await mira.call(town.pia.extension);
    const call = await pia.untilCalled();
    expect(call.invite!.headers.find(({ name }) => name === 'From')?.value).not.toContain('Pia Passstelle');
    call.reject(486);
  });

  it('without a session the API shows nothing', async () => {
    expect((await house.visitor().send(teamRoutes.list)).status).toBe(401);
  });
});

describe('a bad network', () => {
  it('a fifth of the datagrams lost and some doubled: phones register, call and hang up all the same', async () => {
    const { host, udp, tcp } = house.address.sip;
    const target = { host, port: udp };
    const random = seededRandom(20);
    const relay = await LossyUdpRelay.open({ target, loss: 0.2, duplicates: 0.1, delay: 5, jitter: 30, random });
    onTestFinished(() => relay.close());
    const through = { host, udp: relay.port, tcp };
    const mira = await deskPhone(house, town.mira.name, { server: through });
    const pia = await deskPhone(house, town.pia.name, { server: through, whenCalled: 'answer' });
    const call = await mira.call(town.pia.extension);
    const answered = await pia.untilCalled(30_000);
    await Promise.all([call.rtp.untilHears(tones.desk, 30_000), answered.rtp.untilHears(tones.desk, 30_000)]);
    call.hangUp();
    await answered.untilEnded(30_000);
    expect(relay.dropped).toBeGreaterThan(0);
  });
});

describe('afterwards', () => {
  it('nothing was an uncaught error, and no number stands in the log', () => {
    expect(house.lines.filter((line) => /uncaught|unhandled|TypeError|at .*\.ts:\d+/i.test(line))).toEqual([]);
    expect(house.lines.filter((line) => line.includes('1713920'))).toEqual([]);
  });
});

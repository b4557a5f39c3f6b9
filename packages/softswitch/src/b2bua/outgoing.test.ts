import { callFailures } from '@amtsleitung/domain';
import type { DialOptions, DialTarget } from '@amtsleitung/domain';
import { headerValue, sdpBody } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { TestHouse, fax, shown, shownUri, town, trunk } from '../testing/index.ts';
import type { TestPhone } from '../testing/index.ts';

const mira: DialTarget = { kind: 'person', personId: 'mira' };
const outside: DialTarget = { kind: 'trunk', trunkId: 'line', number: '+493023125000' };
const options: DialOptions = { caller: { number: '+491713920001' }, ringMilliseconds: 30_000, callId: 'call-1' };

/** Mira's desk phone, softphone and browser, all registered. */
async function threePhones(): Promise<{
  house: TestHouse;
  desk: TestPhone;
  soft: TestPhone;
  browser: TestPhone;
  cut: () => void;
}> {
  const house = await TestHouse.open();
  const desk = await house.phone('mira-desk', '10.0.1.1');
  const soft = await house.phone('mira-soft', '10.0.1.2');
  const { phone: browser, cut } = await house.browser('mira', 'session');
  for (const phone of [desk, soft, browser]) await house.after(phone.register());
  return { house, desk, soft, browser, cut };
}

const mediaLegs = (house: TestHouse) => house.engine.list();

describe('a call to a person', () => {
  it('rings all phones at once; the first to answer gets it, the others hear why', async () => {
    const { house, desk, soft, browser } = await threePhones();
    house.calls.dial('out', mira, options);
    await house.run();
    for (const phone of [desk, soft, browser]) phone.call.session.provisional(180);
    await house.run();
    expect(house.engine.commands.toSorted()).toEqual(['offer out~0 plain', 'offer out~1 plain', 'offer out~2 browser']);
    browser.answer();
    await house.run();
    expect(house.told('out')).toEqual(['ringing', 'answered']);
    for (const loser of [desk, soft]) {
      expect(loser.call.end).toMatchObject({
        cause: 'cancelled',
        reasons: [{ protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' }],
      });
    }
    expect(await mediaLegs(house)).toEqual(['out~2']);
    house.calls.hangUp('out');
    await house.run();
    expect(browser.call.end).toMatchObject({ cause: 'bye', reasons: [{ protocol: 'Q.850', cause: 16 }] });
    expect(house.told('out')).toEqual(['ringing', 'answered', 'ended local']);
    expect(await mediaLegs(house)).toEqual([]);
  });

  it('shows the caller, the hotline and the call to phones of the house', async () => {
    const house = await TestHouse.open();
    const desk = await house.phone('mira-desk', '10.0.1.1');
    await house.after(desk.register());
    const caller = { number: '+491713920001', name: 'Erika "E" Muster' };
    house.calls.dial(
      'out',
      { ...mira, autoAnswer: { callId: 'call-1' } },
      { ...options, caller, subject: 'Bürgerservice\r\nX-Evil: y' },
    );
    await house.run();
    expect(shownUri(desk.call, 'From')).toBe('sip:+491713920001@town.example');
    expect(shown(desk.call, 'From')).toContain('"Erika \\"E\\" Muster"');
    expect(shownUri(desk.call, 'P-Asserted-Identity')).toBe('sip:+491713920001@town.example');
    expect(shown(desk.call, 'Subject')).toBe('Bürgerservice X-Evil: y');
    expect(shown(desk.call, 'X-Evil')).toBeUndefined();
    expect(shown(desk.call, 'X-Amtsleitung-Call')).toBe('call-1');
    expect(shown(desk.call, 'X-Amtsleitung-Auto-Answer')).toBe('call-1');
    expect(shown(desk.call, 'Call-Info')).toContain('answer-after=0');
    expect(shown(desk.call, 'Alert-Info')).toContain('info=alert-autoanswer');
  });

  it('started on a screen begins in the browser alone', async () => {
    const { house, desk, soft, browser } = await threePhones();
    house.calls.dial('out', { ...mira, autoAnswer: { callId: 'call-1' } }, options);
    await house.run();
    expect([desk, soft, browser].map(({ calls }) => calls.length)).toEqual([0, 0, 1]);
  });

  it('takes the media of each phone from where it registered', async () => {
    const { house, desk } = await threePhones();
    house.calls.dial('out', mira, options);
    await house.run();
    expect(house.engine.legs.get('out~0')?.options).toEqual({ signallingAddress: '10.0.1.1' });
    desk.answer();
    await house.run();
    expect(house.told('out')).toEqual(['answered']);
  });

  it('shows a caller without number as anonymous and does not answer by itself', async () => {
    const { house, desk } = await threePhones();
    house.calls.dial('out', mira, { ...options, caller: {} });
    await house.run();
    expect(shownUri(desk.call, 'From')).toBe('sip:anonymous@anonymous.invalid');
    expect(shown(desk.call, 'Alert-Info')).toBeUndefined();
  });

  it('is ended where the phone is, whatever Contact it names', async () => {
    const { house, desk } = await threePhones();
    house.network.filter = ({ from, message }) => {
      const contact = message.headers.find(({ name }) => name === 'Contact');
      if (from.host === '10.0.1.1' && contact) Object.assign(contact, { value: '<sip:x@10.0.66.6>' });
      return true;
    };
    house.calls.dial('out', mira, options);
    await house.run();
    desk.answer();
    await house.run();
    house.calls.hangUp('out');
    await house.run();
    expect(desk.call.end?.cause).toBe('bye');
    const bye = house.network.sent.find(({ message }) => message.kind === 'request' && message.method === 'BYE');
    expect(bye).toMatchObject({ to: { host: '10.0.1.1' }, message: { uri: 'sip:x@10.0.66.6' } });
  });

  it('is answered twice at the same moment: one gets it, the other is hung up', async () => {
    const { house, desk, soft } = await threePhones();
    house.calls.dial('out', mira, options);
    await house.run();
    desk.answer();
    soft.answer();
    await house.run(200);
    expect(house.told('out')).toEqual(['answered']);
    expect([desk, soft].filter((phone) => phone.call.end === undefined)).toHaveLength(1);
    expect(await mediaLegs(house)).toHaveLength(1);
  });

  it('fails with the best verdict when everybody refuses', async () => {
    const { house, desk, soft, browser } = await threePhones();
    house.calls.dial('out', mira, options);
    await house.run();
    desk.call.session.reject(486);
    soft.call.session.reject(480);
    browser.call.session.reject(500);
    await house.run();
    expect(house.told('out')).toEqual(['failed busy']);
    expect(await mediaLegs(house)).toEqual([]);
  });

  it('declined on one phone is declined on all', async () => {
    const { house, desk, browser } = await threePhones();
    house.calls.dial('out', mira, options);
    await house.run();
    browser.call.session.reject(603);
    await house.run();
    expect(house.told('out')).toEqual(['failed declined']);
    expect(desk.call.end?.cause).toBe('cancelled');
  });

  it('without any phone fails at once', async () => {
    const house = await TestHouse.open();
    house.calls.dial('out', mira, options);
    await house.run();
    expect(house.told('out')).toEqual(['failed unreachable']);
  });

  it('that nobody answers is cancelled in time', async () => {
    const { house, desk } = await threePhones();
    house.calls.dial('out', mira, { ...options, ringMilliseconds: 5_000 });
    await house.run();
    desk.call.session.provisional(180);
    await house.run(5_000);
    expect(house.told('out')).toEqual(['ringing', 'failed no-answer']);
    await house.run();
    expect(desk.call.end?.cause).toBe('cancelled');
    expect(await mediaLegs(house)).toEqual([]);
  });

  it('rings on elsewhere when a tab is closed, and fails at once when it was the only place', async () => {
    const { house, desk, cut } = await threePhones();
    house.calls.dial('out', mira, options);
    await house.run();
    cut();
    await house.run();
    expect(await mediaLegs(house)).toEqual(['out~0', 'out~1']);
    desk.answer();
    await house.run();
    expect(house.told('out')).toEqual(['answered']);

    const alone = await TestHouse.open();
    const { phone, cut: close } = await alone.browser('mira', 'session');
    await alone.after(phone.register());
    alone.calls.dial('out', mira, options);
    await alone.run();
    phone.call.session.provisional(180);
    await alone.run();
    close();
    await alone.run();
    expect(alone.told('out')).toEqual(['ringing', 'failed unreachable']);
    expect(await mediaLegs(alone)).toEqual([]);
  });

  it('goes on for a while when the browser loses its connection, and ends if it does not come back', async () => {
    const house = await TestHouse.open();
    const { phone, cut } = await house.browser('mira', 'session');
    await house.after(phone.register());
    house.calls.dial('out', mira, options);
    await house.run();
    phone.answer();
    await house.run();
    cut();
    await house.run(5_000);
    expect(house.told('out')).toEqual(['answered']);
    await house.run(6_000);
    expect(house.told('out')).toEqual(['answered', 'ended lost media-lost']);
  });

  it.each(['incoming', 'outgoing'])(
    '%s goes on over the new connection when the browser is back in time',
    async (way) => {
      const house = await TestHouse.open();
      const { phone, cut, reconnect } = await house.browser('mira', 'session');
      await house.after(phone.register());
      let leg = 'out';
      let end: () => unknown = () => phone.call.end;
      if (way === 'outgoing') {
        house.calls.dial('out', mira, options);
        await house.run();
        phone.answer();
      } else {
        const call = phone.dial('121');
        end = () => call.end;
        await house.run();
        ({ leg } = house.incoming);
        house.calls.answer(leg);
      }
      await house.run();
      cut();
      await house.run(4_000);
      reconnect();
      await house.after(phone.register());
      await house.run(20_000);
      expect(house.told(leg).at(-1)).toBe('answered');
      house.calls.hangUp(leg);
      await house.run();
      expect(end()).toMatchObject({ by: 'remote', cause: 'bye' });
    },
  );

  it('is hung up in every state, once, and leaves no media', async () => {
    for (let delay = 0; delay < 12; delay++) {
      const { house, desk } = await threePhones();
      desk.onCall = (call) => {
        call.session.provisional(180);
        desk.answer(call);
      };
      house.calls.dial('out', mira, options);
      await house.run(delay);
      house.calls.hangUp('out', callFailures['answered-elsewhere']);
      await house.run(300);
      expect(house.told('out').filter((word) => /^(ended|failed)/.test(word))).toEqual([
        'ended local answered-elsewhere',
      ]);
      expect(await mediaLegs(house)).toEqual([]);
      for (const call of desk.calls) expect(call.end).toBeDefined();
    }
  });

  it('whose 200 has no usable media fails and is hung up', async () => {
    const { house, desk, soft } = await threePhones();
    house.calls.dial('out', mira, options);
    await house.run();
    desk.call.session.accept(sdpBody(fax));
    await house.run();
    expect(house.told('out')).toEqual(['failed not-acceptable-media']);
    expect([desk.call.end?.cause, soft.call.end?.cause]).toEqual(['bye', 'cancelled']);
  });
});

const anonymised = ({ method, uri, headers }: SipRequest) => ({
  method,
  uri,
  headers: headers.map(({ name, value }) => {
    const hidden = value.replace(/(tag=|branch=z9hG4bK)[0-9a-f]+/g, '$1…');
    return `${name}: ${name === 'Call-ID' ? '…' : hidden}`;
  }),
});

/** The INVITE the provider gets when Mira calls out from this phone. */
async function inviteSeenOutside(from: 'desk' | 'browser') {
  const house = await TestHouse.open();
  const provider = await house.provider();
  const phone = from === 'desk' ? await house.phone('mira-desk', '10.0.1.1') : (await house.browser('mira', 's')).phone;
  await house.after(phone.register());
  phone.dial('03023125000');
  await house.run();
  house.calls.answer(house.incoming.leg);
  house.calls.dial('out', outside, {
    ...options,
    caller: { number: '+49499921120', name: 'Mira Muster' },
    subject: 's',
  });
  await house.run();
  const seen = provider.call.session.invite;
  provider.answer();
  await house.run();
  house.calls.bridge(house.incoming.leg, 'out');
  await house.run();
  phone.userAgent.close();
  await house.run();
  const { leg } = house.incoming;
  house.calls.hangUp('out');
  await house.run();
  const toProvider = house.network.sent.filter(({ to }) => to.host === trunk.host).map(({ message }) => message);
  return { seen, toProvider, leg };
}

describe('a call to the outside', () => {
  it('looks the same from home and from the desk, and shows nothing of the house', async () => {
    const desk = await inviteSeenOutside('desk');
    const browser = await inviteSeenOutside('browser');
    const { headers, uri } = anonymised(desk.seen);
    expect(anonymised(browser.seen)).toEqual({ method: 'INVITE', uri, headers });
    expect(uri).toBe('sip:+493023125000@10.0.5.1;user=phone');
    expect(headers).toEqual([
      'Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK…;rport=5060;received=10.0.0.1',
      'Max-Forwards: 70',
      'From: <sip:+49499921120@10.0.5.1;user=phone>;tag=…',
      'To: <sip:+493023125000@10.0.5.1;user=phone>',
      'Call-ID: …',
      'CSeq: 1 INVITE',
      expect.stringMatching(/^Contact: <sip:amt-[0-9a-f]{16}@10\.0\.0\.1:5060>$/),
      expect.stringMatching(/^Allow: [A-Z, ]+$/),
      expect.stringMatching(/^Supported: [a-z, 0-9]+$/),
      expect.stringMatching(/^Allow-Events: [a-z, -]+$/),
      'Session-Expires: 1800',
      'P-Asserted-Identity: <sip:+49499921120@10.0.5.1;user=phone>',
      'Content-Type: application/sdp',
      expect.stringMatching(/^Content-Length: \d+$/),
    ]);
    expect(browser.toProvider.map((message) => message.kind === 'request' && message.method)).toEqual(
      desk.toProvider.map((message) => message.kind === 'request' && message.method),
    );
    for (const message of [...desk.toProvider, ...browser.toProvider]) {
      const text = JSON.stringify([message.headers, new TextDecoder().decode(message.body)]);
      expect(text).not.toMatch(/mira|web-|town\.example|call-1|10\.0\.1\.|10\.0\.9\.|Amtsleitung|Muster/i);
    }
  });

  it.each([
    [404, 'not-in-service'],
    [486, 'busy'],
    [503, 'trunk-failed'],
    [302, 'trunk-failed'],
    [403, 'forbidden'],
    [401, 'trunk-failed'],
  ])('refused with %i fails as %s', async (status, kind) => {
    const house = await TestHouse.open();
    const provider = await house.provider();
    house.calls.dial('out', outside, options);
    await house.run();
    const headers = status === 302 ? [{ name: 'Contact', value: '<sip:+4909001234@premium.example>' }] : [];
    provider.call.session.reject(status, { headers });
    await house.run();
    expect(house.told('out')).toEqual([`failed ${kind}`]);
    expect(provider.calls).toHaveLength(1);
    expect(await mediaLegs(house)).toEqual([]);
  });

  it('answers the challenge of the provider with the secret of the trunk', async () => {
    const house = await TestHouse.open();
    house.directory.replace({ trunks: [{ ...trunk, username: 'amt-7', password: 'geheim' }] });
    const provider = await house.provider();
    provider.onCall = (call) => {
      const isProven = headerValue(call.session.invite, 'Proxy-Authorization')?.includes('username="amt-7"');
      if (isProven) return provider.answer(call);
      const challenge = 'Digest realm="provider.example", nonce="n1", algorithm=MD5, qop="auth"';
      call.session.reject(407, { headers: [{ name: 'Proxy-Authenticate', value: challenge }] });
    };
    house.calls.dial('out', outside, options);
    await house.run(50);
    expect(house.told('out')).toEqual(['answered']);
  });

  it('over a trunk that is not there fails early enough for another one within four seconds', async () => {
    const house = await TestHouse.open();
    house.calls.dial('out', outside, { ...options, ringMilliseconds: 60_000 });
    await house.run(3_000);
    expect(house.told('out')).toEqual([]);
    await house.run(900);
    expect(house.told('out')).toEqual(['failed trunk-failed']);
  });

  it('over a provider that is slow to ring is waited for, but not for ever', async () => {
    const house = await TestHouse.open();
    const provider = await house.provider();
    house.calls.dial('out', outside, { ...options, ringMilliseconds: 90_000 });
    await house.run(30_000);
    expect(house.told('out')).toEqual([]);
    await house.run(11_000);
    expect(house.told('out')).toEqual(['failed trunk-failed']);
    await house.run();
    expect(provider.call.end?.cause).toBe('cancelled');
  });

  it('is refused above the capacity of the trunk and over a trunk that does not exist', async () => {
    const house = await TestHouse.open();
    const provider = await house.provider();
    for (const leg of ['a', 'b', 'c', 'd']) house.calls.dial(leg, outside, options);
    await house.run();
    expect(house.told('d')).toEqual(['failed overloaded']);
    expect(provider.calls).toHaveLength(3);
    house.calls.dial('e', { ...outside, trunkId: 'gone' }, options);
    await house.run();
    expect(house.told('e')).toEqual(['failed trunk-failed']);
  });
});

describe('closing the house', () => {
  it('says goodbye to all and keeps the registrations', async () => {
    const { house, desk, browser } = await threePhones();
    house.calls.dial('out', mira, options);
    await house.run();
    desk.answer();
    await house.run();
    const closing = house.softswitch.close();
    await house.run(1_000);
    await closing;
    expect(desk.call.end?.cause).toBe('bye');
    expect(browser.call.end).toBeDefined();
    expect(house.told('out')).toEqual(['answered', 'ended local interrupted']);
    expect(await mediaLegs(house)).toEqual([]);
    expect(house.store.rows.size).toBe(town.devices.filter((device) => device.personId === 'mira').length);
  });
});

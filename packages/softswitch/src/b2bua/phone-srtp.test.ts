import { plainDevice } from '@amtsleitung/domain';
import { sdpOf } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { audio, TestHouse, TestPhone, town } from '../testing/index.ts';

const tls = { transport: 'tls', address: '10.0.0.1', port: 5061 } as const;
const encrypted = audio().replace(
  'm=audio 30000 RTP/AVP 8 101',
  `m=audio 30000 RTP/SAVP 8 101\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${'A'.repeat(40)}`,
);

/** Pia's phone is registered over TLS or UDP. */
async function registered(way: 'tls' | 'udp', srtp: boolean, sdp = audio()) {
  const before = new TestHouse();
  const transports = [before.network.transport(tls.address, 5060), before.network.transport(tls.address, 5061, 'tls')];
  const house = await TestHouse.open({
    before,
    options: { listen: { host: tls.address, isAllowedOrigin: () => true, transports } },
  });
  const devices = town.devices.map((one) =>
    one.id === 'pia-desk' ? { ...one, settings: { ...plainDevice, srtp } } : one,
  );
  house.directory.replace({ devices });
  const phone = new TestPhone({
    clock: house.clock,
    seed: 7,
    transport: house.network.transport('10.0.1.2', 5060, way),
    destination: way === 'tls' ? tls : { transport: 'udp', address: tls.address, port: 5060 },
    user: 'pia-desk',
    password: 'pia-desk-secret',
    sdp,
  });
  await phone.start();
  await house.after(phone.register());
  return { house, phone };
}

const protocolIn = (sdp: string | undefined): string | undefined => /^m=audio \d+ (\S+)/m.exec(sdp ?? '')?.[1];

describe('a call to a phone', () => {
  it.each([
    ['over TLS, encrypted by its setting', 'tls', true, 'RTP/SAVP'],
    ['over TLS, without the setting', 'tls', false, 'RTP/AVP'],
    ['RFC 4568 §8.3: over UDP, where anybody could read the keys', 'udp', true, 'RTP/AVP'],
  ] as const)('%s', async (_, way, srtp, expected) => {
    const { house, phone } = await registered(way, srtp);
    house.calls.dial('out', { kind: 'person', personId: 'pia' }, { caller: {}, ringMilliseconds: 30_000, callId: 'c' });
    await house.run();
    expect(protocolIn(sdpOf(phone.call.session.invite))).toBe(expected);
  });
});

describe('a call of a phone', () => {
  /** The final status and what it was answered with. */
  async function answerTo(way: 'tls' | 'udp', offer: string) {
    const { house, phone } = await registered(way, false, offer);
    const call = phone.dial('120');
    await house.run();
    const { leg } = house.incoming;
    house.calls.answer(leg);
    await house.run();
    const { srtp } = house.engine.legs.get(leg)?.options ?? {};
    return [call.accepted?.status ?? call.end?.status, call.accepted && protocolIn(sdpOf(call.accepted)), srtp];
  }

  it('RFC 4568 §5.1.2: is answered as it offers, encrypted or not, whatever its setting', async () => {
    expect(await answerTo('tls', encrypted)).toEqual([200, 'RTP/SAVP', 'required']);
    expect(await answerTo('tls', audio())).toEqual([200, 'RTP/AVP', undefined]);
  });
});

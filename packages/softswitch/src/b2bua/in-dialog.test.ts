import type { ServerSession, Session } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { TestHouse, audio, fax, trunk } from '../testing/index.ts';
import type { PhoneCall } from '../testing/index.ts';

/** Mira's desk phone has taken a call. */
async function talking(): Promise<{ house: TestHouse; call: PhoneCall<ServerSession> }> {
  const house = await TestHouse.open();
  const phone = await house.phone('mira-desk', '10.0.1.1');
  await house.after(phone.register());
  const target = { kind: 'person', personId: 'mira' } as const;
  house.calls.dial('out', target, { caller: {}, ringMilliseconds: 30_000, callId: 'c' });
  await house.run();
  phone.answer();
  await house.run();
  house.events.length = 0;
  return { house, call: phone.call };
}

const refer = (call: PhoneCall<Session>, to: string) =>
  call.session.request('REFER', { headers: [{ name: 'Refer-To', value: `<${to}>` }] });

const info = (call: PhoneCall<Session>, contentType: string, text: string) =>
  call.session.request('INFO', { body: { contentType, content: new TextEncoder().encode(text) } });

describe('holding at a desk phone', () => {
  it.each([
    ['sendonly', audio('sendonly')],
    ['inactive', audio('inactive')],
    ['0.0.0.0', audio('sendrecv', '0.0.0.0')],
  ])('RFC 3264 §8.4: by %s is understood, and so is taking back', async (_form, sdp) => {
    const { house, call } = await talking();
    expect(await house.after(call.reoffer(sdp))).toMatchObject({ accepted: true });
    await house.after(call.reoffer(sdp));
    expect(await house.after(call.reoffer(audio()))).toMatchObject({ accepted: true });
    await house.run();
    expect(house.told('out')).toEqual(['hold-requested', 'resume-requested']);
  });

  it('a mere refresh is answered and means nothing', async () => {
    const { house, call } = await talking();
    expect(await house.after(call.reoffer(audio()))).toMatchObject({ accepted: true });
    expect(house.told('out')).toEqual([]);
  });

  it('RFC 3261 §14.2: a re-INVITE without offer gets our description', async () => {
    const { house, call } = await talking();
    const result = await house.after(call.reoffer(undefined));
    expect(result.accepted && new TextDecoder().decode(result.response.body)).toContain('m=audio');
    expect(house.engine.commands.at(-1)).toBe('describe out~0');
  });

  it('a phone that falls silent, muted or on hold, stays as long as it answers', async () => {
    const { house } = await talking();
    for (let times = 0; times < 3; times++) {
      house.engine.emit({ kind: 'lost', leg: 'out~0', reason: 'silent' });
      await house.run(200);
    }
    expect(house.told('out')).toEqual([]);
    house.network.filter = ({ to }) => to.host !== '10.0.1.1';
    house.engine.emit({ kind: 'lost', leg: 'out~0', reason: 'silent' });
    await house.run(1_000);
    expect(house.told('out')).toEqual([]);
    await house.run(1_000);
    expect(house.told('out')).toEqual(['faltering']);
    await house.run(5_000);
    expect(house.told('out')).toEqual(['faltering', 'ended lost media-lost']);
  });

  it('a phone that answers late is back as if nothing had been', async () => {
    const { house } = await talking();
    house.network.filter = ({ to }) => to.host !== '10.0.1.1';
    house.engine.emit({ kind: 'lost', leg: 'out~0', reason: 'silent' });
    await house.run(3_000);
    house.network.filter = () => true;
    await house.run(2_000);
    expect(house.told('out')).toEqual(['faltering', 'recovered']);
  });

  it('a provider is waited for longer, and its line is given up when it knows nothing of the call', async () => {
    const house = await TestHouse.open();
    const provider = await house.provider();
    const call = provider.dial('+49499921120');
    await house.run();
    const { leg } = house.incoming;
    house.calls.answer(leg);
    await house.run();
    house.network.filter = ({ to }) => to.host !== trunk.host;
    house.engine.emit({ kind: 'lost', leg, reason: 'silent' });
    await house.run(20_000);
    expect(house.told(leg)).toEqual(['incoming', 'answered']);
    await house.run(15_000);
    expect(house.told(leg).at(-1)).toBe('ended lost');
    expect(call.end).toBeUndefined();
  });
});

describe('a fax machine', () => {
  it('is told 488, and the call goes on', async () => {
    const { house, call } = await talking();
    expect(await house.after(call.reoffer(fax))).toMatchObject({ accepted: false, status: 488 });
    expect(call.end).toBeUndefined();
    expect(house.told('out')).toEqual([]);
    expect(await house.engine.list()).toEqual(['out~0']);
  });
});

describe('a transfer by REFER', () => {
  it('is handed on, and told how it went when the house lets the phone go', async () => {
    const { house, call } = await talking();
    expect((await house.after(refer(call, 'sip:121@town.example'))).status).toBe(202);
    await house.run();
    expect(house.told('out')).toEqual(['transfer-requested 121']);
    house.calls.hangUp('out');
    await house.run();
    expect(call.notified).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 200 OK']);
    expect(call.end?.cause).toBe('bye');
  });

  it('that does not happen is reported at once', async () => {
    const { house, call } = await talking();
    await house.after(refer(call, 'sip:121@town.example'));
    house.calls.transferFailed('out');
    await house.run();
    expect(call.notified.at(-1)).toBe('SIP/2.0 503 Service Unavailable');
    house.calls.transferFailed('out');
    await house.run();
    expect(call.notified).toHaveLength(2);
    expect(call.end).toBeUndefined();
  });

  it('meets the BYE of the phone without harm', async () => {
    const { house, call } = await talking();
    void refer(call, 'sip:121@town.example');
    await house.run(1);
    call.session.bye();
    await house.run(200);
    expect(house.told('out')).toEqual(['transfer-requested 121', 'ended remote']);
    expect(await house.engine.list()).toEqual([]);
  });

  it.each([
    ['mailto:mira@town.example', 400],
    ['sip:town.example', 400],
  ])('to %s is refused with %i', async (target, status) => {
    const { house, call } = await talking();
    expect((await house.after(refer(call, target))).status).toBe(status);
    expect(house.told('out')).toEqual([]);
  });

  it('of a trunk is refused: nobody dials out from outside', async () => {
    const house = await TestHouse.open();
    const provider = await house.provider();
    const call = provider.dial('+49499921120');
    await house.run();
    house.calls.answer(house.incoming.leg);
    await house.run();
    expect((await house.after(refer(call, 'sip:+493023125000@town.example'))).status).toBe(603);
    expect(house.told(house.incoming.leg)).toEqual(['incoming', 'answered']);
  });
});

describe('digits', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', '5'],
    ['application/dtmf-relay', 'Signal= *\r\nDuration=160', '*'],
    ['application/dtmf-relay', 'Signal=11\r\n', '#'],
    ['application/dtmf', '7', '7'],
  ])('in an INFO of %s are heard', async (type, text, digit) => {
    const { house, call } = await talking();
    expect((await house.after(info(call, type, text))).status).toBe(200);
    expect(house.told('out')).toEqual([`digit ${digit}`]);
  });

  it('nonsense in an INFO is no digit', async () => {
    const { house, call } = await talking();
    await house.after(info(call, 'application/dtmf-relay', 'Signal=hello'));
    await house.after(info(call, 'text/plain', '5'));
    expect(house.told('out')).toEqual([]);
  });

  it('from the media and towards the far side take their way', async () => {
    const { house } = await talking();
    house.engine.emit({ kind: 'digit', leg: 'out~0', digit: '3' });
    house.calls.sendDigits('out', '12 3#x');
    await house.run();
    expect(house.told('out')).toEqual(['digit 3']);
    expect(house.engine.legs.get('out~0')?.sentDigits).toBe('123#');
  });
});

describe('playing', () => {
  it('what has no file ends at once instead of leaving silence without end', async () => {
    const { house } = await talking();
    house.calls.play('out', 'p', [{ kind: 'prompt', name: 'greeting', language: 'de' }]);
    await house.run();
    expect(house.told('out')).toEqual(['playback-ended']);
  });
});

describe('a leg whose handling throws', () => {
  it('ends, and no other leg notices', async () => {
    const { house, call } = await talking();
    const provider = await house.provider();
    const other = provider.dial('+49499921120');
    await house.run();
    house.calls.answer(house.incoming.leg);
    await house.run();
    const broken = {
      get kind(): never {
        throw new Error('bad');
      },
    };
    house.calls.play('out', 'p', [broken as never]);
    await house.run();
    expect(house.told('out')).toEqual(['ended lost interrupted']);
    expect([call.end?.cause, other.end]).toEqual(['bye', undefined]);
    expect(await house.engine.list()).toEqual([house.incoming.leg]);
  });
});

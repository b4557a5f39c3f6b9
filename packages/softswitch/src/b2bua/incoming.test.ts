import { callFailures } from '@amtsleitung/domain';
import { MediaError } from '@amtsleitung/media';
import { headerValue, sdpBody } from '@amtsleitung/sip';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { SoftswitchOptions } from '../softswitch-options.ts';
import { deviceSecretHasher } from '../registrar/device-secret.ts';
import { TestHouse, audio, browserAudio, domain, fax, trunk } from '../testing/index.ts';
import type { PhoneCall, TestPhone } from '../testing/index.ts';
import type { ClientSession } from '@amtsleitung/sip';

interface Ringing {
  readonly house: TestHouse;
  readonly provider: TestPhone;
  readonly call: PhoneCall<ClientSession>;
  readonly leg: string;
}

async function ringing(options: Partial<SoftswitchOptions> = {}): Promise<Ringing> {
  const house = await TestHouse.open({ options });
  const provider = await house.provider();
  const call = provider.dial('+49499921120', { from: '<sip:+493023125000@provider.example>' });
  await house.run();
  return { house, provider, call, leg: house.incoming.leg };
}

describe('a call from the trunk', () => {
  it('reaches the domain with what the provider says, is answered, and ends by BYE', async () => {
    const { house, call, leg } = await ringing();
    expect(house.incoming).toEqual({
      kind: 'incoming',
      leg,
      origin: { kind: 'trunk', trunkId: 'line' },
      tenantId: 'town',
      dialled: '+49499921120',
      caller: { number: '+493023125000' },
    });
    house.calls.ring(leg);
    house.calls.answer(leg);
    house.calls.play(leg, 'p', [{ kind: 'silence', milliseconds: 100 }], true);
    await house.run();
    expect(call.provisionals).toEqual([180]);
    expect(call.accepted?.status).toBe(200);
    expect(house.engine.commands).toEqual([`answer ${leg} plain`, `play ${leg} p loop`]);
    expect(house.engine.legs.get(leg)?.options).toEqual({
      signallingAddress: trunk.host,
      isProvider: true,
      srtp: 'off',
    });
    call.session.bye();
    await house.run();
    expect(house.told(leg)).toEqual(['incoming', 'answered', 'ended remote']);
    expect(await house.engine.list()).toEqual([]);
  });

  it('is refused with status and cause', async () => {
    const { house, call, leg } = await ringing();
    house.calls.reject(leg, callFailures['not-in-service']);
    await house.run();
    expect(call.end).toMatchObject({ status: 404, reasons: [{ protocol: 'Q.850', cause: 1 }] });
    expect(house.told(leg)).toEqual(['incoming', 'ended local not-in-service']);
  });

  it('is cancelled by the caller', async () => {
    const { house, call, leg } = await ringing();
    house.calls.ring(leg);
    await house.run();
    call.session.cancel();
    await house.run();
    expect(house.told(leg)).toEqual(['incoming', 'ended remote cancelled']);
    house.calls.answer(leg);
    await house.run();
    expect(house.engine.commands).toEqual([]);
  });

  it('crossed by CANCEL ends once, however the 200 and the CANCEL meet, and leaves no media', async () => {
    for (let delay = 0; delay < 6; delay++) {
      const { house, call, leg } = await ringing();
      house.calls.ring(leg);
      await house.run();
      call.session.cancel();
      await house.run(delay);
      house.calls.answer(leg);
      await house.run(200);
      const ends = house.told(leg).filter((word) => word.startsWith('ended'));
      expect(ends).toHaveLength(1);
      expect(call.end).toBeDefined();
      expect(await house.engine.list()).toEqual([]);
    }
  });

  it('RFC 3261 §13.3.1.4: without an offer gets ours, and is there when the ACK brings the answer', async () => {
    const house = await TestHouse.open();
    const provider = await house.provider();
    const { destination } = provider.options;
    const session = provider.userAgent.invite({
      requestUri: 'sip:+49499921120@town.example',
      destination,
      from: '<sip:+493023125000@provider.example>',
      to: '<sip:+49499921120@town.example>',
      autoAck: false,
    });
    session.handle({ accepted: () => session.acknowledge(sdpBody(audio())) });
    await house.run();
    const { leg } = house.incoming;
    house.calls.answer(leg);
    await house.run();
    expect(house.engine.commands).toEqual([`offer ${leg} plain`, `accept ${leg}`]);
    expect(house.told(leg)).toEqual(['incoming', 'answered']);
  });

  it('that nobody acknowledges ends as lost', async () => {
    const { house, leg } = await ringing();
    house.network.filter = ({ message }) => !(message.kind === 'request' && message.method === 'ACK');
    house.calls.answer(leg);
    await house.run(40_000);
    expect(house.told(leg)).toEqual(['incoming', 'answered', 'ended lost']);
    expect(await house.engine.list()).toEqual([]);
  });

  it('RFC 3261 §13.3.1.3: with media nobody understands gets 488', async () => {
    const house = await TestHouse.open();
    const provider = await house.provider();
    const call = provider.dial('+49499921120', { body: sdpBody(fax) });
    await house.run();
    const { leg } = house.incoming;
    house.calls.answer(leg);
    await house.run();
    expect(call.end?.status).toBe(488);
    expect(house.told(leg)).toEqual(['incoming', 'ended local not-acceptable-media']);
  });

  it('meets a broken engine with 503 and ends', async () => {
    const { house, call, leg } = await ringing();
    house.engine.failNext.set('answer', new MediaError(503, 'full'));
    house.calls.answer(leg);
    await house.run();
    expect(call.end?.status).toBe(503);
    expect(house.told(leg)).toEqual(['incoming', 'ended local overloaded']);
  });

  it('is not kept waiting by an engine that never answers', async () => {
    const { house, call, leg } = await ringing();
    house.engine.gate = new Promise(() => {});
    house.calls.answer(leg);
    await house.run(12_000);
    expect(call.end?.status).toBe(503);
    expect(house.told(leg)).toEqual(['incoming', 'ended local overloaded']);
  });

  it('ends as lost when its media is gone', async () => {
    const { house, call, leg } = await ringing();
    house.calls.answer(leg);
    await house.run();
    house.engine.emit({ kind: 'lost', leg, reason: 'engine' });
    await house.run();
    expect(call.end).toMatchObject({ by: 'remote', cause: 'bye' });
    expect(house.told(leg)).toEqual(['incoming', 'answered', 'ended lost media-lost']);
  });

  it('finishes a recording before its end is told', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'softswitch-'));
    const { house, call, leg } = await ringing({ dataFolder });
    house.calls.answer(leg);
    await house.run();
    const file = join(dataFolder, 'messages/town/r1.wav');
    house.engine.onClose = (closed) =>
      house.engine.emit({
        kind: 'recording-ended',
        leg: closed,
        recordingId: 'r1',
        file,
        milliseconds: 900,
        voiceMilliseconds: 900,
      });
    house.calls.record(leg, 'r1', { maxMilliseconds: 60_000, silentMilliseconds: 8_000 });
    await vi.waitFor(() => expect(house.engine.commands).toContain(`record ${leg} r1`));
    await rm(dataFolder, { recursive: true });
    call.session.bye();
    await house.run();
    expect(house.told(leg)).toEqual(['incoming', 'answered', 'recording-ended', 'ended remote']);
    expect(house.events.find((event) => event.kind === 'recording-ended')).toMatchObject({
      recordingId: 'r1',
      file: 'messages/town/r1.wav',
    });
  });

  it('beyond the limit gets 503', async () => {
    const house = await TestHouse.open({ options: { limits: { legs: 1 } } });
    const provider = await house.provider();
    provider.dial('+49499921120');
    await house.run();
    const second = provider.dial('+49499921121');
    await house.run();
    expect(second.end?.status).toBe(503);
    expect(headerValue(second.end!.response!, 'Retry-After')).toBe('10');
  });
});

describe('a call from a trunk that proves itself by digest', () => {
  const username = 'line-7';
  const secret = deviceSecretHasher.hash(username, domain, 'geheim');
  const dial = async (password: string) => {
    const house = await TestHouse.open();
    house.directory.replace({ trunks: [{ ...trunk, sourceAddresses: [], username, ha1: secret }] });
    const provider = await house.provider();
    const credentials = { username, password };
    const call = provider.dial('+49499921120', { from: `<sip:${username}@provider.example>`, credentials });
    await house.run(50);
    return { house, call };
  };

  it('reaches the domain', async () => {
    const { house } = await dial('geheim');
    expect(house.incoming.origin).toEqual({ kind: 'trunk', trunkId: 'line' });
  });

  it('with the wrong password does not', async () => {
    const { house, call } = await dial('falsch');
    expect(call.end?.status).toBe(401);
    expect(house.events).toEqual([]);
  });
});

describe('a call from a phone', () => {
  it('RFC 3325 §5: is its account, whatever the phone claims', async () => {
    const house = await TestHouse.open();
    const phone = await house.phone('mira-desk', '10.0.1.1');
    phone.dial('121', {
      headers: [
        { name: 'P-Asserted-Identity', value: '<sip:+493023125000@x>' },
        { name: 'X-Amtsleitung-Call', value: 'call-7' },
      ],
    });
    await house.run();
    expect(house.incoming).toMatchObject({
      origin: { kind: 'device', personId: 'mira', siteId: 'site' },
      dialled: '121',
      caller: { number: '120', name: 'mira Muster' },
      callId: 'call-7',
    });
  });

  it('from a browser gets browser media', async () => {
    const house = await TestHouse.open();
    const { phone } = await house.browser('mira', 'session');
    await house.after(phone.register());
    phone.dial('121', { body: sdpBody(browserAudio) });
    await house.run();
    const { leg, origin } = house.incoming;
    expect(origin).toEqual({ kind: 'device', personId: 'mira' });
    house.calls.answer(leg);
    await house.run();
    expect(house.engine.commands).toEqual([`answer ${leg} browser`]);
  });

  it('sharing the address of a trunk is asked for its password', async () => {
    const house = await TestHouse.open();
    const phone = await house.phone('mira-desk', '10.0.5.1', 5070);
    phone.dial('121');
    await house.run();
    expect(house.incoming.origin).toMatchObject({ kind: 'device', personId: 'mira' });
  });
});

describe('strangers', () => {
  it('are challenged and reach nobody', async () => {
    const house = await TestHouse.open();
    const mira = await house.phone('mira-desk', '10.0.1.1');
    const provider = await house.provider();
    await house.after(mira.register());
    const stranger = await house.phone('mira-desk', '10.0.7.7');
    const calls = [
      stranger.dial('120', { credentials: { username: 'mira-desk', password: 'guess' } }),
      stranger.dial('+493023125000', { credentials: { username: 'x', password: 'x' } }),
      stranger.dial('120', {
        headers: [{ name: 'Route', value: '<sip:10.0.1.1;lr>' }],
        credentials: { username: 'x', password: '' },
      }),
    ];
    await house.run(1_000);
    expect(calls.map((call) => call.end?.status)).toEqual([401, 401, 401]);
    expect(house.events).toEqual([]);
    expect([...mira.calls, ...provider.calls]).toEqual([]);
  });

  it('leave nothing behind, however many they send', async () => {
    const house = await TestHouse.open();
    const stranger = await house.phone('x', '10.0.7.7');
    const before = house.clock.pendingTimers;
    for (let index = 0; index < 200; index++) {
      stranger.dial('120', { credentials: { username: `user${index}`, password: 'x' } });
    }
    await house.run(100);
    const ofHouse = house.network.sent.filter(({ from }) => from.host === '10.0.0.1');
    expect(ofHouse.every(({ message }) => message.kind === 'response')).toBe(true);
    await house.run(70_000);
    expect(house.clock.pendingTimers).toBe(before);
  });

  it('asking what we can do, however often, leave no transaction behind that calls would need', async () => {
    const house = await TestHouse.open();
    const stranger = await house.phone('x', '10.0.7.7');
    const { destination } = stranger.options;
    const ask = () =>
      stranger.userAgent.request({
        ...{ method: 'OPTIONS', requestUri: 'sip:town.example', destination },
        ...{ from: '<sip:x@town.example>', to: '<sip:town.example>' },
      });
    const answers = await house.after(Promise.all(Array.from({ length: 200 }, ask)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(headerValue(answers[0]!, 'Accept')).toBe('application/sdp');
    expect(house.softswitch.load.transactions).toBe(0);
  });

  it('looking for systems to abuse get no answer at all', async () => {
    const house = await TestHouse.open();
    const stranger = await house.phone('x', '10.0.7.7');
    const asked = stranger.userAgent.request({
      method: 'OPTIONS',
      requestUri: 'sip:100@town.example',
      destination: stranger.options.destination,
      from: '"sipvicious" <sip:100@1.1.1.1>',
      to: '<sip:100@town.example>',
    });
    expect((await house.after(asked)).status).toBe(408);
  });

  it.each([
    ['OPTIONS', 200],
    ['SUBSCRIBE', 401],
    ['PUBLISH', 401],
    ['MESSAGE', 401],
    ['NOTIFY', 405],
    ['BYE', 481],
  ])('%s outside a dialog gets %i, and nobody learns what we are', async (method, status) => {
    const house = await TestHouse.open();
    const stranger = await house.phone('x', '10.0.7.7');
    const response = await house.after(
      stranger.userAgent.request({
        method,
        requestUri: 'sip:town.example',
        destination: stranger.options.destination,
        from: '<sip:x@town.example>',
        to: '<sip:town.example>',
      }),
    );
    expect(response.status).toBe(status);
    expect(headerValue(response, 'Server') ?? headerValue(response, 'User-Agent')).toBeUndefined();
  });

  it.each([
    ['SUBSCRIBE', 489],
    ['MESSAGE', 405],
  ])('a known phone gets %s answered with %i', async (method, status) => {
    const house = await TestHouse.open();
    const phone = await house.phone('mira-desk', '10.0.1.1');
    const { destination } = phone.options;
    const asked = phone.userAgent.request({
      method,
      requestUri: 'sip:town.example',
      destination,
      from: '<sip:mira-desk@town.example>',
      to: '<sip:town.example>',
      credentials: { username: 'mira-desk', password: 'mira-desk-secret' },
    });
    expect((await house.after(asked)).status).toBe(status);
  });
});

describe('at the start', () => {
  it('media of calls before the restart is closed', async () => {
    const house = new TestHouse();
    await house.engine.answer('old', 'plain', audio());
    await house.softswitch.start();
    expect(await house.engine.list()).toEqual([]);
  });
});

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger } from '@amtsleitung/base';
import { EmbeddedEngine, generateTone, printWav, type MediaEvent } from '@amtsleitung/media';
import { TonePeer } from '@amtsleitung/media/testing';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from './harness/temp-folder.ts';

const chromiumPath = '/usr/bin/chromium';
const [pageTone, phoneTone, musicTone] = [440, 1000, 1500];
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
];

/** Runs in the page: a peer connection that says a tone, and an ear on what it receives. */
const pageScript = `
  window.call = () => {
    const audio = new AudioContext();
    const oscillator = new OscillatorNode(audio, { frequency: ${pageTone} });
    const microphone = audio.createMediaStreamDestination();
    oscillator.connect(new GainNode(audio, { gain: 0.3 })).connect(microphone);
    oscillator.start();
    const connection = new RTCPeerConnection();
    const sender = connection.addTrack(microphone.stream.getTracks()[0], microphone.stream);
    const analyser = new AnalyserNode(audio, { fftSize: 4096, smoothingTimeConstant: 0 });
    connection.ontrack = ({ streams }) => {
      const element = new Audio();
      element.muted = true;
      element.srcObject = streams[0];
      void element.play();
      audio.createMediaStreamSource(streams[0]).connect(analyser);
    };
    const gathered = () => new Promise((resolve) => {
      const check = () => connection.iceGatheringState === 'complete' && resolve(connection.localDescription.sdp);
      connection.onicegatheringstatechange = check;
      check();
    });
    const peak = () => {
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      const loudest = bins.indexOf(Math.max(...bins));
      return { frequency: (loudest * audio.sampleRate) / 4096, level: bins[loudest] };
    };
    const until = (condition) => new Promise((resolve) => {
      const timer = setInterval(() => condition() && (clearInterval(timer), resolve()), 20);
    });
    window.current = {
      connection, sender,
      offer: async (options) => { await connection.setLocalDescription(await connection.createOffer(options)); return gathered(); },
      accept: (sdp) => connection.setRemoteDescription({ type: 'answer', sdp }),
      answer: async (sdp) => {
        await connection.setRemoteDescription({ type: 'offer', sdp });
        await connection.setLocalDescription(await connection.createAnswer());
        return gathered();
      },
      hears: (frequency) => until(() => Math.abs(peak().frequency - frequency) < 15 && peak().level > -60),
      hearsNothing: () => until(() => peak().level < -90),
      received: async () => [...(await connection.getStats()).values()].find(({ type }) => type === 'inbound-rtp'),
      press: (digits) => sender.dtmf.insertDTMF(digits, 100, 70),
    };
  };
`;

interface PageCall {
  offer(options?: RTCOfferOptions): Promise<string>;
  accept(sdp: string): Promise<void>;
  answer(sdp: string): Promise<string>;
  hears(frequency: number): Promise<void>;
  hearsNothing(): Promise<void>;
  received(): Promise<{ packetsReceived: number; packetsLost: number } | undefined>;
  press(digits: string): void;
}
interface RTCOfferOptions {
  readonly iceRestart?: boolean;
}

describe.skipIf(!existsSync(chromiumPath))('a browser on the embedded engine', () => {
  const folder = tempFolder('media-browser');
  let engine: EmbeddedEngine;
  let browser: Browser;
  let page: Page;
  let phone: TonePeer;
  let events: MediaEvent[] = [];
  let wake: (() => void)[] = [];
  let legs = 0;

  /** Runs a method of the page's call. */
  const call = <Name extends keyof PageCall>(
    name: Name,
    ...args: Parameters<PageCall[Name]>
  ): Promise<Awaited<ReturnType<PageCall[Name]>>> =>
    page.evaluate(`window.current.${name}(...${JSON.stringify(args)})`) as never;

  const event = async (kind: MediaEvent['kind'], leg: string, nth = 1): Promise<MediaEvent> => {
    for (;;) {
      const found = events.filter((one) => one.kind === kind && one.leg === leg)[nth - 1];
      if (found) return found;
      await new Promise<void>((resolve) => wake.push(resolve));
    }
  };

  const phoneLeg = async (): Promise<string> => {
    const leg = `phone-${++legs}`;
    phone.talkTo(await engine.answer(leg, 'plain', phone.sdp()));
    return leg;
  };

  beforeAll(async () => {
    engine = await EmbeddedEngine.start({
      runtimeFolder: join(folder.path, 'run'),
      bindAddress: '127.0.0.1',
      mediaPort: 0,
      logger: silentLogger,
    });
    engine.onEvent((one) => {
      events.push(one);
      for (const resolve of wake.splice(0)) resolve();
    });
    browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
  });

  beforeEach(async () => {
    events = [];
    wake = [];
    await page?.close();
    page = await browser.newPage();
    await page.evaluate(pageScript);
    await page.evaluate('window.call()');
    phone = await TonePeer.open({ says: phoneTone, listensFor: [pageTone, phoneTone, musicTone] });
    return () => phone.close();
  });

  afterAll(async () => {
    await browser.close();
    await engine.shutDown();
    folder.remove();
  });

  it('calls: both hear each other, keys arrive, nothing is lost', async () => {
    const [leg, other] = [`page-${++legs}`, await phoneLeg()];
    await engine.bridge(
      other,
      await engine.answer(leg, 'browser', await call('offer')).then(async (sdp) => (await call('accept', sdp), leg)),
    );
    await Promise.all([call('hears', phoneTone), phone.hears(pageTone)]);
    await event('connected', leg);
    await call('press', '159#');
    await event('digit', leg, 4);
    expect(events.flatMap((one) => (one.kind === 'digit' ? [one.digit] : [])).join('')).toBe('159#');
    expect(await engine.stats(leg)).toMatchObject({ codec: 'PCMA', dtlsVerified: true });
    expect((await call('received'))?.packetsLost).toBe(0);
  });

  it('is called, is held with music and taken back, and survives an ICE restart', async () => {
    const [leg, other] = [`page-${++legs}`, await phoneLeg()];
    const music = join(folder.path, 'music.wav');
    await writeFile(music, printWav(generateTone([musicTone], 400, -12, 0)));
    await engine.accept(leg, await call('answer', await engine.offer(leg, 'browser')));
    await engine.bridge(leg, other);
    await Promise.all([call('hears', phoneTone), phone.hears(pageTone)]);
    await engine.park(other);
    await engine.play(leg, 'hold', [{ file: music }], true);
    await Promise.all([call('hears', musicTone), phone.hears('silence')]);
    await engine.bridge(leg, other);
    await Promise.all([call('hears', phoneTone), phone.hears(pageTone)]);
    const { answerSdp, remoteDirection } = await engine.renegotiate(leg, await call('offer', { iceRestart: true }));
    expect(remoteDirection).toBe('sendrecv');
    await call('accept', answerSdp);
    await Promise.all([call('hears', phoneTone), phone.hears(pageTone)]);
  });

  it('gets and gives nothing when its certificate is not the announced one', async () => {
    const leg = `page-${++legs}`;
    const other = await phoneLeg();
    const answer = await call('answer', await engine.offer(leg, 'browser'));
    const forged = answer.replace(
      /(a=fingerprint:sha-256 )(..)/,
      (_, head: string, first: string) => `${head}${first === '00' ? '01' : '00'}`,
    );
    await engine.accept(leg, forged);
    await engine.bridge(leg, other);
    expect(await event('lost', leg)).toMatchObject({ reason: 'insecure' });
    await phone.hears('silence');
    expect(await engine.stats(leg)).toMatchObject({ packetsIn: 0, packetsOut: 0, dtlsVerified: false });
  });
});

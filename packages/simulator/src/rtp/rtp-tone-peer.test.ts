import { afterEach, describe, expect, it } from 'vitest';
import { silenceSource, sineSource } from '../tone/audio-source.ts';
import { printPhoneSdp, readPhoneSdp } from './phone-sdp.ts';
import { RtpTonePeer } from './rtp-tone-peer.ts';

const open: RtpTonePeer[] = [];
const peer = async (...options: Parameters<typeof RtpTonePeer.open>) => {
  const made = await RtpTonePeer.open(...options);
  open.push(made);
  return made;
};
afterEach(() => open.splice(0).forEach((made) => made.close()));

describe('RtpTonePeer', () => {
  it('hears the other one, in either codec, and answers to where it hears from', async () => {
    const left = await peer({ says: sineSource(641), codec: 'PCMA' });
    const right = await peer({ says: sineSource(1280), codec: 'PCMU', host: '127.0.0.2' });
    left.sendTo(right);
    await Promise.all([right.untilHears(641), left.untilHears(1280)]);
    expect(right.heardFrom).toBe(`127.0.0.1:${left.port}`);
    expect(left.packetsLost).toBe(0);
  });

  it('notices silence, a changed tone and a line gone dead', async () => {
    const left = await peer({ says: sineSource(641) });
    const right = await peer();
    left.sendTo(right);
    await right.untilHears(641);
    left.say(sineSource(905));
    await Promise.all([right.untilHears(905), right.untilSilentOf(641)]);
    left.say(silenceSource);
    await right.ear.untilSilent();
    left.say(sineSource(905));
    await right.untilHears(905);
    left.setSending(false);
    await right.ear.untilSilent();
  });

  it('presses and reads digits', async () => {
    const left = await peer({ says: sineSource(641) });
    const right = await peer({ says: sineSource(905) });
    left.sendTo(right);
    left.press('21*0#');
    await left.untilHears(905);
    await expect.poll(() => right.digits, { timeout: 3000 }).toBe('21*0#');
  });
});

describe('phone SDP', () => {
  it('reads back what it wrote', () => {
    const media = { host: '127.0.0.2', port: 4000, codec: 'PCMU', digits: 101, direction: 'sendonly' } as const;
    expect(readPhoneSdp(printPhoneSdp(media, 3))).toEqual(media);
  });

  it('takes address and direction from the session where the stream has none', () => {
    const sdp =
      'v=0\r\nc=IN IP4 127.0.0.9\r\na=inactive\r\nm=audio 5000 RTP/AVP 8\r\nm=video 0 RTP/AVP 96\r\na=sendonly\r\n';
    expect(readPhoneSdp(sdp)).toEqual({ host: '127.0.0.9', port: 5000, codec: 'PCMA', direction: 'inactive' });
  });

  it('refuses what it cannot play', () => {
    expect(() => readPhoneSdp('v=0\r\n')).toThrow(/no audio/);
    expect(() => readPhoneSdp('v=0\r\nm=audio 5000 RTP/AVP 96\r\n')).toThrow(/no G.711/);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '@amtsleitung/base/testing';
import { RtpTonePeer } from '../rtp/rtp-tone-peer.ts';
import { sineSource } from '../tone/audio-source.ts';
import { LossyUdpRelay } from './lossy-udp-relay.ts';

const open: { close(): void }[] = [];
const keep = <Thing extends { close(): void }>(thing: Thing): Thing => {
  open.push(thing);
  return thing;
};
afterEach(() => open.splice(0).forEach((thing) => thing.close()));

describe('LossyUdpRelay', () => {
  it('lets a tone through both ways and loses what it should', async () => {
    const far = keep(await RtpTonePeer.open({ says: sineSource(1280) }));
    const relay = keep(await LossyUdpRelay.open({ target: far, loss: 0.1, jitter: 5, random: seededRandom(4) }));
    const near = keep(await RtpTonePeer.open({ says: sineSource(641) }));
    near.sendTo({ host: '127.0.0.1', port: relay.port });
    await Promise.all([far.untilHears(641), near.untilHears(1280)]);
    await expect.poll(() => relay.dropped, { timeout: 5000 }).toBeGreaterThan(3);
    expect(far.heardFrom).not.toBe(`127.0.0.1:${near.port}`);
  });
});

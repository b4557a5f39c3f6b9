import { createSocket, type Socket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { parseRtcp, printReceiverReport } from '../../rtp/rtcp-packet.ts';
import { printRtp } from '../../rtp/rtp-packet.ts';
import { SrtpReceiver } from '../srtp/srtp-receiver.ts';
import { SrtpSender } from '../srtp/srtp-sender.ts';
import type { MasterKey } from '../srtp/srtp-keys.ts';
import { PlainTransport } from './plain-transport.ts';
import { PortPool } from './port-pool.ts';

/** One UDP port of a far side. */
class Side {
  readonly socket: Socket = createSocket('udp4');
  readonly #received: { readonly bytes: Buffer; readonly port: number }[] = [];
  #wake: (() => void) | undefined;

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.socket.bind(0, '127.0.0.1', resolve));
    this.socket.on('message', (bytes, { port }) => {
      this.#received.push({ bytes, port });
      this.#wake?.();
    });
    return this.socket.address().port;
  }

  async next(): Promise<{ readonly bytes: Buffer; readonly port: number }> {
    for (;;) {
      const datagram = this.#received.shift();
      if (datagram) return datagram;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  send(bytes: Buffer, port: number): void {
    this.socket.send(bytes, port, '127.0.0.1');
  }
}

const media = (sequence: number): Buffer =>
  printRtp({ marker: false, payloadType: 8, sequence, timestamp: 0, ssrc: 5, payload: Buffer.alloc(160) });
const report = printReceiverReport(9, undefined, 'house');
const roomy = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(32)]);

const open: { close(): void }[] = [];
afterEach(() => {
  for (const thing of open.splice(0)) thing.close();
});

async function pair(encrypted = false) {
  const clock = new VirtualClock();
  const [voice, control] = [new Side(), new Side()];
  const [port, controlPort] = [await voice.open(), await control.open()];
  let heard: () => void = () => {};
  const transport = (await PlainTransport.open({
    bindAddress: '127.0.0.1',
    ports: new PortPool({ first: 41_000, last: 41_998 }, clock, seededRandom(process.pid)),
    clock,
    farSide: {},
    encrypted,
    events: { onPacket: () => heard(), onVerified: () => {}, onInsecure: () => {} },
    onError: (error) => expect.unreachable(String(error)),
  }))!;
  open.push(transport, voice.socket, control.socket);
  transport.setRemote({ address: '127.0.0.1', port, controlPort });
  const untilHeard = () => new Promise<void>((resolve) => (heard = resolve));
  return { clock, transport, voice, control, untilHeard };
}

describe('RTCP beside a plain leg', () => {
  it('RFC 3550 §11: goes from the odd port to the far side’s, once that was heard', async () => {
    const { transport, voice, control, untilHeard } = await pair();
    transport.sendControl(roomy(report), report.length);
    const heard = untilHeard();
    voice.send(media(1), transport.port);
    await heard;
    transport.sendControl(roomy(report), report.length);
    const { bytes, port } = await control.next();
    expect(port).toBe(transport.port + 1);
    expect(parseRtcp(bytes)).toEqual([{ kind: 'receiver-report', ssrc: 9, blocks: [] }]);
  });

  it('RFC 3550 §6.2: tells that a far side is there which says nothing, wherever its reports come from', async () => {
    const { clock, transport, voice, control, untilHeard } = await pair();
    const heard = untilHeard();
    voice.send(media(1), transport.port);
    await heard;
    transport.sendControl(roomy(report), report.length);
    await control.next();
    clock.advance(7_000);
    const elsewhere = new Side();
    await elsewhere.open();
    open.push(elsewhere.socket);
    elsewhere.send(Buffer.from('no report'), transport.port + 1);
    elsewhere.send(report, transport.port + 1);
    await expect.poll(() => transport.lastSign).toBe(7_000);
    transport.sendControl(roomy(report), report.length);
    expect((await elsewhere.next()).bytes).toEqual(report);
  });

  it('RFC 3711 §3.4: is encrypted where the voice is, both ways', async () => {
    const { clock, transport, voice, control, untilHeard } = await pair(true);
    const key = (): MasterKey => ({ key: randomBytes(16), salt: randomBytes(14) });
    const [ours, theirs] = [key(), key()];
    transport.setKeys({ suite: 'AES_CM_128_HMAC_SHA1_80', send: ours, receive: theirs });
    const [sender, receiver] = [new SrtpSender(theirs), new SrtpReceiver(ours)];
    const heard = untilHeard();
    const packet = roomy(media(1));
    voice.send(packet.subarray(0, sender.protect(packet, packet.length - 32)), transport.port);
    await heard;
    transport.sendControl(roomy(report), report.length);
    const { bytes } = await control.next();
    expect(parseRtcp(receiver.unprotectControl(bytes)!)).toHaveLength(1);
    clock.advance(5_000);
    const genuine = roomy(report);
    control.send(genuine.subarray(0, sender.protectControl(genuine, report.length)), transport.port + 1);
    await expect.poll(() => transport.lastSign).toBe(5_000);
  });
});

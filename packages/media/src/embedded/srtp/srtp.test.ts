import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printRtp } from '../../rtp/rtp-packet.ts';
import { CounterCipher } from './counter-cipher.ts';
import { HmacSha1 } from './hmac-sha1.ts';
import { ReplayWindow } from './replay-window.ts';
import { deriveKeys } from './srtp-keys.ts';
import { SrtpReceiver } from './srtp-receiver.ts';
import { SrtpSender } from './srtp-sender.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');
const master = {
  key: hex('E1F97A0D3E018BE0D64FA32C06DE4139'),
  salt: hex('0EC675AD498AFEEBB6960B3AABE6'),
};

/** A packet with room for the tag. */
function packetOf(sequence: number, ssrc = 0xcafebabe, payload = Buffer.alloc(160, sequence & 0xff)): [Buffer, number] {
  const packet = printRtp({ marker: false, payloadType: 8, sequence, timestamp: sequence * 160, ssrc, payload });
  return [Buffer.concat([packet, Buffer.alloc(32)]), packet.length];
}

function protectedPacket(sender: SrtpSender, sequence: number): Buffer {
  const [packet, length] = packetOf(sequence);
  return Buffer.from(packet.subarray(0, sender.protect(packet, length)));
}

describe('keys and primitives', () => {
  it('derives the keys of RFC 3711 B.3', () => {
    const keys = deriveKeys(master, 'rtp');
    expect(keys.encryption).toEqual(hex('C61E7A93744F39EE10734AFE3FF7A087'));
    expect(keys.salt).toEqual(hex('30CBBC08863D8C85D49DB34A9AE1'));
    expect(keys.authentication).toEqual(hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'));
  });

  it('makes the key stream of RFC 3711 B.2', () => {
    const cipher = new CounterCipher(hex('2B7E151628AED2A6ABF7158809CF4F3C'), hex('F0F1F2F3F4F5F6F7F8F9FAFBFCFD'));
    const stream = Buffer.alloc(48);
    cipher.apply(stream, 0, 48, 0, 0, 0);
    expect(stream).toEqual(
      hex('E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0'),
    );
  });

  it('computes the same codes as the system', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.uint8Array({ maxLength: 400 }), (key, text) => {
        const code = Buffer.alloc(20);
        new HmacSha1(key).write(Buffer.from(text), text.length, code, 0, 20);
        expect(code).toEqual(createHmac('sha1', key).update(text).digest());
      }),
    );
  });
});

describe('SRTP', () => {
  it('protects as the reference implementation does', () => {
    const plain = hex('800f1234 decafbad cafebabe abababab abababab abababab abababab');
    const packet = Buffer.concat([plain, Buffer.alloc(16)]);
    const length = new SrtpSender(master).protect(packet, plain.length);
    const expected = hex('800f1234 decafbad cafebabe 4e55dc4c e79978d8 8ca4d215 949d2402 b78d6acc 99ea179b 8dbb');
    expect(packet.subarray(0, length)).toEqual(expected);
    expect(new SrtpReceiver(master).unprotect(Buffer.from(expected))).toEqual(plain);
  });

  it('RFC 4568 §6.2.2: the tag of AES_CM_128_HMAC_SHA1_32 is the beginning of the long one, and is checked', () => {
    const plain = hex('800f1234 decafbad cafebabe abababab abababab abababab abababab');
    const packet = Buffer.concat([plain, Buffer.alloc(16)]);
    const length = new SrtpSender(master, 4).protect(packet, plain.length);
    const expected = hex('800f1234 decafbad cafebabe 4e55dc4c e79978d8 8ca4d215 949d2402 b78d6acc');
    expect(packet.subarray(0, length)).toEqual(expected);
    expect(new SrtpReceiver(master, 4).unprotect(Buffer.from(expected))).toEqual(plain);
    expected[expected.length - 1]! ^= 1;
    expect(new SrtpReceiver(master, 4).unprotect(expected)).toBeUndefined();
  });

  it('takes a packet once', () => {
    const [sender, receiver] = [new SrtpSender(master), new SrtpReceiver(master)];
    const packet = protectedPacket(sender, 5);
    expect(receiver.unprotect(Buffer.from(packet))).toBeDefined();
    expect(receiver.unprotect(Buffer.from(packet))).toBeUndefined();
    expect(receiver.unprotect(protectedPacket(sender, 6))).toBeDefined();
  });

  it('rejects what was tampered with, anywhere, and goes on', () => {
    const [sender, receiver] = [new SrtpSender(master), new SrtpReceiver(master)];
    const packet = protectedPacket(sender, 5);
    for (let at = 0; at < packet.length; at++) {
      const forged = Buffer.from(packet);
      forged[at]! ^= 1;
      expect(receiver.unprotect(forged), `byte ${at}`).toBeUndefined();
    }
    for (let length = 0; length < packet.length; length++)
      expect(receiver.unprotect(Buffer.from(packet.subarray(0, length)))).toBeUndefined();
    expect(receiver.unprotect(Buffer.from(packet))).toBeDefined();
  });

  it('follows three roll-overs with loss and reordering on both sides of the wrap', () => {
    const [sender, receiver] = [new SrtpSender(master), new SrtpReceiver(master)];
    const packets: Buffer[] = [];
    for (let index = 60_000; index < 3 * 65_536; index += 97) packets.push(protectedPacket(sender, index & 0xffff));
    for (let at = 0; at + 1 < packets.length; at += 2)
      [packets[at], packets[at + 1]] = [packets[at + 1]!, packets[at]!];
    for (const packet of packets) expect(receiver.unprotect(packet)).toBeDefined();
  });

  it('keeps the old counter for a packet forwarded late across the wrap', () => {
    const [sender, receiver] = [new SrtpSender(master), new SrtpReceiver(master)];
    const packets = [65_533, 65_534, 0, 65_535, 1].map((sequence) => protectedPacket(sender, sequence));
    for (const packet of packets) expect(receiver.unprotect(packet)).toBeDefined();
  });

  it('is not led astray by a forged far sequence number', () => {
    const [sender, receiver] = [new SrtpSender(master), new SrtpReceiver(master)];
    receiver.unprotect(protectedPacket(sender, 100));
    const forged = protectedPacket(new SrtpSender({ ...master, key: randomBytes(16) }), 40_000);
    expect(receiver.unprotect(forged)).toBeUndefined();
    expect(receiver.unprotect(protectedPacket(sender, 101))).toBeDefined();
  });

  it('returns what was protected, for every payload', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1200 }), fc.nat(0xffff), (payload, sequence) => {
        const [packet, length] = packetOf(sequence, 1, Buffer.from(payload));
        const plain = Buffer.from(packet.subarray(0, length));
        const protectedLength = new SrtpSender(master).protect(packet, length);
        expect(new SrtpReceiver(master).unprotect(packet.subarray(0, protectedLength))).toEqual(plain);
      }),
    );
  });
});

describe('SRTCP', () => {
  const report = hex('81c8000b cafebabe abababab abababab abababab abababab');

  it('reads what the reference implementation protected', () => {
    const packet = hex('81c8000b cafebabe 7128035b e487b9bd bef89041 f977a5a8 80000001 993e08cd 54d6c123 0798');
    expect(new SrtpReceiver(master).unprotectControl(packet)).toEqual(report);
  });

  it('takes its own packets once, and nothing else', () => {
    const [sender, receiver] = [new SrtpSender(master), new SrtpReceiver(master)];
    const packets = Array.from({ length: 3 }, () => {
      const packet = Buffer.concat([report, Buffer.alloc(16)]);
      return packet.subarray(0, sender.protectControl(packet, report.length));
    });
    for (const packet of packets) {
      const forged = Buffer.from(packet);
      forged[12]! ^= 1;
      expect(receiver.unprotectControl(forged)).toBeUndefined();
      expect(receiver.unprotectControl(Buffer.from(packet))).toEqual(report);
      expect(receiver.unprotectControl(Buffer.from(packet))).toBeUndefined();
    }
  });
});

describe('the replay window', () => {
  it('takes every index once, and none that is 128 behind', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 300 }), (indexes) => {
        const window = new ReplayWindow();
        const seen = new Set<number>();
        for (const index of indexes) {
          const fresh = !seen.has(index) && index > window.highest - 128;
          expect(window.isFresh(index)).toBe(fresh);
          if (fresh) window.mark(index);
          seen.add(index);
        }
      }),
    );
  });
});

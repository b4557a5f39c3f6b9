import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { UdpTransport, createResponse, headerValue } from '../index.ts';
import type { SipRequest } from '../index.ts';
import { closeAll, closeLater, optionsRequest, optionsText, started } from '../testing/transport-bench.ts';
import { stunAnswer } from './stun-binding.ts';

afterEach(closeAll);

async function phone(address = '127.0.0.1'): Promise<Socket> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  closeLater(() => socket.close());
  return socket;
}

const nextDatagram = (socket: Socket) => new Promise<Buffer>((resolve) => socket.once('message', resolve));

/** A binding request as RFC 8489 §5 draws it. */
function bindingRequest(attributes: Uint8Array = new Uint8Array()): Buffer<ArrayBuffer> {
  const header = Buffer.from('000100002112a442000102030405060708090a0b', 'hex');
  header.writeUInt16BE(attributes.length, 2);
  return Buffer.concat([header, attributes]);
}

describe('over IPv6', () => {
  it('RFC 3261 §18.2.1: received is an address without brackets, the answer finds back', async () => {
    const server = await started(new UdpTransport({ address: '::1', port: 0 }));
    const client = await started(new UdpTransport({ address: '::1', port: 0 }));
    const there = { transport: 'udp', address: '::1', port: server.transport.port } as const;
    await client.transport.send(optionsRequest('six', 'UDP'), there);
    await server.inbox.until(() => server.inbox.messages.length === 1);
    const { message, source } = server.inbox.messages[0]!;
    expect(headerValue(message, 'Via')).toMatch(/;received=::1$/);
    expect(server.transport.localAddress(source)).toEqual({ host: '::1', port: server.transport.port });
    await server.transport.send(createResponse(message as SipRequest, 200), source);
    await client.inbox.until(() => client.inbox.messages.length === 1);
  });

  it('listens beside IPv4 on the same port, and each serves its own', async () => {
    const four = await started(new UdpTransport({ address: '0.0.0.0', port: 0 }));
    const six = await started(new UdpTransport({ address: '::', port: four.transport.port }));
    expect([four.transport.serves('192.0.2.1'), four.transport.serves('2001:db8::1')]).toEqual([true, false]);
    expect([six.transport.serves('192.0.2.1'), six.transport.serves('2001:db8::1')]).toEqual([false, true]);
    expect(six.transport.localAddress({ transport: 'udp', address: '::1', port: 1 }).host).toBe('::1');
  });
});

describe('what is no SIP message', () => {
  it('RFC 5626 §8: STUN on the SIP port is answered with the address the phone is seen at', async () => {
    const { transport, inbox } = await started(new UdpTransport({ address: '127.0.0.1', port: 0 }));
    const socket = await phone();
    const answer = nextDatagram(socket);
    socket.send(bindingRequest(), transport.port, '127.0.0.1');
    const bytes = await answer;
    expect(bytes.toString('hex', 0, 20)).toBe('0101000c2112a442000102030405060708090a0b');
    expect(bytes.readUInt16BE(26) ^ 0x2112).toBe(socket.address().port);
    expect(bytes.readUInt32BE(28) ^ 0x2112a442).toBe(0x7f000001);
    socket.send(optionsText('after'), transport.port, '127.0.0.1');
    await inbox.until(() => inbox.messages.length === 1);
    expect(inbox.broken).toEqual([]);
  });

  it('RFC 5626 §8: over IPv6 too', () => {
    const answer = Buffer.from(stunAnswer(bindingRequest(), '2001:db8:1:2::ffff:5', 40_000)!);
    const mask = Buffer.from('2112a442000102030405060708090a0b', 'hex');
    const shown = Buffer.from(answer.subarray(28).map((octet, index) => octet ^ mask[index]!));
    expect([answer.readUInt16BE(24), shown.toString('hex')]).toEqual([2, '20010db80001000200000000ffff0005']);
  });

  it('RFC 8489 §6.3.1: an attribute that must be understood and is not gets 420', () => {
    const username = Buffer.from('0006000461626364', 'hex');
    const answer = Buffer.from(stunAnswer(bindingRequest(username), '192.0.2.1', 5)!);
    expect(answer.toString('hex', 20)).toBe('0009000400000414000a000200060000');
    const software = Buffer.from('8022000461626364', 'hex');
    expect(Buffer.from(stunAnswer(bindingRequest(software), '192.0.2.1', 5)!).readUInt16BE(0)).toBe(0x0101);
  });

  it('RFC 5626 §8: other STUN, and what only begins like it, is ignored', () => {
    const response = bindingRequest();
    response.writeUInt16BE(0x0101, 0);
    const noCookie = bindingRequest().fill(0, 4, 8);
    const tooShort = bindingRequest(Buffer.from('00060004', 'hex')).subarray(0, 22);
    for (const bytes of [response, noCookie, tooShort, Buffer.alloc(0), Buffer.from([0])]) {
      expect(stunAnswer(bytes, '192.0.2.1', 5)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (tail) => {
        const answer = stunAnswer(bindingRequest(tail), '192.0.2.1', 5);
        expect(answer === undefined || answer.length <= 20 + 8 + 4 + 16).toBe(true);
      }),
    );
  });

  it('RFC 5626 §4.4.1: line breaks, and noise, are passed over in silence', async () => {
    const { transport, inbox } = await started(new UdpTransport({ address: '127.0.0.1', port: 0 }));
    const socket = await phone();
    const answers: string[] = [];
    socket.on('message', (data) => answers.push(data.toString('latin1')));
    for (const noise of ['\r\n', '\r\n\r\n', '\0\0\0\0', 'hello', '']) {
      socket.send(noise, transport.port, '127.0.0.1');
    }
    socket.send(optionsText('last'), transport.port, '127.0.0.1');
    await inbox.until(() => inbox.messages.length === 1);
    expect([inbox.callIds, inbox.broken, answers]).toEqual([['last'], [], []]);
  });
});

it('asks for a receive buffer of 4 MiB and knows what it got', async () => {
  const { transport } = await started(new UdpTransport({ address: '127.0.0.1', port: 0 }));
  const { asked, granted } = transport.receiveBuffer;
  expect(asked).toBe(4_194_304);
  expect(granted).toBeGreaterThan(100_000);
  expect(granted).toBeLessThanOrEqual(asked);
});

import { isIPv6 } from 'node:net';
import { ipv6Groups } from './ipv6-groups.ts';

/** RFC 8489 §5, §18. */
const headerBytes = 20;
const magicCookie = 0x2112a442;
const bindingRequest = 0x0001;
const bindingSuccess = 0x0101;
const bindingError = 0x0111;
const xorMappedAddress = 0x0020;
const errorCode = 0x0009;
const unknownAttributes = 0x000a;
/** §6.3: from here on an attribute may be skipped. */
const firstOptional = 0x8000;
const mostUnknown = 8;

/**
 * The answer to a STUN keep-alive on the SIP port (RFC 5626 §8): where the phone's NAT shows it to us. Undefined for
 * everything that is no well-formed binding request. No credentials, no backward compatibility, as the RFC asks.
 */
export function stunAnswer(data: Uint8Array, address: string, port: number): Uint8Array | undefined {
  const request = Buffer.from(data.buffer, data.byteOffset, data.length);
  if (request.length < headerBytes || request.readUInt16BE(0) !== bindingRequest) return undefined;
  if (request.readUInt32BE(4) !== magicCookie || request.readUInt16BE(2) !== request.length - headerBytes) {
    return undefined;
  }
  const unknown = demandedAttributes(request);
  if (!unknown) return undefined;
  const attribute = unknown.length > 0 ? refusal(unknown) : mapped(address, port, request.subarray(4, headerBytes));
  const header = Buffer.from(request.subarray(0, headerBytes));
  header.writeUInt16BE(unknown.length > 0 ? bindingError : bindingSuccess, 0);
  header.writeUInt16BE(attribute.length, 2);
  return Buffer.concat([header, attribute]);
}

/** Attributes the sender insists on; we know none that a request may hold. Undefined when they are cut short. */
function demandedAttributes(request: Buffer): readonly number[] | undefined {
  const types: number[] = [];
  let at = headerBytes;
  while (at < request.length) {
    if (at + 4 > request.length) return undefined;
    const type = request.readUInt16BE(at);
    at += 4 + Math.ceil(request.readUInt16BE(at + 2) / 4) * 4;
    if (type < firstOptional) types.push(type);
  }
  return at === request.length ? types.slice(0, mostUnknown) : undefined;
}

/** §14.2; `mask` is the magic cookie and the transaction id. */
function mapped(address: string, port: number, mask: Buffer): Buffer {
  const octets = addressOctets(address);
  const value = Buffer.from([0, octets.length === 4 ? 1 : 2, port >> 8, port & 0xff, ...octets]);
  for (const [index, octet] of [...mask.subarray(0, 2), ...mask.subarray(0, octets.length)].entries()) {
    value[index + 2]! ^= octet;
  }
  return attribute(xorMappedAddress, value);
}

/** §14.8 and §14.13: 420 with the types that were not understood. */
function refusal(types: readonly number[]): Buffer {
  const list = Buffer.alloc(types.length * 2);
  for (const [index, type] of types.entries()) list.writeUInt16BE(type, index * 2);
  return Buffer.concat([attribute(errorCode, Buffer.from([0, 0, 4, 20])), attribute(unknownAttributes, list)]);
}

function attribute(type: number, value: Buffer): Buffer {
  const whole = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  whole.writeUInt16BE(type, 0);
  whole.writeUInt16BE(value.length, 2);
  value.copy(whole, 4);
  return whole;
}

function addressOctets(address: string): readonly number[] {
  if (!isIPv6(address)) return address.split('.').map(Number);
  return ipv6Groups(address).flatMap((group) => [group >> 8, group & 0xff]);
}

import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

export interface BindingRequest {
  /** User fragment of the side that is asked. */
  readonly local: string;
  readonly remote: string;
  readonly password: string;
  readonly useCandidate?: boolean;
}

/** A connectivity check as a browser sends it. RFC 8445 §7.2. */
export function bindingRequest({ local, remote, password, useCandidate = false }: BindingRequest): Buffer {
  const name = Buffer.from(`${local}:${remote}`);
  const attributes = [attribute(0x0006, name), ...(useCandidate ? [attribute(0x0025, Buffer.alloc(0))] : [])];
  const head = Buffer.from('000100002112a442000102030405060708090a0b', 'hex');
  let message = Buffer.concat([head, ...attributes]);
  message.writeUInt16BE(message.length - 20 + 24, 2);
  message = Buffer.concat([message, attribute(0x0008, createHmac('sha1', password).update(message).digest())]);
  message.writeUInt16BE(message.length - 20 + 8, 2);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(message) ^ 0x5354554e) >>> 0);
  return Buffer.concat([message, attribute(0x8028, fingerprint)]);
}

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

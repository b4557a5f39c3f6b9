import { createCipheriv } from 'node:crypto';

export interface MasterKey {
  /** 16 bytes. */
  readonly key: Buffer;
  /** 14 bytes. */
  readonly salt: Buffer;
}

export interface SessionKeys {
  readonly encryption: Buffer;
  readonly authentication: Buffer;
  readonly salt: Buffer;
}

/** RFC 3711 §4.3.2: labels of the derived keys. */
const labels = {
  rtp: { encryption: 0, authentication: 1, salt: 2 },
  rtcp: { encryption: 3, authentication: 4, salt: 5 },
} as const;

/** RFC 3711 §4.3.1 with a key derivation rate of zero. */
export function deriveKeys(master: MasterKey, use: 'rtp' | 'rtcp'): SessionKeys {
  const { encryption, authentication, salt } = labels[use];
  return {
    encryption: derive(master, encryption, 16),
    authentication: derive(master, authentication, 20),
    salt: derive(master, salt, 14),
  };
}

function derive(master: MasterKey, label: number, length: number): Buffer {
  const initial = Buffer.alloc(16);
  master.salt.copy(initial);
  initial[7]! ^= label;
  return createCipheriv('aes-128-ctr', master.key, initial).update(Buffer.alloc(length));
}

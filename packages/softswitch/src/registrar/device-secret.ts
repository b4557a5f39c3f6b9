import { hashHex } from '@amtsleitung/base';
import type { DeviceSecretHasher } from '@amtsleitung/domain';

/** HA1 of both algorithms a phone may use, RFC 8760 §2.1. */
export const deviceSecretHasher: DeviceSecretHasher = {
  hash(sipUser, realm, password) {
    const secret = `${sipUser}:${realm}:${password}`;
    return { md5: hashHex('md5', secret), sha256: hashHex('sha256', secret) };
  },
};

import { systemTimers } from '@amtsleitung/base';
import { DtlsServer } from 'werift';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Fingerprint } from '../../sdp/secure-transport.ts';
import { createDtlsCertificate, type DtlsCertificate } from './dtls-certificate.ts';
import { DtlsHandshake } from './dtls-handshake.ts';

interface Outcome {
  readonly keys?: unknown;
  readonly failed?: string;
  readonly serverKeys?: unknown;
}

describe('the DTLS handshake', { timeout: 20_000 }, () => {
  let ours: DtlsCertificate;
  let theirs: DtlsCertificate;
  let other: DtlsCertificate;

  beforeAll(async () => {
    [ours, theirs, other] = await Promise.all([
      createDtlsCertificate(),
      createDtlsCertificate(),
      createDtlsCertificate(),
    ]);
  });

  const fingerprintOf = ({ fingerprint }: DtlsCertificate): Fingerprint => ({
    algorithm: 'sha-256',
    digest: fingerprint.split(' ')[1]!,
  });

  /** Runs a handshake against a server; `lose` tells which of our datagrams never arrive. */
  function shake(
    server: { certificate: string; key: string; announced: DtlsCertificate },
    lose: (datagram: number) => boolean = () => false,
    junk: readonly Buffer[] = [],
  ): Promise<Outcome> {
    return new Promise((resolve) => {
      let sent = 0;
      const transport = {
        type: 'udp',
        closed: false,
        address: { address: '127.0.0.1', port: 1, family: 'IPv4' },
        onData: (() => {}) as (datagram: Buffer) => void,
        send: async (datagram: Buffer) =>
          setImmediate(() => handshake.receive(Buffer.from(datagram))) as unknown as void,
        close: async () => {},
      };
      const peer = new DtlsServer({
        cert: server.certificate,
        key: server.key,
        signatureHash: theirs.signatureHash,
        transport,
        srtpProfiles: [1],
        extendedMasterSecret: true,
        certificateRequest: true,
      });
      const handshake = new DtlsHandshake({
        certificate: ours,
        fingerprints: [fingerprintOf(server.announced)],
        timers: systemTimers,
        send: (datagram) => {
          if (!lose(sent++)) setImmediate(() => transport.onData(Buffer.from(datagram)));
        },
        onVerified: (keys) => {
          const { localKey, localSalt, remoteKey, remoteSalt } = peer.extractSessionKeys(16, 14);
          const serverKeys = {
            local: { key: remoteKey, salt: remoteSalt },
            remote: { key: localKey, salt: localSalt },
          };
          resolve({ keys, serverKeys });
        },
        onFailed: (failed) => resolve({ failed }),
      });
      handshake.start();
      for (const noise of junk) handshake.receive(noise);
    });
  }

  const genuine = () => ({ certificate: theirs.certificatePem, key: theirs.keyPem, announced: theirs });

  it('ends with the same keys on both sides', async () => {
    const { keys, serverKeys } = await shake(genuine());
    expect(keys).toEqual(serverKeys);
  });

  it('survives the loss of a datagram', async () => {
    expect((await shake(genuine(), (datagram) => datagram === 1)).keys).toBeDefined();
  });

  it('is not disturbed by noise', async () => {
    const noise = [Buffer.alloc(0), Buffer.from([22]), Buffer.alloc(40, 22), Buffer.alloc(1500, 0xff)];
    expect((await shake(genuine(), undefined, noise)).keys).toBeDefined();
  });

  it('fails when the certificate is not the announced one', async () => {
    const outcome = await shake({ ...genuine(), announced: other });
    expect(outcome).toEqual({ failed: 'fingerprint does not match' });
  });

  it('fails when somebody shows the announced certificate without having its key', async () => {
    const outcome = await shake({ certificate: theirs.certificatePem, key: other.keyPem, announced: theirs });
    expect(outcome).toEqual({ failed: 'key exchange is not signed' });
  });
});

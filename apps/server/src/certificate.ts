import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createPrivateKey, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import type { Config } from './config.ts';
import { isLoopback } from './config.ts';
import { StartupError } from './startup-error.ts';

export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
  /** True for the certificate made here: browsers warn once. */
  readonly selfSigned: boolean;
}

const dayMilliseconds = 86_400_000;
const validDays = 825;

/**
 * The certificate to serve HTTPS with, or undefined where plain HTTP is right: on loopback (browsers give the
 * microphone there) and behind a proxy. A self-signed one is made once and kept in the data folder.
 */
export async function certificateFor(config: Config, now: number): Promise<TlsFiles | undefined> {
  if (config.tls) return givenCertificate(config.tls);
  if (config.behindProxy || isLoopback(config.host)) return undefined;
  const bound = config.host === '0.0.0.0' || config.host === '::' ? hostname() : config.host;
  return ownCertificate(join(config.dataFolder, 'tls'), config.publicAddress ?? bound, now);
}

function givenCertificate(files: NonNullable<Config['tls']>): TlsFiles {
  const { certificateFile, keyFile } = files;
  const certificate = readPem(
    certificateFile,
    'Das Zertifikat',
    '--tls-certificate',
    (pem) => new NodeCertificate(pem),
  );
  const key = readPem(keyFile, 'Der Schlüssel', '--tls-key', (pem) => createPrivateKey(pem));
  if (certificate.parsed.checkPrivateKey(key.parsed)) {
    return { certificate: certificate.pem, key: key.pem, selfSigned: false };
  }
  throw new StartupError(
    78,
    `Der Schlüssel ${keyFile} gehört nicht zum Zertifikat ${certificateFile}: Prüfen Sie --tls-certificate und --tls-key.`,
  );
}

function readPem<Parsed>(file: string, what: string, flag: string, parse: (pem: string) => Parsed) {
  try {
    const pem = readFileSync(file, 'utf8');
    return { pem, parsed: parse(pem) };
  } catch (cause) {
    const unread = (cause as NodeJS.ErrnoException).syscall !== undefined;
    const fault = unread ? `für „${userInfo().username}“ nicht lesbar` : 'kein lesbares PEM ohne Kennwort';
    throw new StartupError(78, `${what} ${file} ist ${fault}: Prüfen Sie die Datei und ${flag}.`, { cause });
  }
}

async function ownCertificate(folder: string, address: string, now: number): Promise<TlsFiles> {
  const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const kept = keptCertificate(certificateFile, keyFile, address, now);
  if (kept) return kept;
  const made = await selfSigned(address, now);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(keyFile, made.key, { mode: 0o600 });
  writeFileSync(certificateFile, made.certificate);
  return made;
}

function keptCertificate(certificateFile: string, keyFile: string, address: string, now: number): TlsFiles | undefined {
  try {
    const certificate = readFileSync(certificateFile, 'utf8');
    const parsed = new NodeCertificate(certificate);
    const fits = parsed.checkHost(address) ?? parsed.checkIP(address);
    if (!fits || Date.parse(parsed.validTo) < now + 30 * dayMilliseconds) return undefined;
    return { certificate, key: readFileSync(keyFile, 'utf8'), selfSigned: true };
  } catch {
    return undefined;
  }
}

/** ECDSA P-256: BSI TR-02102-2 allows it; RSA 2048 would no longer do. */
async function selfSigned(address: string, now: number): Promise<TlsFiles> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const isIp = /^[\d.]+$|:/.test(address);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${address}`,
    notBefore: new Date(now - dayMilliseconds),
    notAfter: new Date(now + validDays * dayMilliseconds),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new SubjectAlternativeNameExtension([
        { type: isIp ? 'ip' : 'dns', value: address },
        { type: 'dns', value: 'localhost' },
      ]),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    certificate: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${key.replace(/(.{64})/g, '$1\n').trim()}\n-----END PRIVATE KEY-----\n`,
    selfSigned: true,
  };
}

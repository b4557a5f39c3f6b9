import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createPrivateKey, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import type { CertificateFiles, Config } from './config.ts';
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

/** Where a certificate comes from; asked again and again, so that a renewed one is noticed. */
export type CertificateSource = (now: number) => Promise<TlsFiles>;

/** Of the web server: undefined where plain HTTP is right, on loopback (browsers give the microphone there) and behind a proxy. */
export function webCertificate(config: Config): CertificateSource | undefined {
  if (config.tls) return given(config.tls, '--tls-certificate', '--tls-key');
  return config.behindProxy || isLoopback(config) ? undefined : own(config);
}

/** Of SIP over TLS, which passes no proxy: undefined on loopback, unless it is asked for. */
export function sipCertificate(config: Config): CertificateSource | undefined {
  if (config.sipTls) return given(config.sipTls, '--sip-tls-certificate', '--sip-tls-key');
  const shared = webCertificate(config);
  if (shared) return shared;
  return isLoopback(config) && config.sipTlsPort === undefined ? undefined : own(config);
}

function given({ certificateFile, keyFile }: CertificateFiles, certificateFlag: string, keyFlag: string) {
  return async (): Promise<TlsFiles> => {
    const certificate = readPem(certificateFile, 'Das Zertifikat', certificateFlag, (pem) => new NodeCertificate(pem));
    const key = readPem(keyFile, 'Der Schlüssel', keyFlag, (pem) => createPrivateKey(pem));
    if (certificate.parsed.checkPrivateKey(key.parsed)) {
      return { certificate: certificate.pem, key: key.pem, selfSigned: false };
    }
    throw new StartupError(
      78,
      `Der Schlüssel ${keyFile} gehört nicht zum Zertifikat ${certificateFile}: Prüfen Sie ${certificateFlag} und ${keyFlag}.`,
    );
  };
}

/** A self-signed one is made once, kept in the data folder, and made anew 30 days before it is over. */
function own(config: Config): CertificateSource {
  const bound = config.host === '0.0.0.0' ? hostname() : config.host;
  return (now) => ownCertificate(join(config.dataFolder, 'tls'), config.publicAddress ?? bound, now);
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

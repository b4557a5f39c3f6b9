import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { flagFault } from './flag-fault.ts';
import { StartupError } from './startup-error.ts';

export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Everything that can be set from outside; each flag has an environment variable of the same meaning. */
export interface Config {
  readonly dataFolder: string;
  /** IPv4 address the web server, SIP and media bind to. */
  readonly host: string;
  /** IPv6 address the web server and SIP bind to besides. */
  readonly host6?: string;
  /** 0 = any free port, for all three. */
  readonly httpPort: number;
  readonly sipPort: number;
  /** UDP port shared by all browsers. */
  readonly mediaPort: number;
  /** Even UDP ports of desk phones and trunks, inclusive. */
  readonly rtpPorts: { readonly from: number; readonly to: number };
  /** Address that phones and browsers outside reach; default the bound one. */
  readonly publicAddress?: string;
  readonly publicAddress6?: string;
  readonly behindProxy: boolean;
  /** Certificate of the web server. */
  readonly tls?: CertificateFiles;
  /** SIP over TLS. Not set: 5061 beside 5060, where there is a certificate. */
  readonly sipTlsPort?: number;
  /** Certificate of SIP over TLS; default that of the web server. */
  readonly sipTls?: CertificateFiles;
  /** Authorities (PEM) by which providers may prove themselves, besides those the system trusts. */
  readonly sipTrustFile?: string;
  /** No demo town: print a one-time link for the first administrator. */
  readonly empty: boolean;
  /** The demo's people sign in by one click from other machines too. */
  readonly demoFromAnywhere: boolean;
  readonly json: boolean;
  readonly databaseUrl?: string;
  /** Addresses of SIP proxies of one's own in front of the phones. */
  readonly sipProxies: readonly string[];
  /** What phones are challenged with, best first. Many phones give up at a challenge that is not MD5. */
  readonly sipDigest: readonly ('MD5' | 'SHA-256')[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Checkout the assets and the built web app are read from. */
  readonly checkout: string;
}

const options = {
  data: { type: 'string' },
  host: { type: 'string' },
  'http-port': { type: 'string' },
  'sip-port': { type: 'string' },
  'sip-tls-port': { type: 'string' },
  'sip-tls-certificate': { type: 'string' },
  'sip-tls-key': { type: 'string' },
  'sip-tls-authorities': { type: 'string' },
  'media-port': { type: 'string' },
  'rtp-ports': { type: 'string' },
  'public-address': { type: 'string' },
  'behind-proxy': { type: 'boolean' },
  'tls-certificate': { type: 'string' },
  'tls-key': { type: 'string' },
  empty: { type: 'boolean' },
  'demo-from-anywhere': { type: 'boolean' },
  json: { type: 'boolean' },
  'database-url': { type: 'string' },
  'sip-digest': { type: 'string' },
  'sip-proxies': { type: 'string' },
  'log-level': { type: 'string' },
} as const;

type Flag = keyof typeof options;
type Values = Partial<Record<Flag, string | boolean>>;

const variableOf = (flag: Flag): string =>
  flag === 'database-url' ? 'DATABASE_URL' : `AMTSLEITUNG_${flag.toUpperCase().replaceAll('-', '_')}`;

function parsed(args: readonly string[], environment: NodeJS.ProcessEnv): Values {
  let values: Values;
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true }));
  } catch (error) {
    const allowed = Object.keys(options).map((flag) => `--${flag}`);
    throw new StartupError(64, `${flagFault(error) ?? (error as Error).message}: Erlaubt sind ${allowed.join(' ')}.`);
  }
  for (const flag of Object.keys(options) as Flag[]) {
    const fromEnvironment = environment[variableOf(flag)];
    if (values[flag] !== undefined || fromEnvironment === undefined || fromEnvironment === '') continue;
    values[flag] = options[flag].type === 'boolean' ? ['1', 'true', 'yes'].includes(fromEnvironment) : fromEnvironment;
  }
  return values;
}

function portOf(flag: Flag, text: string | boolean | undefined, standard: number): number {
  if (text === undefined) return standard;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new StartupError(64, `--${flag} braucht einen Port von 0 bis 65535, nicht „${text}“.`);
}

function rangeOf(text: string | boolean | undefined): { from: number; to: number } {
  if (text === undefined) return { from: 20000, to: 29999 };
  const match = /^(\d{4,5})-(\d{4,5})$/.exec(String(text));
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  if (match && from >= 1024 && to <= 65535 && to - from >= 9) return { from, to };
  throw new StartupError(64, `--rtp-ports braucht einen Bereich wie 20000-29999, nicht „${String(text)}“.`);
}

/** A person at a terminal is told what is wrong; a journal gets what happens as well. */
function levelOf(text: string | boolean | undefined, atTerminal: boolean): Config['logLevel'] {
  if (text === undefined) return atTerminal ? 'warn' : 'info';
  if (text === 'debug' || text === 'info' || text === 'warn' || text === 'error') return text;
  throw new StartupError(64, `--log-level kennt debug, info, warn und error, nicht „${String(text)}“.`);
}

function digestOf(text: string | boolean | undefined): Config['sipDigest'] {
  if (text === undefined || text === 'md5') return ['MD5'];
  if (text === 'sha-256') return ['SHA-256', 'MD5'];
  throw new StartupError(64, `--sip-digest kennt md5 und sha-256, nicht „${String(text)}“.`);
}

function proxiesOf(text: string | boolean | undefined): readonly string[] {
  const addresses = text === undefined ? [] : String(text).split(',');
  const wrong = addresses.find((address) => !ipv4.test(address) && !isIpv6(address));
  if (wrong === undefined) return addresses;
  throw new StartupError(64, `--sip-proxies braucht IP-Adressen, mit Komma getrennt, nicht „${wrong}“.`);
}

function filesOf(values: Values, certificateFlag: Flag, keyFlag: Flag): CertificateFiles | undefined {
  const [certificateFile, keyFile] = [values[certificateFlag], values[keyFlag]];
  if (!certificateFile && !keyFile) return undefined;
  if (certificateFile && keyFile) {
    return { certificateFile: resolve(String(certificateFile)), keyFile: resolve(String(keyFile)) };
  }
  throw new StartupError(64, `Geben Sie --${certificateFlag} und --${keyFlag} zusammen an.`);
}

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const isIpv6 = (text: string): boolean => /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`);

interface Addresses {
  readonly ipv4?: string;
  readonly ipv6?: string;
}

/** Phones, browsers and trunks are told numeric addresses to send their media to, which is IPv4. */
function addressesOf(flag: Flag, text: string | boolean | undefined): Addresses {
  if (text === undefined) return {};
  if (text === 'localhost') return { ipv4: '127.0.0.1' };
  if (flag === 'host' && text === '::') return { ipv4: '0.0.0.0', ipv6: '::' };
  const [first = '', second, ...more] = String(text).split(',');
  if (ipv4.test(first) && more.length === 0 && (second === undefined || isIpv6(second))) {
    return { ipv4: first, ...(second === undefined ? {} : { ipv6: second }) };
  }
  throw new StartupError(
    64,
    `--${flag} braucht eine IPv4-Adresse wie 192.0.2.10, wenn gewünscht mit einer IPv6-Adresse dahinter (192.0.2.10,2001:db8::10), nicht „${String(text)}“.`,
  );
}

/** Reads flags and environment; throws `StartupError` with the allowed form. */
export function readConfig(args: readonly string[], environment: NodeJS.ProcessEnv, atTerminal = false): Config {
  const values = parsed(args, environment);
  const checkout = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
  const optional = (flag: Flag) => (values[flag] === undefined ? undefined : String(values[flag]));
  const [bound, shown] = [addressesOf('host', values.host), addressesOf('public-address', values['public-address'])];
  if (shown.ipv6 !== undefined && bound.ipv6 === undefined) {
    throw new StartupError(
      64,
      '--public-address nennt eine IPv6-Adresse: Geben Sie auch bei --host eine an, z. B. ::.',
    );
  }
  const sipTlsPort = optional('sip-tls-port');
  const sipTrustFile = optional('sip-tls-authorities');
  return {
    dataFolder: resolve(optional('data') ?? `${checkout}/data`),
    host: bound.ipv4 ?? '127.0.0.1',
    host6: bound.ipv6,
    httpPort: portOf('http-port', values['http-port'], 8080),
    sipPort: portOf('sip-port', values['sip-port'], 5060),
    mediaPort: portOf('media-port', values['media-port'], 40000),
    rtpPorts: rangeOf(values['rtp-ports']),
    publicAddress: shown.ipv4,
    publicAddress6: shown.ipv6,
    behindProxy: values['behind-proxy'] === true,
    tls: filesOf(values, 'tls-certificate', 'tls-key'),
    sipTlsPort: sipTlsPort === undefined ? undefined : portOf('sip-tls-port', sipTlsPort, 5061),
    sipTls: filesOf(values, 'sip-tls-certificate', 'sip-tls-key'),
    sipTrustFile: sipTrustFile === undefined ? undefined : resolve(sipTrustFile),
    empty: values.empty === true,
    demoFromAnywhere: values['demo-from-anywhere'] === true,
    json: values.json === true,
    databaseUrl: optional('database-url'),
    sipDigest: digestOf(values['sip-digest']),
    sipProxies: proxiesOf(values['sip-proxies']),
    logLevel: levelOf(values['log-level'], atTerminal),
    checkout,
  };
}

/** Whether only this machine can reach what is bound. */
export const isLoopback = ({ host, host6 = '::1' }: Pick<Config, 'host' | 'host6'>): boolean =>
  (host === 'localhost' || /^127\./.test(host)) && host6 === '::1';

/** Every address that is bound, IPv4 first. */
export const boundHosts = ({ host, host6 }: Pick<Config, 'host' | 'host6'>): readonly string[] =>
  host6 === undefined ? [host] : [host, host6];

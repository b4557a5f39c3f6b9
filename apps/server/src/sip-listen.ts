import { readFileSync } from 'node:fs';
import type { ListenOptions } from '@amtsleitung/softswitch';
import type { TlsFiles } from './certificate.ts';
import { boundHosts } from './config.ts';
import type { Config } from './config.ts';
import type { OpenedPort } from './port-in-use.ts';
import { freeSipPort } from './sockets/free-sip-port.ts';
import { StartupError } from './startup-error.ts';

const standardTlsPort = 5_061;

/** Where SIP listens, ports chosen where any will do. Without `certificate` not over TLS. */
export async function sipListen(config: Config, certificate: TlsFiles | undefined): Promise<ListenOptions> {
  const hosts = boundHosts(config);
  const port = config.sipPort === 0 ? await freeSipPort(hosts) : config.sipPort;
  const wanted = config.sipTlsPort ?? tlsPortBeside(config.sipPort);
  const tlsPort = certificate && wanted === 0 ? await freeSipPort(hosts) : wanted;
  if (certificate && tlsPort === port) {
    throw new StartupError(64, `--sip-tls-port und --sip-port sind beide ${port}: Wählen Sie zwei verschiedene.`);
  }
  return {
    host: config.host,
    udpPort: port,
    tcpPort: port,
    tls: { port: tlsPort, trusted: authorities(config.sipTrustFile), ...(certificate ? { certificate } : {}) },
    publicAddress: config.publicAddress,
    ...(config.host6 === undefined ? {} : { secondHost: config.host6, secondPublicAddress: config.publicAddress6 }),
    behindProxy: config.behindProxy,
    proxies: config.sipProxies,
    // The API has compared it, also with what the proxy says, before it hands a handshake on.
    isAllowedOrigin: () => true,
  };
}

/** What an error about a taken port may mean. */
export const sipPorts = (config: Config, listen: ListenOptions): readonly OpenedPort[] => [
  { name: 'SIP', port: listen.udpPort ?? config.sipPort, hosts: boundHosts(config), flag: '--sip-port' },
  {
    name: 'SIP über TLS',
    port: listen.tls?.port ?? standardTlsPort,
    hosts: boundHosts(config),
    flag: '--sip-tls-port',
  },
];

/** RFC 3261 §19.1.2: 5061 beside 5060; a second house on this machine has moved both. */
function tlsPortBeside(sipPort: number): number {
  if (sipPort === 0) return 0;
  return sipPort < 65_535 ? sipPort + 1 : standardTlsPort;
}

function authorities(file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  try {
    const found = readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
    if (found) return found;
  } catch (cause) {
    throw new StartupError(78, `Die Datei ${file} ist nicht lesbar: Prüfen Sie --sip-tls-authorities.`, { cause });
  }
  throw new StartupError(78, `In ${file} steht kein Zertifikat (PEM): Prüfen Sie --sip-tls-authorities.`);
}

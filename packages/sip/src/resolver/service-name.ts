import type { TransportProtocol } from '../transports/destination.ts';
import type { NaptrRecord } from './dns-client.ts';

/** A transport and the name of the SRV records of its servers. */
export interface ServiceName {
  readonly transport: TransportProtocol;
  readonly name: string;
}

/** RFC 3263 §4.1; `SIPS+D2U` does not exist, WebSocket servers are not found this way. */
const naptrServices: Readonly<Record<string, TransportProtocol>> = {
  'SIPS+D2T': 'tls',
  'SIP+D2T': 'tcp',
  'SIP+D2U': 'udp',
};

const srvPrefixes: Readonly<Partial<Record<TransportProtocol, string>>> = {
  udp: '_sip._udp.',
  tcp: '_sip._tcp.',
  tls: '_sips._tcp.',
};

/** RFC 3263 §4.1: what the domain's NAPTR records offer of `transports`, best first. */
export function servicesOf(records: readonly NaptrRecord[], transports: readonly TransportProtocol[]) {
  return records
    .toSorted((left, right) => left.order - right.order || left.preference - right.preference)
    .flatMap(({ flags, service, replacement }): readonly ServiceName[] => {
      const transport = naptrServices[service.toUpperCase()];
      const isUsable = flags.toLowerCase() === 's' && transport !== undefined && transports.includes(transport);
      return isUsable ? [{ transport, name: replacement }] : [];
    });
}

/** RFC 3263 §4.1, §4.2: where SRV records lie when no NAPTR record tells. */
export function standardServices(host: string, transports: readonly TransportProtocol[]): readonly ServiceName[] {
  return transports.flatMap((transport) => {
    const prefix = srvPrefixes[transport];
    return prefix === undefined ? [] : [{ transport, name: `${prefix}${host}` }];
  });
}

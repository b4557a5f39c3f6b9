import type { Header } from '../messages/sip-message.ts';
import { printSipUri } from '../messages/sip-uri.ts';
import type { Destination } from '../transports/destination.ts';
import type { TransportSet } from '../transports/transport-set.ts';
import { allowEvents } from './subscribe-screening.ts';
import type { EventPackage } from './subscription.ts';

/** Our Contact towards `destination`, in angle brackets. */
export function contactFor(transports: TransportSet, destination: Destination, user: string | undefined): string {
  const address = transports.for(destination)?.localAddress(destination) ?? { host: 'invalid.invalid', port: 5060 };
  const uri = printSipUri({
    scheme: 'sip',
    ...(user === undefined ? {} : { user }),
    host: address.host,
    port: address.port,
    parameters: new Map(destination.transport === 'udp' ? [] : [['transport', destination.transport]]),
  });
  return `<${uri}>`;
}

/** Allow, Supported and, for notifiers, Allow-Events (RFC 6665 §4.4.4). */
export function capabilityHeaders(
  methods: readonly string[],
  supported: readonly string[],
  packages: readonly EventPackage[],
): readonly Header[] {
  return [
    { name: 'Allow', value: methods.join(', ') },
    { name: 'Supported', value: supported.join(', ') },
    ...(packages.length === 0 ? [] : [allowEvents(packages)]),
  ];
}

import { listValues } from './header-access.ts';
import { parseNameAddress, printNameAddress } from './name-address.ts';
import { parseSipUri } from './sip-uri.ts';
import type { SipRequest, SipResponse } from './sip-message.ts';

/** More proxies than this stand before no phone. */
const maximumRoutes = 16;

/**
 * The way back to a registered phone: the Path of its REGISTER, to be kept with the binding and used as Route, in this
 * order (RFC 3327 §5.3). Undefined when a value cannot be routed by, to be answered with 400.
 */
export function pathOf(register: SipRequest): readonly string[] | undefined {
  return readRoutes(listValues(register, 'Path'));
}

/**
 * The way out that a registrar gives: Service-Route of its 200, to be put before requests of this registration in this
 * order (RFC 3608 §6.1). Empty when it cannot be used.
 */
export function serviceRouteOf(response: SipResponse): readonly string[] {
  return readRoutes(listValues(response, 'Service-Route')) ?? [];
}

function readRoutes(values: readonly string[]): readonly string[] | undefined {
  if (values.length > maximumRoutes) return undefined;
  const routes: string[] = [];
  for (const value of values) {
    const address = parseNameAddress(value);
    if (!address || !parseSipUri(address.uri)) return undefined;
    routes.push(printNameAddress(address));
  }
  return routes;
}

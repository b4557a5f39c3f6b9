import type { TrunkErrorKind } from '@amtsleitung/domain';
import type { Destination } from '@amtsleitung/sip';
import { describeServer } from './trunk-servers.ts';

type ConnectionFault = Extract<TrunkErrorKind, 'no-answer' | 'connection-refused' | 'certificate-not-trusted'>;

const mostServers = 200;
/** OpenSSL's and Node's names for a chain or a name that proves nothing. */
const certificateCodes = /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_)/;

/** Why servers could lately not be connected to. Forgets the oldest when there are too many. */
export class ConnectionFaults {
  readonly #faults = new Map<string, ConnectionFault>();

  note(server: Destination, error: unknown): void {
    const key = describeServer(server);
    this.#faults.delete(key);
    if (this.#faults.size >= mostServers) this.#faults.delete(this.#faults.keys().next().value!);
    this.#faults.set(key, faultOf(error));
  }

  of(server: Destination): ConnectionFault {
    return this.#faults.get(describeServer(server)) ?? 'connection-refused';
  }
}

function faultOf(error: unknown): ConnectionFault {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  if (typeof code !== 'string') return 'no-answer';
  if (certificateCodes.test(code)) return 'certificate-not-trusted';
  return code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH' ? 'no-answer' : 'connection-refused';
}

import type { Trunk } from '../directory/trunk.ts';

/** What keeps a trunk from ever working. The screen has a sentence for each. */
export type TrunkProblem =
  /** No server. */
  | 'host-missing'
  /** Registers, but there is no user name or no password. */
  | 'credentials-missing'
  /** Nothing is registered, no address and no user name is known: no incoming call could be recognised. */
  | 'origin-unknown'
  /** SRTP with keys in the message, which travels in clear (RFC 4568 §8.3). */
  | 'srtp-without-tls'
  /** Nothing says where a call's dialled number or caller stands. */
  | 'numbers-from-nowhere';

/** Invariants of a trunk, whichever way it was filled in. Empty: it may be saved and switched on. */
export function trunkProblems(
  trunk: Pick<Trunk, 'host' | 'transport' | 'username' | 'password' | 'sourceAddresses' | 'ha1' | 'settings'>,
): readonly TrunkProblem[] {
  const { settings } = trunk;
  const registers = settings.registerSeconds > 0;
  const isRecognised = trunk.sourceAddresses.length > 0 || (trunk.username !== '' && trunk.ha1 !== undefined);
  const checks: readonly (readonly [TrunkProblem, boolean])[] = [
    ['host-missing', trunk.host.trim() === ''],
    ['credentials-missing', registers && (trunk.username === '' || !trunk.password)],
    ['origin-unknown', !registers && !isRecognised],
    ['srtp-without-tls', settings.srtp === 'required' && trunk.transport !== 'tls'],
    ['numbers-from-nowhere', settings.dialledFrom.length === 0 || settings.callerFrom.length === 0],
  ];
  return checks.filter(([, isWrong]) => isWrong).map(([problem]) => problem);
}

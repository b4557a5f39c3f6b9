import type { NumberFormat } from '@amtsleitung/domain';
import { diversionsOf, historyOf, privacyOf } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';
import { readFromTrunk } from './number-spelling.ts';
import { numberOf } from './shown-text.ts';

/** Whose forwarding brought the call: the last one before us, unless it asked not to be told. */
export function divertedBy(invite: SipRequest, format: NumberFormat | 'any'): string | undefined {
  const number = byDiversion(invite) ?? byHistory(invite);
  return number === undefined ? undefined : readFromTrunk(number, format);
}

/** RFC 5806 §4: the most recent diversion stands first. */
function byDiversion(invite: SipRequest): string | undefined {
  const [latest] = diversionsOf(invite);
  return latest && !latest.isPrivate ? numberOf(latest.uri) : undefined;
}

/** RFC 7044 §5: the entry that the last one was mapped from (`mp`), else the one before the last. */
function byHistory(invite: SipRequest): string | undefined {
  const entries = historyOf(invite);
  const last = entries.at(-1);
  // §10.1.2: Privacy: history asks for all of them.
  if (!last || entries.length < 2 || privacyOf(invite).has('history')) return undefined;
  const origin = last.from?.kind === 'mp' ? last.from.index : undefined;
  const diverter = entries.find(({ index }) => index === origin) ?? entries.at(-2)!;
  return diverter.isPrivate ? undefined : numberOf(diverter.uri);
}

import { listValues } from './header-access.ts';
import { parseNameAddress, printNameAddress } from './name-address.ts';
import { withoutUriHeaders } from './replaces.ts';
import type { Header, SipMessage } from './sip-message.ts';
import { parseNumber } from './token.ts';
import { unescapeUri } from './uri-escape.ts';

/** One hop of a call's way, RFC 7044 §5. */
export interface HistoryEntry {
  readonly displayName?: string;
  /** Without the headers behind its question mark. */
  readonly uri: string;
  /** Dotted: `1`, `1.1` … */
  readonly index: string;
  /** RFC 4458: why it went there, e.g. 302 unconditional, 408 no answer, 486 busy. */
  readonly cause?: number;
  /** The entry this one was mapped from (`mp`), kept its user (`np`) or only its place (`rc`). */
  readonly from?: { readonly kind: 'rc' | 'mp' | 'np'; readonly index: string };
  /** The hop asked not to be shown (RFC 7044 §10.1.1). */
  readonly isPrivate: boolean;
}

const indexForm = /^[0-9]{1,4}(?:\.[0-9]{1,4}){0,19}$/;

/** The readable entries, oldest first. */
export function historyOf(message: Pick<SipMessage, 'headers'>): readonly HistoryEntry[] {
  return listValues(message, 'History-Info').flatMap((value) => parseEntry(value) ?? []);
}

function parseEntry(value: string): HistoryEntry | undefined {
  const address = parseNameAddress(value);
  const index = address?.parameters.get('index');
  if (!address || index === undefined || !indexForm.test(index)) return undefined;
  const uri = withoutUriHeaders(address.uri);
  const hidden = unescapeUri(address.uri.slice(uri.length)) ?? '';
  const cause = parseNumber(/;cause=([0-9]{3})(?:;|$)/i.exec(uri)?.[1] ?? '', 699);
  const kind = (['rc', 'mp', 'np'] as const).find((one) => address.parameters.has(one));
  return {
    ...(address.displayName === undefined ? {} : { displayName: address.displayName }),
    uri,
    index,
    ...(cause === undefined ? {} : { cause }),
    ...(kind === undefined ? {} : { from: { kind, index: address.parameters.get(kind) ?? '' } }),
    isPrivate: /[?&]privacy=[^&]*history/i.test(hidden),
  };
}

/** `cause` must stand in the URI already, as RFC 4458 has it. */
export function historyHeader(entry: HistoryEntry): Header {
  const parameters = new Map([['index', entry.index]]);
  if (entry.from) parameters.set(entry.from.kind, entry.from.index);
  const { displayName } = entry;
  const uri = entry.isPrivate ? `${entry.uri}?Privacy=history` : entry.uri;
  return {
    name: 'History-Info',
    value: printNameAddress({ ...(displayName === undefined ? {} : { displayName }), uri, parameters }),
  };
}

import { flag, listOf, object, oneOf, orNull, text, whole } from './preset-reader.ts';
import type { PresetProblem, Reader } from './preset-reader.ts';
import type { PresetField, TrunkPreset } from './trunk-preset.ts';

export type ParsedTrunkPreset =
  | { readonly ok: true; readonly preset: TrunkPreset }
  /** Never empty; in the order of the file's fields. */
  | { readonly ok: false; readonly problems: readonly PresetProblem[] };

const id = text(40, /^[a-z0-9]+(-[a-z0-9]+)*$/);
const hostOrNothing = text(253, /^[A-Za-z0-9.:[\]-]*$/);
const basis = oneOf('documented', 'assumed');

const field = <Value>(value: Reader<Value>): Reader<PresetField<Value>> =>
  object({ value, basis, source: id }, ['source']) as Reader<PresetField<Value>>;

const identity = object({
  fromUser: field(oneOf('number', 'account')),
  header: field(oneOf('p-asserted-identity', 'p-preferred-identity', 'both', 'none')),
  headerNumber: field(oneOf('caller', 'head')),
  anonymous: field(oneOf('privacy', 'from', 'both')),
  noScreening: field(flag),
  forwarding: field(oneOf('history-info', 'diversion', 'none')),
});

const settings = object(
  {
    registerSeconds: field(whole(0, 86_400)),
    outboundProxy: field(hostOrNothing),
    authName: field(text(128)),
    srtp: field(oneOf('off', 'required')),
    mediasec: field(flag),
    digest: field(oneOf('sha-256-or-md5', 'md5', 'sha-256')),
    largeOverTcp: field(flag),
    optionsSeconds: field(whole(0, 3_600)),
    dialledFrom: field(listOf(oneOf('request-uri', 'to', 'p-called-party-id'), 1, 3)),
    callerFrom: field(listOf(oneOf('p-asserted-identity', 'p-preferred-identity', 'remote-party-id', 'from'), 1, 4)),
    incomingFormat: field(oneOf('plus', 'zeros', 'bare', 'national', 'any')),
    outgoingFormat: field(oneOf('plus', 'zeros', 'bare', 'national')),
    identity,
  },
  ['mediasec'],
);

const preset = object({
  id,
  name: text(80, /\S/),
  kind: oneOf('registering', 'static'),
  notes: object({ de: text(1_000), en: text(1_000) }),
  sources: listOf(object({ id, title: text(300, /\S/) }), 0, 20),
  asks: listOf(oneOf('host', 'outboundProxy', 'username', 'authName', 'password', 'sourceAddresses'), 0, 6),
  host: field(hostOrNothing),
  port: field(orNull(whole(1, 65_535))),
  transport: field(oneOf('udp', 'tcp', 'tls')),
  settings,
}) as Reader<TrunkPreset>;

/** Reads the content of a preset file, strictly: an unknown field is a fault, so that a typing error is found. */
export function parseTrunkPreset(content: unknown): ParsedTrunkPreset {
  const problems: PresetProblem[] = [];
  const read = preset(content, '', problems);
  if (problems.length === 0) problems.push(...contradictions(read));
  return problems.length === 0 ? { ok: true, preset: read } : { ok: false, problems };
}

/** Fields that are right one by one but not together. */
function contradictions(read: TrunkPreset): PresetProblem[] {
  const problems: PresetProblem[] = [];
  const expect = (isRight: boolean, at: string, problem: string): void => {
    if (!isRight) problems.push({ field: at, problem });
  };
  const known = new Set(read.sources.map((source) => source.id));
  expect(known.size === read.sources.length, 'sources', 'names something twice');
  for (const [at, one] of fieldsOf(read)) {
    expect(one.basis === 'assumed' || one.source !== undefined, `${at}.source`, 'is missing for a documented field');
    expect(one.source === undefined || known.has(one.source), `${at}.source`, 'is not in sources');
  }
  const { srtp, registerSeconds } = read.settings;
  // RFC 4568 §8.3: the keys stand in the message, so it must be encrypted itself.
  expect(srtp.value === 'off' || read.transport.value === 'tls', 'settings.srtp', 'required needs transport tls');
  const registers = registerSeconds.value > 0;
  expect(registers === (read.kind === 'registering'), 'settings.registerSeconds', `does not fit ${read.kind}`);
  expect(read.host.value !== '' || read.asks.includes('host'), 'host', 'is empty but not asked for');
  return problems;
}

/** All fields that carry a basis, with their place in the file. */
export function fieldsOf(read: TrunkPreset): readonly (readonly [place: string, field: PresetField<unknown>])[] {
  const { identity: nested, ...flat } = read.settings;
  return [
    ['host', read.host],
    ['port', read.port],
    ['transport', read.transport],
    ...Object.entries(flat).map(([name, one]) => [`settings.${name}`, one] as const),
    ...Object.entries(nested).map(([name, one]) => [`settings.identity.${name}`, one] as const),
  ];
}

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf, parseTrunkPreset } from './parse-trunk-preset.ts';
import { trunkFromPreset } from './trunk-from-preset.ts';
import { trunkProblems } from './trunk-problems.ts';
import type { PresetQuestion, TrunkPreset } from './trunk-preset.ts';

const folder = fileURLToPath(new URL('../../../../assets/trunk-presets/', import.meta.url));
const contentOf = (id: string): unknown => JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8'));
const shipped = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));

const presetOf = (content: unknown): TrunkPreset => {
  const parsed = parseTrunkPreset(content);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.preset;
};

/** What an administrator might type. */
const typed: Readonly<Record<PresetQuestion, string>> = {
  host: ' sip.anbieter.example ',
  outboundProxy: '551138572628.primary.companyflex.de',
  username: '+4919929600000000001',
  authName: 'konto@anbieter.example',
  password: 'geheim',
  sourceAddresses: '192.0.2.10, 192.0.2.11:5080\n[2001:db8::1]:5060',
};
const answersTo = (preset: TrunkPreset) =>
  Object.fromEntries(preset.asks.map((question) => [question, typed[question]]));

it('ships every provider that was promised', () => {
  expect(shipped.toSorted()).toEqual([
    'easybell',
    'fonial',
    'generic-registering',
    'generic-static',
    'legacy-pbx',
    'nfon',
    'peoplefone',
    'sipgate',
    'telekom-companyflex',
    'telekom-deutschlandlan-registering',
    'telekom-deutschlandlan-static',
  ]);
});

describe.each(shipped)('the preset %s', (id) => {
  const preset = presetOf(contentOf(id));

  it('is called like its file and explains itself in both languages', () => {
    expect(preset.id).toBe(id);
    expect(preset.notes.de.length).toBeGreaterThan(80);
    expect(preset.notes.en.length).toBeGreaterThan(80);
  });

  it('uses every source it names', () => {
    const used = new Set(fieldsOf(preset).map(([, field]) => field.source));
    const unused = preset.sources.filter((source) => !used.has(source.id));
    expect(unused.map((source) => source.id)).toEqual(notesOnly[id] ?? []);
  });

  it('makes a trunk that works once its questions are answered, and says what is missing before', () => {
    const trunk = trunkFromPreset(preset, answersTo(preset));
    expect(trunkProblems(trunk)).toEqual([]);
    expect(trunk.settings.preset).toBe(id);
    expect(trunkProblems(trunkFromPreset(preset))).not.toEqual([]);
  });
});

/** Sources that only the notes rest on. */
const notesOnly: Readonly<Record<string, readonly string[]>> = {
  'telekom-companyflex': ['1tr119', 'companyflex-customer'],
  fonial: ['fonial-help'],
  easybell: ['easybell-access'],
};

describe('a trunk from a preset', () => {
  it('takes the typed values where the contract differs, and the preset’s elsewhere', () => {
    const preset = presetOf(contentOf('telekom-companyflex'));
    const trunk = trunkFromPreset(preset, answersTo(preset));
    expect(trunk).toMatchObject({ host: 'tel.t-online.de', transport: 'tls', username: typed.username });
    expect(trunk.port).toBeUndefined();
    expect(trunk.settings).toMatchObject({ outboundProxy: typed.outboundProxy, srtp: 'required' });
    expect(trunk.settings.identity.header).toBe('p-preferred-identity');
  });

  it('splits source addresses and trims a host', () => {
    const trunk = trunkFromPreset(presetOf(contentOf('generic-static')), typed);
    expect(trunk.host).toBe('sip.anbieter.example');
    expect(trunk.sourceAddresses).toEqual(['192.0.2.10', '192.0.2.11:5080', '[2001:db8::1]:5060']);
  });

  it('is refused when keys would travel in clear, or no call could be recognised', () => {
    const preset = presetOf(contentOf('sipgate'));
    const trunk = trunkFromPreset(preset, answersTo(preset));
    expect(trunkProblems({ ...trunk, transport: 'tcp' })).toEqual(['srtp-without-tls']);
    const settings = { ...trunk.settings, registerSeconds: 0, dialledFrom: [] };
    expect(trunkProblems({ ...trunk, settings })).toEqual(['origin-unknown', 'numbers-from-nowhere']);
  });
});

describe('a broken preset file', () => {
  /** The faults of the NFON file once `place` holds `value`; undefined takes the field away. */
  const broken = (place: string, value: unknown): readonly string[] => {
    const file = contentOf('nfon');
    const names = place.split('.');
    const last = names.pop()!;
    const parent = names.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], file);
    Object.assign(parent as object, { [last]: value });
    const parsed = parseTrunkPreset(JSON.parse(JSON.stringify(file)));
    return parsed.ok ? [] : parsed.problems.map(({ field, problem }) => `${field} ${problem}`);
  };

  it.each<[string, string, unknown, string]>([
    ['a typing error', 'settings.srpt', {}, 'settings.srpt is not known'],
    ['a gap', 'settings.identity.header', undefined, 'settings.identity.header is missing'],
    ['a wrong word', 'transport.value', 'sctp', 'transport.value must be one of udp, tcp, tls'],
    ['a wrong number', 'port.value', 70_000, 'port.value must be a whole number from 1 to 65535'],
    ['a claim without source', 'host.source', undefined, 'host.source is missing for a documented field'],
    ['a false source', 'host.source', 'rumour', 'host.source is not in sources'],
    ['keys in clear', 'settings.srtp.value', 'required', 'settings.srtp required needs transport tls'],
    ['a wrong kind', 'kind', 'static', 'settings.registerSeconds does not fit static'],
    ['a lost host', 'host.value', '', 'host is empty but not asked for'],
    ['a host with a space', 'host.value', 'a b', 'host.value must be text'],
    ['a doubled entry', 'settings.dialledFrom.value', ['to', 'to'], 'settings.dialledFrom.value names something twice'],
    ['an object that is none', 'notes', 'Hallo', 'notes must be an object'],
  ])('names the field of %s', (_, place, value, expected) => {
    expect(broken(place, value).join('\n')).toContain(expected);
  });

  it('is never more than a list of problems, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseTrunkPreset(value).ok).toBe(false);
      }),
    );
  });

  it('is read without following a prototype', () => {
    expect(broken('toString', 'x')).toEqual(['toString is not known']);
    expect(parseTrunkPreset(JSON.parse('{"__proto__":{"id":"x"}}')).ok).toBe(false);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { trunkInput, trunkPreset } from '@amtsleitung/contract';
import { describe, expect, it } from 'vitest';
import { checkInput } from '../../shared/forms/check-input.ts';
import { draftFromPreset, draftFromTrunk, trunkInputOf } from './trunk-draft.ts';

const folder = new URL('../../../../../assets/trunk-presets/', import.meta.url);
const presets = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => trunkPreset.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))));

describe('a trunk’s form', () => {
  it.each(presets.map((preset) => [preset.id, preset] as const))('begins with the habits of %s', (id, preset) => {
    const input = trunkInputOf({ ...draftFromPreset(preset), host: preset.host.value || 'sip.example' });
    expect(checkInput(trunkInput, input)).toEqual({});
    expect(input.settings).toMatchObject({ preset: id, srtp: preset.settings.srtp.value, enabled: true });
    expect(input.settings?.identity.header).toBe(preset.settings.identity.header.value);
  });

  it('gives back an existing trunk unchanged', () => {
    const [preset] = presets;
    const { settings, ...rest } = trunkInputOf(draftFromPreset(preset!));
    const priced = { ...settings!, guard: { callsPerMinute: 5, dailyCents: 1950, centsPerMinute: { mobile: 9 } } };
    const trunk = { ...rest, settings: priced, id: 't', hasPassword: true };
    expect(trunkInputOf(draftFromTrunk(trunk))).toEqual({ ...rest, settings: priced });
  });

  it('names what was typed wrongly', () => {
    const draft = { ...draftFromPreset(presets[0]!), host: 'x', port: '5o60', order: '', dailyEuros: 'viel' };
    expect(checkInput(trunkInput, trunkInputOf(draft))).toEqual({
      port: 'required',
      'settings.order': 'required',
      'settings.guard.dailyCents': 'required',
    });
  });
});

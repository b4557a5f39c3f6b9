import type { Trunk } from '../directory/trunk.ts';
import { staticTrunkSettings } from '../directory/trunk-settings.ts';
import type { PresetField, PresetQuestion, TrunkPreset } from './trunk-preset.ts';

/** What the administrator typed in; a question without an answer keeps the preset's value. */
export type PresetAnswers = Readonly<Partial<Record<PresetQuestion, string>>>;

/** The fields of a trunk that a preset fills in. */
export type PresetTrunk = Pick<
  Trunk,
  'host' | 'port' | 'transport' | 'sourceAddresses' | 'username' | 'password' | 'settings'
>;

/** A trunk as the provider wants it. `trunkProblems` tells what is still missing. */
export function trunkFromPreset(preset: TrunkPreset, answers: PresetAnswers = {}): PresetTrunk {
  const answer = (question: PresetQuestion, otherwise = ''): string => answers[question]?.trim() || otherwise;
  const { identity, ...flat } = preset.settings;
  const password = answer('password');
  return {
    host: answer('host', preset.host.value),
    ...(preset.port.value === null ? {} : { port: preset.port.value }),
    transport: preset.transport.value,
    sourceAddresses: answer('sourceAddresses')
      .split(/[\s,;]+/)
      .filter((entry) => entry !== ''),
    username: answer('username'),
    ...(password === '' ? {} : { password }),
    settings: {
      ...staticTrunkSettings,
      ...valuesOf(flat),
      preset: preset.id,
      outboundProxy: answer('outboundProxy', flat.outboundProxy.value),
      authName: answer('authName', flat.authName.value),
      identity: valuesOf(identity),
    },
  };
}

type Values<Fields> = { [Key in keyof Fields]: Fields[Key] extends PresetField<infer Value> ? Value : never };

const valuesOf = <Fields extends object>(fields: Fields): Values<Fields> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, (field as PresetField<unknown>).value]),
  ) as Values<Fields>;

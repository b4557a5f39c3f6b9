import type { TrunkIdentity, TrunkSettings } from '../directory/trunk-settings.ts';

/** `documented`: a cited document says so. `assumed`: the field's habit; check it with the provider. */
export type Basis = 'documented' | 'assumed';

export interface PresetField<Value> {
  readonly value: Value;
  readonly basis: Basis;
  /** Id in the preset's `sources`; required when documented. */
  readonly source?: string;
}

export interface PresetSource {
  readonly id: string;
  /** Title with version and date, and where it was read when that was not at the provider's. */
  readonly title: string;
}

/** What an administrator knows from the contract and has to type in. */
export type PresetQuestion = 'host' | 'outboundProxy' | 'username' | 'authName' | 'password' | 'sourceAddresses';

/** Settings of a trunk that are the town's own, not the provider's habit. */
type OwnSetting = 'preset' | 'enabled' | 'order' | 'hours' | 'carries' | 'guard';

/** The habits, each with its basis. */
export type PresetSettings = {
  readonly [Key in Exclude<keyof TrunkSettings, OwnSetting | 'identity' | 'mediasec'>]: PresetField<TrunkSettings[Key]>;
} & {
  readonly mediasec?: PresetField<boolean>;
  readonly identity: { readonly [Key in keyof TrunkIdentity]: PresetField<TrunkIdentity[Key]> };
};

/** A provider's habits as data: what a trunk's fields are filled with, and how sure each of them is. */
export interface TrunkPreset {
  readonly id: string;
  readonly name: string;
  readonly kind: 'registering' | 'static';
  /** Short hints for the administrator, German and English. */
  readonly notes: { readonly de: string; readonly en: string };
  readonly sources: readonly PresetSource[];
  readonly asks: readonly PresetQuestion[];
  readonly host: PresetField<string>;
  readonly port: PresetField<number | null>;
  readonly transport: PresetField<'udp' | 'tcp' | 'tls'>;
  readonly settings: PresetSettings;
}

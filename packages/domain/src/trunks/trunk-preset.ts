import type { TrunkSettings } from '../directory/trunk-settings.ts';

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
  /** Title with version and date. */
  readonly title: string;
}

/** What an administrator knows from the contract and has to type in. */
export type PresetQuestion =
  'host' | 'outboundProxy' | 'username' | 'authName' | 'password' | 'sourceAddresses' | 'headNumber';

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
  readonly settings: {
    readonly [
      Key in Exclude<keyof TrunkSettings, 'preset' | 'enabled' | 'order' | 'hours' | 'carries' | 'guard'>
    ]: PresetField<TrunkSettings[Key]>;
  };
}

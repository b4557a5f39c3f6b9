import type { Hotline } from './hotline.ts';

/** What the hotlines need of a tenant's directory. */
export interface HotlineSetup {
  readonly tenant: { readonly id: string; readonly timeZone: string };
  readonly hotlines: readonly Hotline[];
}

/** Port, a narrow view of the directory. */
export interface HotlineSource {
  all(): readonly HotlineSetup[];
  onChange(listener: (setup: HotlineSetup) => void): () => void;
}

import { TypedEmitter } from '@amtsleitung/base';
import type { PhoneCall, PhoneState } from './phone-state.ts';
import type { PersonView } from './stage.ts';

type WrapUp = NonNullable<PhoneState['wrapUp']>;

/** What every person's own phone screen shows; tells when it changes. */
export class PhoneStates {
  readonly #calls = new Map<string, Map<string, PhoneCall>>();
  readonly #wrapUps = new Map<string, string>();
  readonly #wrapUpOf: (personId: string) => WrapUp | undefined;
  readonly #changes: TypedEmitter<{ tenantId: string; state: PhoneState }>;

  constructor(wrapUpOf: (personId: string) => WrapUp | undefined, onError: (error: unknown) => void) {
    this.#wrapUpOf = wrapUpOf;
    this.#changes = new TypedEmitter(onError);
  }

  stateOf(personId: string): PhoneState {
    const calls = [...(this.#calls.get(personId)?.values() ?? [])];
    const wrapUp = this.#wrapUpOf(personId);
    return { personId, calls, ...(wrapUp ? { wrapUp } : {}) };
  }

  onChange(listener: (tenantId: string, state: PhoneState) => void): () => void {
    return this.#changes.listen(({ tenantId, state }) => listener(tenantId, state));
  }

  /** Replaces everything that is shown of one call; returns who sees it now. */
  showCall(
    tenantId: string,
    callId: string,
    before: readonly string[],
    views: readonly PersonView[],
  ): readonly string[] {
    const now = new Map(views.map(({ personId, call }) => [personId, call]));
    for (const personId of before) if (!now.has(personId)) this.#hide(tenantId, personId, callId);
    for (const [personId, call] of now) this.#show(tenantId, personId, call);
    return [...now.keys()];
  }

  /** Tells when a wrap-up has begun or ended. */
  refreshWrapUp(tenantId: string, personId: string): void {
    const callId = this.#wrapUpOf(personId)?.callId;
    if (this.#wrapUps.get(personId) === callId) return;
    if (callId === undefined) this.#wrapUps.delete(personId);
    else this.#wrapUps.set(personId, callId);
    this.#tell(tenantId, personId);
  }

  #show(tenantId: string, personId: string, call: PhoneCall): void {
    const calls = this.#calls.get(personId) ?? new Map<string, PhoneCall>();
    const known = calls.get(call.callId);
    if (known && JSON.stringify(known) === JSON.stringify(call)) return;
    calls.set(call.callId, call);
    this.#calls.set(personId, calls);
    this.#tell(tenantId, personId);
  }

  #hide(tenantId: string, personId: string, callId: string): void {
    const calls = this.#calls.get(personId);
    if (!calls?.delete(callId)) return;
    if (calls.size === 0) this.#calls.delete(personId);
    this.#tell(tenantId, personId);
  }

  #tell(tenantId: string, personId: string): void {
    this.#changes.emit({ tenantId, state: this.stateOf(personId) });
  }
}

import { TypedEmitter } from '@amtsleitung/base';
import type { TrunkState, TrunkStates } from '@amtsleitung/domain';

/** Trunks without a provider: states are set by the test, checks are noted. */
export class FakeTrunkStates implements TrunkStates {
  readonly states = new Map<string, TrunkState>();
  readonly checked: string[] = [];
  readonly #changes = new TypedEmitter<TrunkState>((error) => {
    throw error;
  });

  show(state: TrunkState): void {
    this.states.set(state.trunkId, state);
    this.#changes.emit(state);
  }

  of = (trunkId: string): TrunkState | undefined => this.states.get(trunkId);
  isUsable = (trunkId: string): boolean => this.states.get(trunkId)?.status === 'up';
  check = (trunkId: string): void => void this.checked.push(trunkId);
  onChange = (listener: (state: TrunkState) => void) => this.#changes.listen(listener);
}

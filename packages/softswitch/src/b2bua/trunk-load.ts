import type { TrunkState } from '@amtsleitung/domain';

type Calls = TrunkState['calls'];

const none: Calls = { incoming: 0, outgoing: 0 };

/** Calls that each trunk carries, counted as they come and go: asked with every call, it must not look at all of them. */
export class TrunkLoad {
  readonly #calls = new Map<string, Calls>();

  of(trunkId: string): Calls {
    return this.#calls.get(trunkId) ?? none;
  }

  began(trunkId: string | undefined, direction: keyof Calls): void {
    this.#change(trunkId, direction, 1);
  }

  ended(trunkId: string | undefined, direction: keyof Calls): void {
    this.#change(trunkId, direction, -1);
  }

  /** Calls inside the house have no trunk. */
  #change(trunkId: string | undefined, direction: keyof Calls, by: number): void {
    if (trunkId === undefined) return;
    const before = this.of(trunkId);
    const after = { ...before, [direction]: before[direction] + by };
    if (after.incoming + after.outgoing === 0) this.#calls.delete(trunkId);
    else this.#calls.set(trunkId, after);
  }
}

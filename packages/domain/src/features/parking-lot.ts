import { TypedEmitter } from '@amtsleitung/base';

/** Orbits of a tenant: `1` to `20`. Enough for a town hall, and short enough to call across a corridor. */
const orbitCount = 20;

/** Which parked call stands in which orbit. Knows nothing of who is parked. */
export class ParkingLot {
  /** By tenant: call by orbit. */
  readonly #orbits = new Map<string, Map<string, string>>();
  readonly #changes: TypedEmitter<string>;

  constructor(onError: (error: unknown) => void) {
    this.#changes = new TypedEmitter(onError);
  }

  /** The orbit wanted, else the lowest that is free. Undefined: taken, full, or no orbit at all. */
  take(tenantId: string, callId: string, wanted?: string): string | undefined {
    const orbits = this.#orbits.get(tenantId) ?? new Map<string, string>();
    const all = Array.from({ length: orbitCount }, (_, index) => String(index + 1));
    const orbit = all.find((one) => (wanted === undefined || one === wanted) && !orbits.has(one));
    if (orbit === undefined) return undefined;
    orbits.set(orbit, callId);
    this.#orbits.set(tenantId, orbits);
    this.#changes.emit(tenantId);
    return orbit;
  }

  leave(tenantId: string, orbit: string): void {
    const orbits = this.#orbits.get(tenantId);
    if (!orbits?.delete(orbit)) return;
    if (orbits.size === 0) this.#orbits.delete(tenantId);
    this.#changes.emit(tenantId);
  }

  callIn(tenantId: string, orbit: string): string | undefined {
    return this.#orbits.get(tenantId)?.get(orbit);
  }

  orbitOf(tenantId: string, callId: string): string | undefined {
    for (const [orbit, parked] of this.#orbits.get(tenantId) ?? []) if (parked === callId) return orbit;
    return undefined;
  }

  onChange(listener: (tenantId: string) => void): () => void {
    return this.#changes.listen(listener);
  }
}

import { TypedEmitter } from '@amtsleitung/base';

/**
 * `ringing`: their devices ring with a call that their department may pick up. `offered`: with a hotline's call, which is
 * theirs alone. `talking`: they are on a call, dialling or on hold included.
 */
export type LineUse = 'ringing' | 'offered' | 'talking';

/**
 * Who is taken by which call: the one truth behind busy, presence and offers. Knows nothing of the other side,
 * so whatever is built on it cannot tell an internal call from an external one (R20).
 */
export class LineOccupancy {
  readonly #uses = new Map<string, Map<string, LineUse>>();
  readonly #changes: TypedEmitter<string>;

  constructor(onError: (error: unknown) => void) {
    this.#changes = new TypedEmitter(onError);
  }

  /** Repeating it, or going from ringing to talking, is one entry. */
  occupy(personId: string, callId: string, use: LineUse): void {
    const calls = this.#uses.get(personId) ?? new Map<string, LineUse>();
    if (calls.get(callId) === use) return;
    calls.set(callId, use);
    this.#uses.set(personId, calls);
    this.#changes.emit(personId);
  }

  release(personId: string, callId: string): void {
    const calls = this.#uses.get(personId);
    if (!calls?.delete(callId)) return;
    if (calls.size === 0) this.#uses.delete(personId);
    this.#changes.emit(personId);
  }

  /** In whatever use. */
  isBusy(personId: string): boolean {
    return this.#uses.has(personId);
  }

  isTalking(personId: string): boolean {
    return [...(this.#uses.get(personId)?.values() ?? [])].includes('talking');
  }

  isRinging(personId: string): boolean {
    return [...(this.#uses.get(personId)?.values() ?? [])].includes('ringing');
  }

  callsOf(personId: string): readonly string[] {
    return [...(this.#uses.get(personId)?.keys() ?? [])];
  }

  onChange(listener: (personId: string) => void): () => void {
    return this.#changes.listen(listener);
  }
}

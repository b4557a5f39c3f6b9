import type { Reachability } from '../calls/call-control.ts';

/** Devices that a test plugs and unplugs. */
export class ScriptedReachability implements Reachability {
  readonly #reachable = new Set<string>();
  readonly #listeners = new Set<(personId: string, reachable: boolean) => void>();

  constructor(people: Iterable<string> = []) {
    for (const personId of people) this.#reachable.add(personId);
  }

  set(personId: string, reachable: boolean): void {
    if (this.#reachable.has(personId) === reachable) return;
    if (reachable) this.#reachable.add(personId);
    else this.#reachable.delete(personId);
    for (const listener of this.#listeners) listener(personId, reachable);
  }

  isReachable(personId: string): boolean {
    return this.#reachable.has(personId);
  }

  isRegistered(): boolean {
    return false;
  }

  onChange(listener: (personId: string, reachable: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

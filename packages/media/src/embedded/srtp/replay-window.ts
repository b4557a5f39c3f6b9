const size = 128;

/** Which of the last 128 packet indexes have been seen. RFC 3711 §3.3.2. */
export class ReplayWindow {
  readonly #seen = new Uint8Array(size);
  #highest = -1;

  get highest(): number {
    return this.#highest;
  }

  /** Whether a packet of this index may be looked at: not seen, and not too old to know. */
  isFresh(index: number): boolean {
    if (index > this.#highest) return true;
    return index > this.#highest - size && this.#seen[index % size] === 0;
  }

  /** To be called only for packets that proved authentic. */
  mark(index: number): void {
    if (index > this.#highest) {
      const from = Math.max(this.#highest + 1, index - size + 1);
      for (let skipped = from; skipped < index; skipped++) this.#seen[skipped % size] = 0;
      this.#highest = index;
    }
    this.#seen[index % size] = 1;
  }
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Ear } from '@amtsleitung/simulator';

const header = 44;
/** Looks without news before what stands still counts as silence. */
const patience = 10;

/** A recording that a real phone is still writing: what is new in it goes to an ear, 8 kHz mono, 16 bit. */
export class GrowingWav {
  readonly file: string;
  readonly #ear: Ear;
  readonly #handle: number;
  #position = header;
  #silentLooks: number;

  constructor(file: string, ear: Ear, silentLooks = 0) {
    this.file = file;
    this.#ear = ear;
    this.#handle = openSync(file, 'r');
    this.#silentLooks = silentLooks;
  }

  /** To be called every 20 ms. */
  listen(): void {
    const chunk = Buffer.alloc(16_384);
    // A re-INVITE within the same second begins the same file anew.
    if (fstatSync(this.#handle).size < this.#position) this.#position = header;
    const length = readSync(this.#handle, chunk, 0, chunk.length, this.#position) & ~1;
    this.#position += length;
    this.#silentLooks = length > 0 ? 0 : this.#silentLooks + 1;
    if (length > 0) {
      this.#ear.hear(Int16Array.from({ length: length / 2 }, (_, index) => chunk.readInt16LE(index * 2)));
    } else if (this.#silentLooks > patience) this.#ear.hear(new Int16Array(160));
  }

  close(): void {
    closeSync(this.#handle);
  }
}

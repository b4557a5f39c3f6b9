import { refusedFields } from '../http/problem.ts';

/** Collects what is wrong with a form, path → code; the first finding of a field counts. */
export class FieldErrors {
  readonly #fields = new Map<string, string>();

  /** Notes `code` for `field` when `wrong`. */
  when(wrong: boolean, field: string, code: string): void {
    if (wrong && !this.#fields.has(field)) this.#fields.set(field, code);
  }

  /** Throws 422 when anything was noted. */
  throwIfAny(): void {
    if (this.#fields.size > 0) throw refusedFields(Object.fromEntries(this.#fields));
  }
}

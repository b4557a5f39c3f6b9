import type * as z from 'zod/mini';

/** What is wrong, by the field's path (`openingHours.intervals.0.to`). */
export type FieldProblems = Readonly<Record<string, string>>;

const codes: Readonly<Record<string, string>> = {
  invalid_type: 'required',
  too_small: 'too-small',
  too_big: 'too-big',
  invalid_format: 'invalid-format',
};

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);

/** Checks a form against the contract before it is sent; empty: it fits. */
export function checkInput(schema: z.ZodMiniType, input: unknown): FieldProblems {
  const result = schema.safeParse(input);
  if (result.success) return {};
  return Object.fromEntries(
    result.error.issues.map(({ path, code }) => {
      const value = valueAt(input, path);
      const missing = value === undefined || value === '' || Number.isNaN(value);
      return [path.join('.'), missing ? 'required' : (codes[code] ?? 'invalid')];
    }),
  );
}

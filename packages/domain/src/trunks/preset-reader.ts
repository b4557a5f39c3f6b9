/** A place in a preset file and what is wrong there, e.g. `settings.identity.header.basis: must be documented or assumed`. */
export interface PresetProblem {
  readonly field: string;
  readonly problem: string;
}

/** Reads one value; what is wrong is added to `problems`, and the result is then of no use. */
export type Reader<Value> = (value: unknown, field: string, problems: PresetProblem[]) => Value;

/** What a reader gives. */
export type Read<R> = R extends Reader<infer Value> ? Value : never;

const reader =
  <Value>(isRight: (value: unknown) => boolean, expected: string): Reader<Value> =>
  (value, field, problems) => {
    if (!isRight(value)) problems.push({ field, problem: value === undefined ? 'is missing' : `must be ${expected}` });
    return value as Value;
  };

/** Text without control characters. */
export const text = (longest: number, pattern = /^/): Reader<string> =>
  reader(
    (value) => typeof value === 'string' && value.length <= longest && !/\p{Cc}/u.test(value) && pattern.test(value),
    `text of at most ${longest} characters${pattern.source === '^' ? '' : ` like ${pattern.source}`}`,
  );

export const flag: Reader<boolean> = reader((value) => typeof value === 'boolean', 'true or false');

export const whole = (least: number, most: number): Reader<number> =>
  reader(
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    `a whole number from ${least} to ${most}`,
  );

export const oneOf = <const Value extends string>(...values: readonly Value[]): Reader<Value> =>
  reader((value) => values.some((one) => one === value), `one of ${values.join(', ')}`);

export const orNull =
  <Value>(inner: Reader<Value>): Reader<Value | null> =>
  (value, field, problems) =>
    value === null ? null : inner(value, field, problems);

/** A list without repetitions where `inner` reads strings. */
export const listOf =
  <Value>(inner: Reader<Value>, least: number, most: number): Reader<readonly Value[]> =>
  (value, field, problems) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      problems.push({ field, problem: `must be a list of ${least} to ${most}` });
      return [];
    }
    const items = value.map((item, at) => inner(item, `${field}[${at}]`, problems));
    if (new Set(items).size < items.length) problems.push({ field, problem: 'names something twice' });
    return items;
  };

/** An object with exactly these fields, those in `optional` perhaps left out. */
export const object =
  <Readers extends Readonly<Record<string, Reader<unknown>>>>(
    readers: Readers,
    optional: readonly string[] = [],
  ): Reader<{ readonly [Key in keyof Readers]: Read<Readers[Key]> }> =>
  (value, field, problems) => {
    type Result = { readonly [Key in keyof Readers]: Read<Readers[Key]> };
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.push({ field, problem: value === undefined ? 'is missing' : 'must be an object' });
      return {} as Result;
    }
    const given = new Map<string, unknown>(Object.entries(value));
    const inside = (name: string): string => (field === '' ? name : `${field}.${name}`);
    for (const name of given.keys()) {
      if (!Object.hasOwn(readers, name)) problems.push({ field: inside(name), problem: 'is not known' });
    }
    const entries = Object.entries(readers)
      .filter(([name]) => given.has(name) || !optional.includes(name))
      .map(([name, read]) => [name, read(given.get(name), inside(name), problems)] as const);
    return Object.fromEntries(entries) as Result;
  };

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const page = (name: string) => readFileSync(new URL(`docs/operations/${name}`, root), 'utf8');

describe('the table of abuse cases', () => {
  const text = page('abuse-cases.md');

  it('has every case once, in order', () => {
    const numbers = [...text.matchAll(/^\| (\d+) /gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('names tests that exist', () => {
    const paths = [...text.matchAll(/`([\w/.-]+\.test\.ts)`/g)].map(([, path]) => path!);
    expect(paths.length).toBeGreaterThan(60);
    expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});

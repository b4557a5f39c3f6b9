import { describe, expect, it } from 'vitest';
import { clausesOf, namedTests } from './named-tests.ts';
import { render } from './render.ts';
import { judge } from './requirements.ts';

const names = (source: string) => namedTests('x.test.ts', source).map((test) => test.name);

describe('tests named after a clause', () => {
  it('are found as plain tests and as tables, also when the table holds the names', () => {
    expect(names(`it('RFC 3261 §9.1: a', () => {});`)).toEqual(['RFC 3261 §9.1: a']);
    expect(names('test(`RFC 3261 §9.1: b`, () => {});')).toEqual(['RFC 3261 §9.1: b']);
    expect(names(`it.each([1])('RFC 3261 §9.1: c %s', () => {});`)).toEqual(['RFC 3261 §9.1: c %s']);
    expect(names(`it.each([['RFC 3261 §9.1: d', 1]] as const)('%s', () => {});`)).toEqual(['RFC 3261 §9.1: d']);
  });

  it('are no others: skipped ones, groups, comments, strings', () => {
    expect(names(`it.skip('RFC 3261 §9.1: a', () => {}); describe('RFC 3261 §9.1: b', () => {});`)).toEqual([]);
    expect(names(`// RFC 3261 §9.1\nconst text = 'RFC 3261 §9.1: c'; it('the RFC 3261 §9.1', () => {});`)).toEqual([]);
  });

  it('may prove several clauses', () => {
    expect(clausesOf('RFC 3261 §9.1, RFC 3262 §B.2: both')).toEqual([
      { rfc: 3261, section: '9.1' },
      { rfc: 3262, section: 'B.2' },
    ]);
  });
});

describe('demands', () => {
  const tests = namedTests('x.test.ts', `it('RFC 1 §2: one', f); it('RFC 1 §2: other', f); it('RFC 1 §10: more', f);`);
  const titles = { 1: 'Host Software' };

  it('are proven by the tests of their clause, or by those they name', () => {
    const { proven, faults } = judge(
      {
        titles,
        requirements: [
          { rfc: 1, section: '2', must: 'a' },
          { rfc: 1, section: '2', must: 'b', tests: ['other'] },
        ],
        notImplemented: [],
      },
      tests,
    );
    expect(faults).toEqual([]);
    expect(proven.map((one) => one.proofs.length)).toEqual([2, 1]);
  });

  it('without a test, with one that is not there, or of an RFC without title are faults', () => {
    const { faults } = judge(
      {
        titles: {},
        requirements: [
          { rfc: 1, section: '3', must: 'a' },
          { rfc: 1, section: '2', must: 'b', tests: ['gone'] },
        ],
        notImplemented: [{ rfc: 1, section: '4', must: 'c', why: ' ' }],
      },
      tests,
    );
    expect(faults).toEqual([
      'RFC 1 §3: nothing proves "a"',
      'RFC 1 §3: RFC 1 has no title',
      'RFC 1 §2: no test "gone"',
      'RFC 1 §2: nothing proves "b"',
      'RFC 1 §2: RFC 1 has no title',
      'RFC 1 §4: RFC 1 has no title',
      'RFC 1 §4: nobody says why it is not done',
    ]);
  });

  it('stand on the page in the order of clauses, with the tests nobody asked for', () => {
    const file = {
      titles,
      requirements: [{ rfc: 1, section: '2', must: 'a | b' }],
      notImplemented: [{ rfc: 1, section: '9', must: 'c', why: 'nobody needs it' }],
    };
    const page = render(file, judge(file, tests).proven, tests);
    expect(page).toContain('| [1](#rfc-1) | Host Software | 1 of 1 | 1 | 3 |');
    expect(page.indexOf('| §2 | a \\| b | one ([x.test.ts](../x.test.ts))<br>other')).toBeGreaterThan(0);
    expect(page.indexOf('| §10 | | more')).toBeGreaterThan(page.indexOf('| §2 |'));
    expect(page.indexOf('| §9 | c | nobody needs it |')).toBeGreaterThan(page.indexOf('| §10 |'));
  });
});

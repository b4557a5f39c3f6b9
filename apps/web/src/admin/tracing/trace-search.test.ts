import { describe, expect, it } from 'vitest';
import { isComplete, queryOf } from './trace-search.ts';

describe('the search for a traced call', () => {
  it('asks by three digits and by local time', () => {
    expect(queryOf({ lastDigits: '042', before: '2026-11-20T10:45' })).toEqual({
      lastDigits: '042',
      before: new Date(2026, 10, 20, 10, 45).getTime(),
    });
  });

  it.each(['', '4', '04 ', 'abc', '0042'])('asks nothing by "%s"', (lastDigits) => {
    expect(queryOf({ lastDigits, before: '' })).toEqual({});
  });

  it.each(['nonsense', '1492-01-01T00:00'])('asks nothing by the time "%s"', (before) => {
    expect(queryOf({ lastDigits: '', before })).toEqual({});
  });

  it('says so while digits are missing', () => {
    expect(['', '0', '04', '042', 'x42'].map(isComplete)).toEqual([true, false, false, true, false]);
  });
});

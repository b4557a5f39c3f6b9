import { describe, expect, it } from 'vitest';
import { likeMonday, nextTime, weekOf } from './week.ts';

describe('opening hours as a week', () => {
  it('keeps the place in the form, which refusals name', () => {
    const week = weekOf([
      { weekday: 4, from: '14:00', to: '18:00' },
      { weekday: 1, from: '08:00', to: '12:00' },
      { weekday: 4, from: '08:00', to: '12:00' },
    ]);
    expect(week).toHaveLength(7);
    expect(week[3]?.times.map((time) => time.index)).toEqual([0, 2]);
    expect(week[0]?.times).toEqual([{ from: '08:00', to: '12:00', index: 1 }]);
    expect(week[6]?.times).toEqual([]);
  });
  it('offers times that do not overlap', () => {
    expect(nextTime([], 1)).toEqual({ weekday: 1, from: '08:00', to: '16:00' });
    expect(nextTime([{ weekday: 1, from: '08:00', to: '12:00' }], 1)).toEqual({
      weekday: 1,
      from: '14:00',
      to: '18:00',
    });
    expect(nextTime([{ weekday: 1, from: '08:00', to: '16:00' }], 1).from).toBe('16:00');
  });
  it('copies Monday to Friday and leaves the weekend alone', () => {
    const week = weekOf([
      ...likeMonday([
        { weekday: 1, from: '08:00', to: '16:00' },
        { weekday: 3, from: '10:00', to: '11:00' },
        { weekday: 6, from: '09:00', to: '12:00' },
      ]),
    ]);
    expect(week.map((day) => day.times.map((time) => time.from))).toEqual([
      ['08:00'],
      ['08:00'],
      ['08:00'],
      ['08:00'],
      ['08:00'],
      ['09:00'],
      [],
    ]);
  });
});

import { silentLogger, type LogFields } from '@amtsleitung/base';
import { VirtualClock } from '@amtsleitung/base/testing';
import { DirectoryConflict } from '@amtsleitung/domain';
import { describe, expect, it } from 'vitest';
import { StoreGuard } from './store-guard.ts';

const never = () => new Promise<number>(() => {});

describe('StoreGuard', () => {
  it('hands answers through and turns failures into one problem', async () => {
    const clock = new VirtualClock();
    const store = new StoreGuard(clock, silentLogger, () => {}).around({
      good: async (value: number) => value + 1,
      bad: async () => Promise.reject(new Error('password=secret')),
      broken: (): Promise<number> => {
        throw new Error('sync');
      },
    });
    expect(await store.good(1)).toBe(2);
    await expect(store.bad()).rejects.toMatchObject({ status: 503, code: 'database-away', message: 'database-away' });
    await expect(store.broken()).rejects.toMatchObject({ status: 503 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('asks no more than 200 at once, and says when the store is back', async () => {
    const clock = new VirtualClock();
    let recovered = 0;
    const guard = new StoreGuard(clock, silentLogger, () => recovered++);
    const waiting = Array.from({ length: 200 }, () => guard.within('x', never).catch((error: Error) => error.message));
    await expect(guard.within('x', async () => 1)).rejects.toMatchObject({ status: 503 });
    clock.advance(1_500);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['database-away']));
    expect(recovered).toBe(0);
    clock.advance(28_500);
    expect(await guard.within('x', async () => 1)).toBe(1);
    expect(recovered).toBe(1);
    recovered = 0;
    const other = new StoreGuard(clock, silentLogger, () => recovered++);
    await other.within('x', () => Promise.reject(new Error('away'))).catch(() => {});
    await other.within('x', async () => 1);
    await other.within('x', async () => 1);
    expect(recovered).toBe(1);
  });

  it('takes a refused question for no absence, so that bad input wakes no screens', async () => {
    let recovered = 0;
    const guard = new StoreGuard(new VirtualClock(), silentLogger, () => recovered++);
    const failing = (error: Error) => guard.within('x', () => Promise.reject(error)).catch((caught: Error) => caught);
    const byDatabase = (code: string) => Object.assign(new Error('invalid input: "0171 3920042"'), { code });
    expect(await failing(new DirectoryConflict('taken'))).toMatchObject({ status: 409, code: 'taken' });
    expect(String(await failing(byDatabase('22021')))).toBe('Error: the store refused a question: 22021');
    await guard.within('x', async () => 1);
    expect(recovered).toBe(0);
    expect(await failing(byDatabase('57P01'))).toMatchObject({ status: 503 });
    expect(await failing(byDatabase('ECONNREFUSED'))).toMatchObject({ status: 503 });
    await guard.within('x', async () => 1);
    expect(recovered).toBe(1);
  });

  it('writes no value of a question into the log', async () => {
    const lines: LogFields[] = [];
    const logger = { ...silentLogger, warn: (_message: string, fields: LogFields = {}) => void lines.push(fields) };
    const guard = new StoreGuard(new VirtualClock(), logger, () => {});
    const error = Object.assign(new Error('deadlock at "0171 3920042"'), { code: '40P01' });
    await guard.within('find', () => Promise.reject(error)).catch(() => {});
    expect(lines).toEqual([{ what: 'find', error: '40P01' }]);
  });
});

import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseWav } from '../../audio/wav.ts';
import { pcma } from '../../codecs/g711.ts';
import { Recording } from './recording.ts';

const disk = vi.hoisted(() => ({
  operations: 0,
  failFrom: Number.POSITIVE_INFINITY,
  failTo: Number.POSITIVE_INFINITY,
}));

/** A disk whose operations fail from one number to another. */
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>();
  return {
    ...real,
    open: async (...args: Parameters<typeof real.open>) => {
      const handle = await real.open(...args);
      return new Proxy(handle, {
        get: (target, name) => {
          const value = Reflect.get(target, name) as unknown;
          if (typeof value !== 'function') return value;
          return (...rest: unknown[]) => {
            if (['write', 'truncate', 'sync'].includes(String(name))) {
              disk.operations++;
              if (disk.operations >= disk.failFrom && disk.operations < disk.failTo)
                return Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
            }
            return (value as (...all: unknown[]) => unknown).apply(target, rest);
          };
        },
      });
    },
  };
});

describe('a recording on a failing disk', () => {
  let folder = '';

  afterEach(() => files.rm(folder, { recursive: true }));

  async function recordOneSecond(failFrom: number, failTo: number): Promise<{ file: string; milliseconds: number }> {
    Object.assign(disk, { operations: 0, failFrom, failTo });
    folder = await files.mkdtemp(join(tmpdir(), 'recording-'));
    const file = join(folder, 'message.wav');
    const loud = new Uint8Array(160).fill(pcma.encodeTable[1000]!);
    try {
      const recording = await Recording.create(file, { maxMilliseconds: 60_000 });
      for (let frame = 0; frame < 50; frame++) recording.write(loud, pcma.decodeTable, 1, frame * 160, frame * 20);
      return { file, milliseconds: (await recording.finish(1000)).milliseconds };
    } catch {
      return { file, milliseconds: 0 };
    }
  }

  it.each([1, 2, 3, 4, 5, 6])(
    'is complete up to there, or is not there, when operation %i and all after it fail',
    async (nth) => {
      const { file, milliseconds } = await recordOneSecond(nth, Number.POSITIVE_INFINITY);
      expect(milliseconds).toBe(0);
      expect(await files.readdir(folder)).toEqual([]);
      expect(file).toContain('message.wav');
    },
  );

  it('keeps what there was when only the second piece cannot be written', async () => {
    const { file, milliseconds } = await recordOneSecond(3, 4);
    expect(milliseconds).toBe(500);
    expect(parseWav(await files.readFile(file)).length).toBe(4000);
  });

  it('leaves no empty file when already the first piece cannot be written', async () => {
    const { milliseconds } = await recordOneSecond(2, 3);
    expect(milliseconds).toBe(0);
    expect(await files.readdir(folder)).toEqual([]);
  });
});

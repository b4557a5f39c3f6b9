import { afterEach, describe, expect, it, vi } from 'vitest';
import { dial, isOwnCall, noteStarted } from './own-calls.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('calls started in this browser', () => {
  it('knows a call whose INVITE overtakes the answer to the command', async () => {
    let answer: (response: Response) => void = () => undefined;
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
    const command = dial('122');
    const asked = isOwnCall('c1');
    answer(new Response(JSON.stringify({ callId: 'c1' })));
    await expect(command).resolves.toBe('c1');
    await expect(asked).resolves.toBe(true);
  });
  it('believes another tab of the same browser', async () => {
    const asked = isOwnCall('c4');
    noteStarted('c4', false);
    await expect(asked).resolves.toBe(true);
    await expect(isOwnCall('c4')).resolves.toBe(true);
  });
  it('never answers a call that nobody here has started', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    await expect(dial('122')).rejects.toMatchObject({ code: 'offline' });
    const asked = isOwnCall('c3');
    await vi.advanceTimersByTimeAsync(2_000);
    await expect(asked).resolves.toBe(false);
  });
});

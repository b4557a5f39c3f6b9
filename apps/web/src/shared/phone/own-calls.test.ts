import { afterEach, describe, expect, it, vi } from 'vitest';
import { dial, isOwnCall } from './own-calls.ts';

afterEach(() => vi.unstubAllGlobals());

describe('calls started in this tab', () => {
  it('knows a call whose INVITE overtakes the answer to the command', async () => {
    let answer: (response: Response) => void = () => undefined;
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
    const command = dial('122');
    const asked = isOwnCall('c1');
    answer(new Response(JSON.stringify({ callId: 'c1' })));
    await expect(command).resolves.toBe('c1');
    await expect(asked).resolves.toBe(true);
    await expect(isOwnCall('c2')).resolves.toBe(false);
  });
  it('never answers a call that a failed command did not start', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    await expect(dial('122')).rejects.toMatchObject({ code: 'offline' });
    await expect(isOwnCall('c3')).resolves.toBe(false);
  });
});

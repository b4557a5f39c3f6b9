import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { Claims } from './claims.ts';
import { controlSocket } from './control-socket.ts';
import { LegQueues } from './leg-queues.ts';
import { LineChannel } from './line-channel.ts';

describe('claims', () => {
  const open = () => {
    const clock = new VirtualClock();
    const unclaimed: string[] = [];
    return { clock, unclaimed, claims: new Claims<string>(clock, 10_000, (leg) => unclaimed.push(leg)) };
  };

  it('end a while after their owner has gone', () => {
    const { clock, unclaimed, claims } = open();
    claims.claim('one', 'server');
    claims.claim('two', 'other');
    claims.release('server');
    expect(claims.ownerOf('one')).toBeUndefined();
    clock.advance(9999);
    expect(unclaimed).toEqual([]);
    clock.advance(1);
    expect(unclaimed).toEqual(['one']);
  });

  it('go on when another takes over, or the leg is over', () => {
    const { clock, unclaimed, claims } = open();
    for (const leg of ['one', 'two', 'three']) claims.claim(leg, 'server');
    claims.release('server');
    claims.claim('one', 'restarted');
    claims.forget('two');
    clock.advance(20_000);
    expect(unclaimed).toEqual(['three']);
    expect(claims.ownerOf('one')).toBe('restarted');
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('commands', () => {
  it('for one leg wait for each other, for others they do not', async () => {
    const queues = new LegQueues();
    const log: string[] = [];
    let release = (): void => {};
    const slow = queues.run(['a'], () =>
      new Promise<void>((resolve) => (release = resolve)).then(() => log.push('a1')),
    );
    const next = queues.run(['a'], () => log.push('a2'));
    const both = queues.run(['a', 'b'], () => log.push('ab'));
    await queues.run(['c'], () => log.push('c'));
    expect(log).toEqual(['c']);
    release();
    await Promise.all([slow, next, both]);
    expect(log).toEqual(['c', 'a1', 'a2', 'ab']);
  });

  it('go on after one that failed', async () => {
    const queues = new LegQueues();
    const failed = queues.run(['a'], () => Promise.reject(new Error('no')));
    const next = queues.run(['a'], () => 'yes');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});

describe('a line channel', () => {
  /** Two ends of one local socket. */
  async function pair(): Promise<{ raw: Socket; channel: Promise<{ messages: unknown[]; closed: Promise<void> }> }> {
    const folder = await mkdtemp(join(tmpdir(), 'channel-'));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve));
    const channel = new Promise<{ messages: unknown[]; closed: Promise<void> }>((resolve) => {
      server.once('connection', (socket) => {
        const messages: unknown[] = [];
        const closed = new Promise<void>((ended) => {
          new LineChannel(socket, { onMessage: (message) => messages.push(message), onClose: ended });
        });
        resolve({ messages, closed });
      });
    });
    const raw = connect(join(folder, 's'));
    await new Promise((resolve) => raw.once('connect', resolve));
    raw.once('close', () => {
      server.close();
      void rm(folder, { recursive: true });
    });
    return { raw, channel };
  }

  it('puts messages together, however they are cut', async () => {
    const { raw, channel } = await pair();
    const { messages, closed } = await channel;
    for (const part of ['{"a":', '1}\n{"b":"ä', '"}\n{"c"', ':3}\n']) raw.write(part);
    raw.end();
    await closed;
    expect(messages).toEqual([{ a: 1 }, { b: 'ä' }, { c: 3 }]);
  });

  it.each([
    ['nonsense', 'nonsense\n{"a":1}\n'],
    ['a line without end', 'x'.repeat(1024 * 1024 + 1)],
  ])('is closed on %s', async (_, text) => {
    const { raw, channel } = await pair();
    const { messages, closed } = await channel;
    raw.on('error', () => {});
    raw.write(text);
    await closed;
    expect(messages).toEqual([]);
    raw.destroy();
  });
});

it('refuses a folder whose path no socket can have', () => {
  expect(() => controlSocket(`/${'long/'.repeat(30)}`)).toThrow('too long');
});

import { describe, expect, it } from 'vitest';
import { sdpBody } from '../index.ts';
import type { ClientSession, ServerSession } from '../index.ts';
import { Diary, Stage, callTo } from '../testing/index.ts';

const house = '198.51.100.2';
const calls = 200;
/** 5 % lost, 5 % doubled, up to 300 ms late: later datagrams overtake. */
const badNetwork = { loss: 0.05, duplication: 0.05, jitter: 300, latency: 20 };

describe('200 calls over a network that loses, doubles and reorders', () => {
  it.each([
    [1, []],
    [2, []],
    [3, []],
    [4, ['100rel']],
    [5, ['100rel']],
  ])('RFC 3261 §17: all succeed, none twice, and nothing is left (seed %s, with %j)', async (seed, supported) => {
    const stage = new Stage(seed);
    stage.network.faults = badNetwork;
    const incoming: ServerSession[] = [];
    const answered: string[] = [];
    const theirEnds: string[] = [];
    const server = await stage.agent(house, {
      supported,
      handlers: {
        onInvite: (session) => {
          incoming.push(session);
          session.handle({
            acknowledged: () => answered.push(session.callId),
            ended: (end) => theirEnds.push(`${session.callId} ${end.cause}`),
          });
          session.provisional(183, { body: sdpBody('v=0 answer') });
          stage.clock.after(700, () => session.accept(sdpBody('v=0 answer')));
        },
      },
    });
    const client = await stage.agent('198.51.100.1', { supported });
    const diaries: Diary[] = [];
    const sessions: ClientSession[] = [];
    for (let call = 0; call < calls; call++) {
      const diary = new Diary();
      const session = client.invite(callTo(house));
      session.handle(diary.handlers);
      diaries.push(diary);
      sessions.push(session);
      await stage.pass(50);
    }
    await stage.pass(32_000);
    expect(sessions.map((session) => session.state)).toEqual(Array(calls).fill('established'));
    expect(new Set(incoming.map((session) => session.callId)).size).toBe(calls);
    expect(incoming).toHaveLength(calls);
    expect([...answered].sort()).toEqual(sessions.map((session) => session.callId).sort());
    for (const session of sessions) session.bye();
    await stage.pass(70_000);
    expect(diaries.map((diary) => diary.heard.filter((line) => line.startsWith('ended')))).toEqual(
      Array(calls).fill(['ended local bye']),
    );
    expect([...theirEnds].sort()).toEqual(sessions.map((session) => `${session.callId} bye`).sort());
    expect([client.load, server.load]).toEqual(Array(2).fill({ sessions: 0, subscriptions: 0, transactions: 0 }));
    expect(stage.clock.pendingTimers).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { headerValue, sdpBody } from '../index.ts';
import type { Destination, InviteOptions, UserAgentOptions } from '../index.ts';
import { Diary, Stage, callTo } from '../testing/index.ts';

const hosts = ['198.51.100.11', '198.51.100.12', '198.51.100.13'];
const destinations: readonly Destination[] = hosts.map((address) => ({ transport: 'udp', address, port: 5060 }));

/** A caller, and servers at `hosts` that do as told; undefined is not there. */
async function scene(servers: readonly (Partial<UserAgentOptions> | undefined)[]) {
  const stage = new Stage();
  for (const [index, options] of servers.entries()) if (options) await stage.agent(hosts[index]!, options);
  const client = await stage.agent('198.51.100.1');
  const call: InviteOptions = { ...callTo(hosts[0]!), destinations };
  const tried = (method: string) =>
    stage.network.sent
      .filter(
        ({ message, from }) => message.kind === 'request' && message.method === method && from.host === '198.51.100.1',
      )
      .map(({ to }) => to.host);
  return { stage, client, call, tried };
}

const accepting: Partial<UserAgentOptions> = {
  handlers: { onInvite: (session) => session.accept(sdpBody('v=0 answer')), onRequest: (one) => one.respond(200) },
  methods: ['REGISTER'],
};
const refusing = (status: number): Partial<UserAgentOptions> => ({
  handlers: { onInvite: (session) => session.reject(status), onRequest: (one) => one.respond(status) },
  methods: ['REGISTER'],
});

describe('an INVITE with several places', () => {
  it('RFC 3263 §4.3: 503 leads to the next one, the same request with a new branch', async () => {
    const { stage, client, call, tried } = await scene([refusing(503), accepting]);
    const session = client.invite(call);
    await stage.pass(50);
    expect(session.state).toBe('established');
    expect(tried('INVITE')).toEqual(hosts.slice(0, 2));
    const [first, second] = stage.network.sent
      .map(({ message }) => message)
      .filter((one) => one.kind === 'request' && one.method === 'INVITE');
    for (const name of ['Call-ID', 'CSeq', 'From', 'To']) {
      expect(headerValue(second!, name)).toBe(headerValue(first!, name));
    }
    expect(headerValue(second!, 'Via')).not.toBe(headerValue(first!, 'Via'));
  });

  it('RFC 3263 §4.3: silence leads to the next one, after the time given', async () => {
    const { stage, client, call, tried } = await scene([undefined, undefined, accepting]);
    const session = client.invite({ ...call, giveUpMilliseconds: 2_000 });
    await stage.pass(3_900);
    expect(session.state).toBe('setup');
    await stage.pass(200);
    expect(session.state).toBe('established');
    // Given up means no more repetitions.
    await stage.pass(20_000);
    expect(tried('INVITE').filter((host) => host === hosts[0])).toHaveLength(3);
  });

  it('RFC 3263 §4.3: any other refusal is final', async () => {
    for (const status of [403, 486, 500, 603]) {
      const { stage, client, call, tried } = await scene([refusing(status), accepting]);
      const ours = new Diary();
      client.invite(call).handle(ours.handlers);
      await stage.pass(50);
      expect(ours.ends[0]?.status).toBe(status);
      expect(tried('INVITE')).toEqual([hosts[0]]);
    }
  });

  it('a sign of life keeps it at its place', async () => {
    const ringing: Partial<UserAgentOptions> = { handlers: { onInvite: (session) => session.provisional(180) } };
    const { stage, client, call, tried } = await scene([ringing, accepting]);
    client.invite({ ...call, giveUpMilliseconds: 1_000 });
    await stage.pass(30_000);
    expect(new Set(tried('INVITE'))).toEqual(new Set([hosts[0]]));
  });

  it('RFC 3261 §9.1: a place that wakes up too late is cancelled', async () => {
    const { stage, client, call } = await scene([undefined, accepting]);
    const session = client.invite({ ...call, giveUpMilliseconds: 1_000 });
    const invite = stage.network.sent[0]!;
    await stage.pass(1_500);
    expect(session.state).toBe('established');
    const ends: string[] = [];
    const late = await stage.agent(hosts[0]!, {
      handlers: {
        onInvite: (one) => {
          one.handle({ ended: (end) => ends.push(end.cause) });
          one.provisional(180);
        },
      },
    });
    stage.network.carry(invite.from, invite.to, invite.message);
    await stage.pass(100);
    expect(ends).toEqual(['cancelled']);
    expect([session.state, late.load.sessions]).toEqual(['established', 0]);
  });

  it('RFC 3261 §13.2.2.4: a place that answers too late is acknowledged and ended', async () => {
    const { stage, client, call } = await scene([undefined, accepting]);
    const session = client.invite({ ...call, giveUpMilliseconds: 1_000 });
    const invite = stage.network.sent[0]!;
    await stage.pass(1_500);
    const ends: string[] = [];
    await stage.agent(hosts[0]!, {
      handlers: {
        onInvite: (one) => {
          one.handle({ ended: (end) => ends.push(`${end.by} ${end.cause}`) });
          one.accept(sdpBody('v=0 late'));
        },
      },
    });
    stage.network.carry(invite.from, invite.to, invite.message);
    await stage.pass(100);
    expect([session.state, ends]).toEqual(['established', ['remote bye']]);
  });

  it('none of which answers ends as the last one did', async () => {
    const { stage, client, call } = await scene([refusing(503), refusing(503), refusing(503)]);
    const ours = new Diary();
    client.invite(call).handle(ours.handlers);
    await stage.pass(100);
    expect(ours.ends).toMatchObject([{ cause: 'rejected', status: 503 }]);
    await stage.pass(40_000);
    expect(stage.clock.pendingTimers).toBe(0);
  });

  it('cancelled while one is silent goes to no other', async () => {
    const { stage, client, call, tried } = await scene([undefined, accepting]);
    const ours = new Diary();
    const session = client.invite({ ...call, giveUpMilliseconds: 2_000 });
    session.handle(ours.handlers);
    await stage.pass(1_000);
    session.cancel();
    await stage.pass(5_000);
    expect(ours.heard).toEqual(['ended local cancelled']);
    expect(new Set(tried('INVITE'))).toEqual(new Set([hosts[0]]));
  });
});

describe('a request outside a dialog with several places', () => {
  const register = { method: 'REGISTER', body: undefined };

  it.each([
    ['RFC 3263 §4.3: goes on after 503', refusing(503)],
    ['RFC 3263 §4.3: goes on after silence', undefined],
  ])('%s', async (_what, first) => {
    const { stage, client, call, tried } = await scene([first, accepting]);
    const answer = client.request({ ...call, ...register, giveUpMilliseconds: 1_000 });
    await stage.pass(1_200);
    expect((await answer).status).toBe(200);
    expect(new Set(tried('REGISTER'))).toEqual(new Set(hosts.slice(0, 2)));
    await stage.pass(40_000);
    expect(stage.clock.pendingTimers).toBe(0);
  });

  it('RFC 3261 §8.1.3.1: silence everywhere is a 408', async () => {
    const { stage, client, call } = await scene([]);
    const answer = client.request({ ...call, ...register, giveUpMilliseconds: 1_000 });
    await stage.pass(3_200);
    expect((await answer).status).toBe(408);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { headerValue, sdpBody, sdpOf, sipResponse } from '../index.ts';
import type { ServerSession, SessionHandlers, SipRequest, UserAgentOptions } from '../index.ts';
import { Diary, Stage, callTo } from '../testing/index.ts';

const citizen = '198.51.100.1';
const house = '198.51.100.2';
const call = callTo(house);

let stage: Stage;

beforeEach(() => {
  stage = new Stage();
});

/** A caller, and a house whose side goes through `onInvite`. */
async function twoAgents(onInvite: (session: ServerSession) => void, options: Partial<UserAgentOptions> = {}) {
  const sessions: ServerSession[] = [];
  const server = await stage.agent(house, {
    handlers: {
      onInvite: (session) => {
        sessions.push(session);
        onInvite(session);
      },
    },
    ...options,
  });
  const client = await stage.agent(citizen);
  return { server, client, sessions };
}

async function established(theirs: SessionHandlers = {}, ours: SessionHandlers = {}) {
  const { server, client, sessions } = await twoAgents((session) => {
    session.handle(theirs);
    session.accept(sdpBody('v=0 answer'));
  });
  const session = client.invite(call);
  session.handle(ours);
  await stage.pass(50);
  stage.network.sent.length = 0;
  return { server, client, session, incoming: sessions[0]! };
}

describe('a call', () => {
  it('rings, is answered, acknowledged and hung up by the caller', async () => {
    const theirs = new Diary();
    const { client, server, sessions } = await twoAgents((session) => {
      session.handle(theirs.handlers);
      session.provisional(180);
    });
    const ours = new Diary();
    const session = client.invite(call);
    session.handle(ours.handlers);
    await stage.pass(50);
    expect(sdpOf(sessions[0]!.invite)).toBe('v=0 offer');
    expect(sessions[0]!.source).toMatchObject({ transport: 'udp', address: citizen, port: 5060 });
    sessions[0]!.accept(sdpBody('v=0 answer'));
    await stage.pass(50);
    expect(session.state).toBe('established');
    session.bye({ protocol: 'Q.850', cause: 16, text: 'Normal call clearing' });
    await stage.pass(50);
    expect(ours.heard).toEqual(['provisional 180', 'accepted v=0 answer', 'ended local bye']);
    expect(theirs.heard).toEqual(['acknowledged', 'ended remote bye']);
    expect(theirs.ends[0]!.reasons).toEqual([{ protocol: 'Q.850', cause: 16, text: 'Normal call clearing' }]);
    await stage.pass(40_000);
    expect(client.load).toEqual({ sessions: 0, subscriptions: 0, transactions: 0 });
    expect(server.load).toEqual({ sessions: 0, subscriptions: 0, transactions: 0 });
    expect(stage.clock.pendingTimers).toBe(0);
  });

  it('RFC 3261 §15: is hung up by the called side only after the ACK', async () => {
    const ours = new Diary();
    const { client } = await twoAgents((session) => {
      session.accept(sdpBody('v=0 answer'));
      session.bye();
    });
    const session = client.invite(call);
    session.handle(ours.handlers);
    await stage.pass(100);
    expect(stage.sent).toEqual(['INVITE', '200', 'ACK', 'BYE', '200']);
    expect(ours.heard).toEqual(['accepted v=0 answer', 'ended remote bye']);
  });

  it('RFC 3261 §13.2.1: takes a late offer: the 200 offers, the ACK answers', async () => {
    const theirs = new Diary();
    const { client, sessions } = await twoAgents((session) => {
      session.handle(theirs.handlers);
      session.accept(sdpBody('v=0 offer of the house'));
    });
    const session = client.invite({ ...call, body: undefined, autoAck: false });
    session.handle({ accepted: () => session.acknowledge(sdpBody('v=0 answer in ACK')) });
    await stage.pass(50);
    expect(sessions[0]!.hasOffer).toBe(false);
    expect(theirs.heard).toEqual(['acknowledged v=0 answer in ACK']);
  });

  it('RFC 3326 §2: is rejected with reason and headers', async () => {
    const ours = new Diary();
    const { client } = await twoAgents((session) =>
      session.reject(486, { reason: 'Besetzt', headers: [{ name: 'Reason', value: 'Q.850;cause=17' }] }),
    );
    client.invite(call).handle(ours.handlers);
    await stage.pass(50);
    expect(ours.heard).toEqual(['ended remote rejected']);
    expect(ours.ends[0]).toMatchObject({ status: 486, reasons: [{ protocol: 'Q.850', cause: 17 }] });
    expect(ours.ends[0]!.response?.reason).toBe('Besetzt');
  });

  it('RFC 3261 §9.2, RFC 3326 §2: is cancelled with a Reason: 487, both sides told once', async () => {
    const theirs = new Diary();
    const ours = new Diary();
    const { client, sessions } = await twoAgents((session) => {
      session.handle(theirs.handlers);
      session.provisional(180);
    });
    const session = client.invite(call);
    session.handle(ours.handlers);
    await stage.pass(50);
    session.cancel({ protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' });
    session.cancel();
    await stage.pass(50);
    sessions[0]!.accept(sdpBody('too late'));
    await stage.pass(50);
    expect(ours.heard).toEqual(['provisional 180', 'ended local cancelled']);
    expect(theirs.heard).toEqual(['ended remote cancelled']);
    expect(theirs.ends[0]!.reasons[0]).toMatchObject({ cause: 200, text: 'Call completed elsewhere' });
    expect(stage.sent).toEqual(['INVITE', '180', 'CANCEL', '200', '487', 'ACK']);
  });

  it('RFC 3261 §9.1: cancelled before any provisional answer it waits for one', async () => {
    stage.network.faults = { ...stage.network.faults, latency: 100 };
    const ours = new Diary();
    const { client } = await twoAgents(() => {});
    const session = client.invite(call);
    session.handle(ours.handlers);
    session.cancel();
    await stage.pass(150);
    expect(stage.sent).toEqual(['INVITE', '100']);
    await stage.pass(500);
    expect(ours.heard).toEqual(['ended local cancelled']);
    expect(stage.sent).toContain('CANCEL');
  });

  it('RFC 3261 §9.1: answered while the CANCEL is under way it is acknowledged and ended', async () => {
    const ours = new Diary();
    const theirs = new Diary();
    const { client, sessions } = await twoAgents((session) => {
      session.handle(theirs.handlers);
      session.provisional(180);
    });
    const session = client.invite(call);
    session.handle(ours.handlers);
    await stage.pass(50);
    stage.network.faults = { ...stage.network.faults, latency: 50 };
    session.cancel();
    sessions[0]!.accept(sdpBody('v=0 answer'));
    await stage.pass(500);
    expect(ours.heard).toEqual(['provisional 180', 'ended local cancelled']);
    expect(theirs.heard).toEqual(['acknowledged', 'ended remote bye']);
  });

  it('RFC 3261 §17.1.1.2: to nobody ends as timeout after 32 s', async () => {
    const ours = new Diary();
    const client = await stage.agent(citizen);
    client.invite(call).handle(ours.handlers);
    await stage.pass(31_000);
    expect(ours.heard).toEqual([]);
    await stage.pass(2_000);
    expect(ours.heard).toEqual(['ended network timeout']);
    expect(stage.sent.filter((method) => method === 'INVITE')).toHaveLength(7);
  });

  it('RFC 3261 §13.3.1.4: never acknowledged, the 200 is repeated for 32 s, then BYE', async () => {
    const theirs = new Diary();
    const { client } = await twoAgents((session) => {
      session.handle(theirs.handlers);
      session.accept(sdpBody('v=0 answer'));
    });
    stage.network.filter = ({ message }) => !(message.kind === 'request' && message.method === 'ACK');
    client.invite(call);
    await stage.pass(33_000);
    expect(theirs.heard).toEqual(['ended network unacknowledged']);
    expect(stage.sent).toContain('BYE');
    expect(stage.sent.filter((one) => one === '200').length).toBeGreaterThanOrEqual(10);
  });

  it('RFC 3261 §13.3.1.1: repeats its last provisional answer every minute', async () => {
    const ours = new Diary();
    const { client } = await twoAgents((session) => session.provisional(180));
    client.invite(call).handle(ours.handlers);
    await stage.pass(121_000);
    expect(ours.heard).toEqual(['provisional 180', 'provisional 180', 'provisional 180']);
  });

  it('a handler that throws costs its own call only', async () => {
    const ours = new Diary();
    const { client } = await twoAgents(() => {
      throw new Error('owner');
    });
    client.invite(call).handle(ours.handlers);
    await stage.pass(50);
    expect(ours.ends[0]).toMatchObject({ cause: 'rejected', status: 500 });
  });

  it('closing the user agent ends what it has', async () => {
    const { session, server } = await established({}, {});
    const closing = server.close();
    await stage.pass(500);
    await closing;
    expect(session.state).toBe('ended');
  });
});

describe('a second 2xx', () => {
  it('RFC 3261 §13.2.2.4: of another phone behind a forking proxy is acknowledged and ended', async () => {
    const ours = new Diary();
    const { client } = await twoAgents((session) => session.accept(sdpBody('v=0 answer')));
    const session = client.invite(call);
    session.handle(ours.handlers);
    await stage.pass(50);
    const first = stage.network.sent.find(({ message }) => message.kind === 'response' && message.status === 200)!;
    const headers = first.message.headers.map((header) =>
      header.name === 'To' ? { name: 'To', value: `<sip:115@${house}>;tag=other` } : header,
    );
    stage.network.sent.length = 0;
    stage.network.carry(first.from, first.to, sipResponse(200, 'OK', headers, first.message.body));
    await stage.pass(50);
    const toOther = stage.network.sent.filter(({ message }) => headerValue(message, 'To')?.endsWith('tag=other'));
    expect(toOther.map(({ message }) => (message as SipRequest).method)).toEqual(
      expect.arrayContaining(['ACK', 'BYE']),
    );
    expect(session.state).toBe('established');
    expect(ours.heard).toEqual(['accepted v=0 answer']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { headerValue, sdpBody, sdpOf, sipRequest } from '../index.ts';
import type {
  IncomingRequest,
  Refer,
  Reoffer,
  ServerSession,
  SessionHandlers,
  SipRequest,
  UserAgentOptions,
} from '../index.ts';
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

describe('a change of the session', () => {
  it('RFC 3261 §14.1: is offered by re-INVITE and answered', async () => {
    const { session } = await established({
      reoffer: (reoffer) => reoffer.accept(sdpBody(`answer to ${sdpOf(reoffer.request)}`)),
    });
    const result = session.reoffer(sdpBody('hold'));
    await stage.pass(50);
    const settled = await result;
    expect(settled.accepted && sdpOf(settled.response)).toBe('answer to hold');
    expect(stage.sent).toEqual(['INVITE', '200', 'ACK']);
  });

  it('RFC 3261 §14.2: is refused with 488 and the call goes on', async () => {
    const { session, incoming } = await established({ reoffer: (reoffer) => reoffer.reject(488) });
    const result = session.reoffer(sdpBody('image'));
    await stage.pass(50);
    expect(await result).toMatchObject({ accepted: false, status: 488 });
    expect([session.state, incoming.state]).toEqual(['established', 'established']);
  });

  it('RFC 3261 §14.2: without a handler it is refused with 488', async () => {
    const { incoming } = await established();
    const result = incoming.reoffer(sdpBody('anything'));
    await stage.pass(50);
    expect(await result).toMatchObject({ accepted: false, status: 488 });
  });

  it('RFC 3261 §14.1: without offer it asks the far side for one and answers in the ACK', async () => {
    const theirs = new Diary({
      reoffer: (reoffer) => reoffer.accept(sdpBody(reoffer.hasOffer ? 'answer' : 'our offer')),
    });
    const { session } = await established(theirs.handlers);
    const result = session.reoffer(undefined);
    await stage.pass(50);
    const settled = await result;
    expect(settled.accepted && sdpOf(settled.response)).toBe('our offer');
    session.acknowledge(sdpBody('our answer'));
    await stage.pass(50);
    expect(theirs.heard.at(-1)).toBe('acknowledged our answer');
  });

  it('RFC 3261 §14.1: from both sides at once: 491, and both go through later', async () => {
    const accept: SessionHandlers = { reoffer: (reoffer: Reoffer) => reoffer.accept(sdpBody('ok')) };
    const { session, incoming } = await established(accept, accept);
    const results = [session.reoffer(sdpBody('mine')), incoming.reoffer(sdpBody('yours'))];
    await stage.pass(10_000);
    expect((await Promise.all(results)).map((result) => result.accepted)).toEqual([true, true]);
    expect(stage.sent).toContain('491');
  });

  it('RFC 3261 §14.2: while theirs is not answered yet: 500 with Retry-After', async () => {
    const { session, client } = await established({ reoffer: () => {} });
    void session.reoffer(sdpBody('first'));
    await stage.pass(50);
    const message = stage.network.sent[0]!.message as SipRequest;
    const again = message.headers.map((header) => {
      if (header.name === 'CSeq') return { name: 'CSeq', value: '77 INVITE' };
      return header.name === 'Via' ? { name: 'Via', value: header.value.replace('z9hG4bK', 'z9hG4bKx') } : header;
    });
    stage.network.carry(
      { host: citizen, port: 5060 },
      { host: house, port: 5060 },
      sipRequest('INVITE', message.uri, again, message.body),
    );
    await stage.pass(50);
    const refusal = stage.network.sent
      .map((one) => one.message)
      .find((one) => one.kind === 'response' && one.status === 500);
    expect(Number(headerValue(refusal!, 'Retry-After'))).toBeLessThanOrEqual(10);
    expect(client.load.sessions).toBe(1);
  });

  it('RFC 3311 §5.2: by UPDATE with an offer it reaches the same handler', async () => {
    const { session } = await established({ reoffer: (reoffer) => reoffer.accept(sdpBody('updated')) });
    const response = session.request('UPDATE', { body: sdpBody('update') });
    await stage.pass(50);
    expect(sdpOf(await response)).toBe('updated');
    expect(stage.sent).toEqual(['UPDATE', '200']);
  });

  it('RFC 3261 §12.2.2: moves the remote target to the new Contact', async () => {
    const { session, incoming } = await established({ reoffer: (reoffer) => reoffer.accept(sdpBody('moved')) });
    stage.network.filter = () => true;
    const target = '198.51.100.77';
    const moved = session.request('UPDATE', {
      headers: [],
      body: sdpBody('from elsewhere'),
    });
    const last = stage.network.sent.at(-1)!;
    expect((last.message as SipRequest).method).toBe('UPDATE');
    await stage.pass(50);
    await moved;
    const headers = last.message.headers.map((header) => {
      if (header.name === 'Contact') return { name: 'Contact', value: `<sip:eva@${target}:5070>` };
      if (header.name === 'CSeq') return { name: 'CSeq', value: '99 UPDATE' };
      return header.name === 'Via' ? { name: 'Via', value: header.value.replace('z9hG4bK', 'z9hG4bKy') } : header;
    });
    stage.network.carry(
      last.from,
      last.to,
      sipRequest('UPDATE', (last.message as SipRequest).uri, headers, last.message.body),
    );
    await stage.pass(50);
    incoming.bye();
    expect(stage.network.sent.at(-1)!.to).toEqual({ host: target, port: 5070 });
  });
});

describe('inside a session', () => {
  it('RFC 3515 §2.4.5: REFER is accepted with 202 and NOTIFY tells how it goes', async () => {
    const refers: Refer[] = [];
    const notified: string[] = [];
    const { session } = await established(
      { refer: (refer) => refers.push(refer) },
      {
        request: (incoming) => {
          notified.push(new TextDecoder().decode(incoming.request.body).trim());
          incoming.respond(200);
        },
      },
    );
    const answer = session.request('REFER', { headers: [{ name: 'Refer-To', value: '<sip:120@example.test>' }] });
    await stage.pass(20);
    expect(refers[0]!.referTo).toBe('sip:120@example.test');
    refers[0]!.accept();
    await stage.pass(20);
    refers[0]!.notify(200);
    refers[0]!.notify(200);
    await stage.pass(20);
    expect((await answer).status).toBe(202);
    expect(notified).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 200 OK']);
  });

  it('RFC 3515 §2.4.2: REFER is rejected, or refused with 603 when nobody cares', async () => {
    const { session, incoming } = await established({ refer: (refer) => refer.reject(403) });
    const headers = [{ name: 'Refer-To', value: 'sip:premium@example.test' }];
    const refused = session.request('REFER', { headers });
    const unheard = incoming.request('REFER', { headers });
    await stage.pass(50);
    expect([(await refused).status, (await unheard).status]).toEqual([403, 603]);
  });

  it('INFO reaches its handler', async () => {
    const bodies: string[] = [];
    const { session } = await established({
      info: (incoming: IncomingRequest) => {
        bodies.push(new TextDecoder().decode(incoming.request.body));
        incoming.respond(200);
      },
    });
    const body = { contentType: 'application/dtmf-relay', content: new TextEncoder().encode('Signal=5') };
    const answer = session.request('INFO', { body });
    await stage.pass(20);
    expect([(await answer).status, bodies]).toEqual([200, ['Signal=5']]);
  });

  it('RFC 3261 §12.2.2: an unknown method gets 501, an unknown Require 420, an old CSeq 500', async () => {
    const { session } = await established();
    const unknown = session.request('FLY');
    const extension = session.request('OPTIONS', { headers: [{ name: 'Require', value: '100rel' }] });
    await stage.pass(20);
    expect((await unknown).status).toBe(501);
    expect(headerValue(await extension, 'Unsupported')).toBe('100rel');
    const { message, from, to } = stage.network.sent.find((one) => one.message.kind === 'request')!;
    const request = message as SipRequest;
    const headers = request.headers.map((header) =>
      header.name === 'Via' ? { name: 'Via', value: header.value.replace('z9hG4bK', 'z9hG4bKz') } : header,
    );
    stage.network.sent.length = 0;
    stage.network.carry(from, to, sipRequest(request.method, request.uri, headers));
    await stage.pass(20);
    expect(stage.sent).toEqual([request.method, '500']);
  });

  it('RFC 3261 §12.2.1.2: silence to a request ends the session as timeout', async () => {
    const ours = new Diary();
    const { session } = await established({}, ours.handlers);
    stage.network.faults = { ...stage.network.faults, loss: 1 };
    const answer = session.request('INFO');
    await stage.pass(33_000);
    expect((await answer).status).toBe(408);
    expect(ours.heard.at(-1)).toBe('ended network timeout');
  });
});

describe('session timer, RFC 4028', () => {
  it('RFC 4028 §7.4: the caller asks, and refreshes by UPDATE before it runs out', async () => {
    const theirs = new Diary();
    const { sessions } = await twoAgents((session) => {
      session.handle(theirs.handlers);
      session.accept(sdpBody('v=0 answer'));
    });
    const client = await stage.agent('198.51.100.9', { sessionExpires: 90 });
    const session = client.invite(call);
    await stage.pass(50);
    stage.network.sent.length = 0;
    await stage.pass(300_000);
    expect(stage.sent.filter((method) => method === 'UPDATE').length).toBeGreaterThanOrEqual(5);
    expect([session.state, sessions[0]!.state]).toEqual(['established', 'established']);
  });

  it('RFC 4028 §10: a caller that vanishes is hung up by the called side', async () => {
    const theirs = new Diary();
    await twoAgents((session) => {
      session.handle(theirs.handlers);
      session.accept(sdpBody('v=0 answer'));
    });
    const client = await stage.agent('198.51.100.9', { sessionExpires: 90 });
    client.invite(call);
    await stage.pass(50);
    stage.network.filter = ({ from }) => from.host !== '198.51.100.9';
    await stage.pass(90_000);
    expect(theirs.heard.at(-1)).toBe('ended network expired');
  });

  it('RFC 4028 §7.4: an interval below 90 s gets 422, and the caller tries again', async () => {
    await twoAgents((session) => session.accept(sdpBody('v=0 answer')));
    const client = await stage.agent('198.51.100.9', { sessionExpires: 10 });
    const session = client.invite(call);
    await stage.pass(100);
    expect(stage.sent).toEqual(['INVITE', '422', 'ACK', 'INVITE', '200', 'ACK']);
    expect(session.state).toBe('established');
  });
});

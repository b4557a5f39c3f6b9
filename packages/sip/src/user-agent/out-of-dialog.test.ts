import { beforeEach, describe, expect, it } from 'vitest';
import { headerValue, parseMessage, sdpBody, sipRequest } from '../index.ts';
import type {
  ClientSession,
  InviteOptions,
  ServerSession,
  SipRequest,
  SipResponse,
  UserAgent,
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

describe('outside a session', () => {
  const request = (client: UserAgent, method: string, extra: Partial<InviteOptions> = {}): Promise<SipResponse> =>
    client.request({ ...call, body: undefined, ...extra, method });

  it('RFC 3261 §8.2.1, RFC 3261 §11.2: OPTIONS answers capabilities; unknown methods 501, unserved ones 405 with Allow', async () => {
    const { client } = await twoAgents(() => {});
    const answers = ['OPTIONS', 'FLY', 'REGISTER'].map((method) => request(client, method));
    await stage.pass(50);
    const [options, unknown, unserved] = await Promise.all(answers);
    expect(options!.status).toBe(200);
    expect(headerValue(options!, 'Supported')).toBe('timer, norefersub');
    expect(headerValue(options!, 'Server')).toBeUndefined();
    expect(unknown!.status).toBe(501);
    expect(unserved!.status).toBe(405);
    expect(headerValue(unserved!, 'Allow')).toBe('INVITE, OPTIONS');
  });

  it.each([
    ['an unknown URI scheme', { requestUri: 'isbn:2983792873' }, 416],
    ['no hops left', { maxForwards: 0 }, 483],
    ['100rel required', { headers: [{ name: 'Require', value: '100rel' }] }, 420],
    ['a body we cannot read', { body: { contentType: 'text/html', content: new Uint8Array(3) } }, 415],
    ['a packed body', { headers: [{ name: 'Content-Encoding', value: 'gzip' }] }, 415],
    ['an answer that may not be SDP', { headers: [{ name: 'Accept', value: 'text/plain' }] }, 406],
  ])('RFC 3261 §8.2: an INVITE with %s is refused', async (_what, extra, status) => {
    const ours = new Diary();
    const { client, sessions } = await twoAgents(() => {});
    client.invite({ ...call, ...extra }).handle(ours.handlers);
    await stage.pass(50);
    expect(ours.ends[0]?.status).toBe(status);
    expect(sessions).toHaveLength(0);
  });

  it('an INVITE beyond the limit of sessions gets 503', async () => {
    const ours = new Diary();
    const { client } = await twoAgents(() => {}, {});
    const full = await stage.agent('198.51.100.5', { handlers: { onInvite: () => {} }, limits: { sessions: 1 } });
    const there = { ...call, destination: { ...call.destination, address: '198.51.100.5' } };
    client.invite(there);
    await stage.pass(20);
    client.invite(there).handle(ours.handlers);
    await stage.pass(20);
    expect(ours.ends[0]).toMatchObject({ status: 503 });
    expect(full.load.sessions).toBe(1);
  });

  it('RFC 3261 §12.2.2: requests with a To tag of no dialog get 481 and go nowhere, whatever their Route', async () => {
    await twoAgents(() => {});
    const stranger = { host: '203.0.113.9', port: 5060 };
    for (const method of ['BYE', 'INVITE', 'INFO', 'REFER', 'UPDATE', 'MESSAGE', 'NOTIFY']) {
      const text =
        `${method} sip:victim@192.0.2.66 SIP/2.0\r\nVia: SIP/2.0/UDP 203.0.113.9:5060;branch=z9hG4bK${method}\r\n` +
        `Route: <sip:192.0.2.66;lr>\r\nMax-Forwards: 70\r\nFrom: <sip:a@b.test>;tag=1\r\nTo: <sip:c@d.test>;tag=2\r\n` +
        `Call-ID: forged\r\nCSeq: 2 ${method}\r\nContent-Length: 0\r\n\r\n`;
      const outcome = parseMessage(new TextEncoder().encode(text));
      if (outcome.kind === 'message') stage.network.carry(stranger, { host: house, port: 5060 }, outcome.message);
    }
    await stage.pass(100);
    const byHouse = stage.network.sent.filter(({ from }) => from.host === house);
    expect(byHouse.every(({ to }) => to.host === stranger.host)).toBe(true);
    expect(byHouse.map(({ message }) => (message as SipResponse).status)).toEqual(Array(7).fill(481));
  });

  it('RFC 3261 §8.2.7: what is refused statelessly leaves no state, and its To tag is the same for a repetition', async () => {
    const { client, server } = await twoAgents(() => {}, {
      handlers: {
        onInvite: () => {},
        screen: () => ({
          status: 407,
          headers: [{ name: 'Proxy-Authenticate', value: 'Digest realm="x", nonce="y"' }],
        }),
      },
    });
    const ours = new Diary();
    client.invite(call).handle(ours.handlers);
    await stage.pass(20);
    expect(server.load).toEqual({ sessions: 0, subscriptions: 0, transactions: 0 });
    const invite = stage.network.sent.find(({ message }) => message.kind === 'request')!;
    stage.network.carry(invite.from, invite.to, invite.message);
    await stage.pass(20);
    const tags = stage.network.sent
      .filter(({ message }) => message.kind === 'response')
      .map(({ message }) => headerValue(message, 'To'));
    expect(tags).toHaveLength(2);
    expect(tags[0]).toBe(tags[1]);
    expect(ours.ends[0]?.status).toBe(407);
  });

  it('RFC 3261 §8.2.2.2: a copy of an INVITE that came another way gets 482, a repetition none', async () => {
    const { client, sessions } = await twoAgents((session) => session.provisional(180));
    client.invite(call);
    await stage.pass(20);
    const invite = stage.network.sent[0]!;
    const request = invite.message as SipRequest;
    const headers = request.headers.map((header) =>
      header.name === 'Via' ? { name: 'Via', value: header.value.replace('z9hG4bK', 'z9hG4bKcopy') } : header,
    );
    stage.network.carry(invite.from, invite.to, sipRequest('INVITE', request.uri, headers, request.body));
    stage.network.carry(invite.from, invite.to, request);
    await stage.pass(20);
    expect(sessions).toHaveLength(1);
    expect(stage.sent.filter((one) => one === '482').length).toBeGreaterThan(0);
  });

  it('RFC 3261 §22.3: is repeated with credentials after a challenge', async () => {
    let asked = 0;
    const { client } = await twoAgents((session) => session.accept(sdpBody('v=0 answer')), {
      handlers: {
        onInvite: (session: ServerSession) => session.accept(sdpBody('v=0 answer')),
        screen: (message: SipRequest) => {
          if (headerValue(message, 'Proxy-Authorization')) return 'pass' as const;
          asked++;
          const value = 'Digest realm="example.test", nonce="abc", algorithm=SHA-256, qop="auth"';
          return { status: 407, headers: [{ name: 'Proxy-Authenticate', value }] };
        },
      },
    });
    const session: ClientSession = client.invite({ ...call, credentials: { username: 'eva', password: 'geheim' } });
    await stage.pass(50);
    expect([asked, session.state]).toEqual([1, 'established']);
    const ack = stage.network.sent.filter(({ message }) => (message as SipRequest).method === 'ACK').at(-1)!;
    expect(headerValue(ack.message, 'Proxy-Authorization')).toBeDefined();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { headerValue, sipRequest, textBody } from '../index.ts';
import type { ServerSubscription, SipRequest, SipResponse, UserAgent, UserAgentOptions } from '../index.ts';
import { Stage } from '../testing/index.ts';

const phone = '198.51.100.1';
const house = '198.51.100.2';

let stage: Stage;
let notifier: UserAgent;
let subscriber: UserAgent;
let notified: SipRequest[];
let answerNotify: number;
let subscriptions: ServerSubscription[];
let ends: string[];

const body = (text: string) => textBody('text/plain', text);
const textOf = (request: SipRequest) => new TextDecoder().decode(request.body);
const stateOf = (request: SipRequest) => headerValue(request, 'Subscription-State');

async function begin(options: Partial<UserAgentOptions> = {}, take?: (one: ServerSubscription) => void): Promise<void> {
  stage = new Stage();
  notified = [];
  subscriptions = [];
  ends = [];
  answerNotify = 200;
  notifier = await stage.agent(house, {
    eventPackages: [{ name: 'dialog' }, { name: 'message-summary', defaultSeconds: 600, maximumSeconds: 1_200 }],
    handlers: {
      onSubscribe: (subscription) => {
        subscriptions.push(subscription);
        subscription.handle({ ended: (cause) => ends.push(cause) });
        if (take) take(subscription);
        else subscription.accept(body('first'));
      },
    },
    ...options,
  });
  subscriber = await stage.agent(phone, {
    methods: ['NOTIFY'],
    // No dialogs here: what the notifier sends is heard outside of any.
    handlers: { onRequest: (incoming) => incoming.respond(answerNotify) },
  });
  stage.network.filter = ({ message, to }) => {
    if (message.kind !== 'request' || message.method !== 'NOTIFY') return true;
    notified.push(message);
    if (answerNotify === 0) return false;
    const headers = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => ({
      name,
      value: headerValue(message, name)!,
    }));
    const from = { host: phone, port: 5060 };
    if (to.host === phone) {
      stage.network.carry(from, { host: house, port: 5060 }, {
        kind: 'response',
        status: answerNotify,
        reason: '',
        headers,
        body: new Uint8Array(0),
      } as SipResponse);
    }
    return false;
  };
}

function subscribe(event: string | undefined, expires?: number, extra: Record<string, string> = {}) {
  return subscriber.request({
    method: 'SUBSCRIBE',
    requestUri: `sip:200@${house}`,
    destination: { transport: 'udp', address: house, port: 5060 },
    from: '<sip:100@example.test>',
    to: `<sip:200@${house}>`,
    callId: `watching-${stage.network.sent.length}`,
    fromTag: 'watcher',
    headers: [
      ...(event === undefined ? [] : [{ name: 'Event', value: event }]),
      ...(expires === undefined ? [] : [{ name: 'Expires', value: String(expires) }]),
      ...Object.entries(extra).map(([name, value]) => ({ name, value })),
    ],
  });
}

/** SUBSCRIBE inside the dialog that the first made. */
function resubscribe(expires: number, cseq: number, event = 'dialog') {
  const { localTag } = subscriptions[0]!;
  const headers = [
    ['Via', `SIP/2.0/UDP ${phone}:5060;branch=z9hG4bKagain${cseq}`],
    ['From', '<sip:100@example.test>;tag=watcher'],
    ['To', `<sip:200@${house}>;tag=${localTag}`],
    ['Call-ID', subscriptions[0]!.callId],
    ['CSeq', `${cseq} SUBSCRIBE`],
    ['Contact', `<sip:100@${phone}>`],
    ['Event', event],
    ['Expires', String(expires)],
  ].map(([name, value]) => ({ name: name!, value: value! }));
  const address = (host: string) => ({ host, port: 5060 });
  stage.network.carry(address(phone), address(house), sipRequest('SUBSCRIBE', `sip:${house}`, headers));
}

async function settled(answer: Promise<SipResponse>): Promise<SipResponse> {
  await stage.pass(50);
  return answer;
}

const lastAnswer = () =>
  stage.network.sent.findLast(({ message, from }) => message.kind === 'response' && from.host === house)!
    .message as SipResponse;

describe('a subscription', () => {
  beforeEach(() => begin());

  it('RFC 6665 §3.1.1, RFC 6665 §4.2.1.2: is granted with 200 and Expires, and a NOTIFY follows at once', async () => {
    const answer = await settled(subscribe('dialog;id=7', 300));
    expect([answer.status, headerValue(answer, 'Expires')]).toEqual([200, '300']);
    expect(headerValue(answer, 'Contact')).toBeDefined();
    expect(notified.map(textOf)).toEqual(['first']);
    expect(headerValue(notified[0]!, 'Event')).toBe('dialog;id=7');
    expect(stateOf(notified[0]!)).toBe('active;expires=300');
    expect(headerValue(notified[0]!, 'To')).toContain('tag=watcher');
    expect(subscriptions[0]!.state).toBe('active');
  });

  it('RFC 6665 §4.4.4: a NOTIFY names all that may be subscribed to', async () => {
    await settled(subscribe('dialog', 300));
    expect(headerValue(notified[0]!, 'Allow-Events')).toBe('dialog, message-summary');
  });

  it('RFC 6665 §4.2.1.1: an unknown or missing event package gets 489 with Allow-Events', async () => {
    for (const event of ['presence', undefined]) {
      const answer = await settled(subscribe(event));
      expect([answer.status, headerValue(answer, 'Allow-Events')]).toEqual([489, 'dialog, message-summary']);
    }
    expect(subscriptions).toHaveLength(0);
  });

  it('RFC 6665 §4.2.1.1: too short a time gets 423 with Min-Expires, a long one is shortened', async () => {
    const short = await settled(subscribe('dialog', 10));
    expect([short.status, headerValue(short, 'Min-Expires')]).toEqual([423, '60']);
    const long = await settled(subscribe('message-summary', 90_000));
    expect(headerValue(long, 'Expires')).toBe('1200');
  });

  it('RFC 6665 §3.1.1: without Expires the time is that of the package', async () => {
    expect(headerValue(await settled(subscribe('message-summary')), 'Expires')).toBe('600');
  });

  it('RFC 6665 §4.4.3: Expires 0 asks once: one NOTIFY, terminated', async () => {
    const answer = await settled(subscribe('dialog', 0));
    expect(headerValue(answer, 'Expires')).toBe('0');
    expect(notified.map(stateOf)).toEqual(['terminated;reason=timeout']);
    expect(textOf(notified[0]!)).toBe('first');
    expect(notifier.load.subscriptions).toBe(0);
  });

  it('RFC 6665 §4.2.1.4: SUBSCRIBE in the dialog refreshes, and the state is told again', async () => {
    await settled(subscribe('dialog', 100));
    await stage.pass(60_000);
    resubscribe(100, 9);
    await stage.pass(60_000);
    expect(lastAnswer().status).toBe(200);
    expect(notified.map(stateOf)).toEqual(['active;expires=100', 'active;expires=100']);
    expect(subscriptions[0]!.state).toBe('active');
  });

  it('RFC 6665 §4.2.1.4: SUBSCRIBE with Expires 0 ends it with a last NOTIFY', async () => {
    await settled(subscribe('dialog', 100));
    resubscribe(0, 9);
    await stage.pass(50);
    expect(ends).toEqual(['unsubscribed']);
    expect(stateOf(notified.at(-1)!)).toBe('terminated;reason=timeout');
    resubscribe(100, 10);
    await stage.pass(50);
    expect(lastAnswer().status).toBe(481);
  });

  it('RFC 6665 §4.2.2: not refreshed it ends with NOTIFY, reason timeout', async () => {
    await settled(subscribe('dialog', 100));
    await stage.pass(100_000);
    expect(stateOf(notified.at(-1)!)).toBe('terminated;reason=timeout');
    expect([ends, notifier.load.subscriptions]).toEqual([['expired'], 0]);
  });

  it('RFC 3261 §12.2.2: a SUBSCRIBE older than the last gets 500', async () => {
    await settled(subscribe('dialog', 100));
    resubscribe(100, 9);
    await stage.pass(20);
    resubscribe(100, 8);
    await stage.pass(20);
    expect(lastAnswer().status).toBe(500);
  });

  it('RFC 6665 §4.5.2: another event in the dialog is not served there', async () => {
    await settled(subscribe('dialog', 100));
    resubscribe(100, 9, 'dialog;id=2');
    await stage.pass(20);
    expect(lastAnswer().status).toBe(403);
    expect(subscriptions[0]!.state).toBe('active');
  });

  it.each([481, 489, 604])('RFC 6665 §4.2.2: NOTIFY answered %s ends it', async (status) => {
    await settled(subscribe('dialog', 100));
    answerNotify = status;
    subscriptions[0]!.notify(body('news'));
    await stage.pass(50);
    expect([ends, notifier.load.subscriptions]).toEqual([['gone'], 0]);
  });

  it('RFC 6665 §4.2.2: NOTIFY that nobody answers ends it', async () => {
    await settled(subscribe('dialog', 100));
    answerNotify = 0;
    subscriptions[0]!.notify(body('news'));
    await stage.pass(33_000);
    expect(ends).toEqual(['gone']);
    expect(stage.clock.pendingTimers).toBe(0);
  });

  it('goes on after a passing failure', async () => {
    await settled(subscribe('dialog', 100));
    answerNotify = 500;
    subscriptions[0]!.notify(body('lost'));
    await stage.pass(50);
    answerNotify = 200;
    subscriptions[0]!.notify(body('news'));
    await stage.pass(50);
    expect(notified.map(textOf)).toEqual(['first', 'lost', 'news']);
    expect(ends).toEqual([]);
  });

  it('has one NOTIFY under way: of the news meanwhile the newest follows, made when it leaves', async () => {
    await settled(subscribe('dialog', 100));
    answerNotify = 0;
    let made = 0;
    for (const text of ['a', 'b', 'c']) {
      subscriptions[0]!.notify(() => {
        made++;
        return body(text);
      });
    }
    await stage.pass(300);
    answerNotify = 200;
    await stage.pass(1_000);
    expect(notified.map(textOf).filter((text) => text !== 'first')).toEqual(['a', 'a', 'c']);
    expect(made).toBe(2);
  });

  it('RFC 6665 §4.2.2: is terminated by its owner with reason and retry-after', async () => {
    await settled(subscribe('dialog', 100));
    subscriptions[0]!.terminate('probation', { retryAfter: 30 });
    await stage.pass(50);
    expect(stateOf(notified.at(-1)!)).toBe('terminated;reason=probation;retry-after=30');
    expect(ends).toEqual(['terminated']);
  });
});

describe('a subscription not yet granted', () => {
  it('RFC 6665 §4.2.2: is pending, then active', async () => {
    await begin({}, (one) => one.accept(undefined, 'pending'));
    await settled(subscribe('dialog', 100));
    subscriptions[0]!.notify(body('granted'));
    await stage.pass(50);
    expect(notified.map(stateOf)).toEqual(['pending;expires=100', 'active;expires=100']);
  });

  it('may be refused, and is forgotten then', async () => {
    await begin({}, (one) => one.reject(403));
    expect((await settled(subscribe('dialog', 100))).status).toBe(403);
    expect(notifier.load).toMatchObject({ subscriptions: 0 });
  });

  it('left unanswered gets 500 after 32 s', async () => {
    await begin({}, () => {});
    const answer = subscribe('dialog', 100);
    // The subscriber's own timer F is over by then.
    await stage.pass(33_000);
    expect([(await answer).status, notifier.load.subscriptions]).toEqual([408, 0]);
  });

  it('beyond the limit gets 503 with Retry-After', async () => {
    await begin({ limits: { subscriptions: 0 } });
    const answer = await settled(subscribe('dialog', 100));
    expect([answer.status, headerValue(answer, 'Retry-After')]).toEqual([503, '5']);
  });

  it('closing the user agent ends what it has', async () => {
    await begin();
    await settled(subscribe('dialog', 100));
    const closing = notifier.close();
    await stage.pass(500);
    await closing;
    expect(stateOf(notified.at(-1)!)).toBe('terminated;reason=deactivated');
  });
});

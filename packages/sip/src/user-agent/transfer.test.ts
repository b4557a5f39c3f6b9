import { describe, expect, it } from 'vitest';
import { headerValue, replacesHeader, sdpBody, textBody, withUriReplaces } from '../index.ts';
import type { Refer, Replaces, Session, SessionHandlers } from '../index.ts';
import { Diary, Scene, changed, houseHost, rebranched } from '../testing/index.ts';

const replacing = { options: { supported: ['replaces'] } };

/** The dialog as its other end names it in Replaces. */
const named = (session: Session, extra: Partial<Replaces> = {}): Replaces => ({
  callId: session.callId,
  toTag: session.localTag,
  fromTag: session.remoteTag!,
  earlyOnly: false,
  ...extra,
});

async function inviteReplacing(scene: Scene, values: readonly string[]) {
  const ours = new Diary();
  scene.citizen
    .invite({ ...scene.call, headers: values.map((value) => ({ name: 'Replaces', value })) })
    .handle(ours.handlers);
  await scene.pass(50);
  return ours;
}

describe('an INVITE with Replaces', () => {
  const text = (replaces: Replaces) => replacesHeader(replaces).value;

  it('RFC 3891 §3: names an established session, which its owner is handed', async () => {
    const scene = await Scene.established({}, {}, replacing);
    const first = scene.incoming[0]!;
    await inviteReplacing(scene, [text(named(first))]);
    expect(scene.incoming[1]!.replaces?.session).toBe(first);
    expect(scene.incoming[1]!.replaces?.replaces.callId).toBe(first.callId);
    expect(first.state).toBe('established');
  });

  it.each([
    ['two', (value: string) => [value, value], 400],
    ['one without tags', () => ['nothing'], 400],
    ['one of no dialog', () => ['nobody;to-tag=a;from-tag=b'], 481],
    ['one of another far side', (value: string) => [value.replace(/from-tag=.*/, 'from-tag=x')], 481],
  ])('RFC 3891 §3: with %s is refused', async (_what, values, status) => {
    const scene = await Scene.established({}, {}, replacing);
    const ours = await inviteReplacing(scene, values(text(named(scene.incoming[0]!))));
    expect(ours.ends[0]?.status).toBe(status);
    expect(scene.incoming).toHaveLength(1);
  });

  it('RFC 3891 §3: that also wants to join gets 400', async () => {
    const scene = await Scene.established({}, {}, replacing);
    const replaces = text(named(scene.incoming[0]!));
    const ours = new Diary();
    const headers = ['Replaces', 'Join'].map((name) => ({ name, value: replaces }));
    scene.citizen.invite({ ...scene.call, headers }).handle(ours.handlers);
    await scene.pass(50);
    expect([ours.ends[0]?.status, scene.incoming.length]).toEqual([400, 1]);
  });

  it('RFC 3891 §3: with early-only gets 486 for an answered dialog', async () => {
    const scene = await Scene.established({}, {}, replacing);
    const ours = await inviteReplacing(scene, [text(named(scene.incoming[0]!, { earlyOnly: true }))]);
    expect(ours.ends[0]?.status).toBe(486);
  });

  it('RFC 3891 §3: of a dialog that is over gets 603', async () => {
    const scene = await Scene.established({}, {}, replacing);
    const gone = named(scene.incoming[0]!);
    scene.session.bye();
    await scene.pass(50);
    const ours = await inviteReplacing(scene, [text(gone)]);
    expect(ours.ends[0]?.status).toBe(603);
  });

  it('RFC 3891 §3: picks up an early dialog that we began, and no other', async () => {
    const scene = await Scene.set({ ...replacing, onInvite: (session) => session.provisional(180) });
    const phone = await scene.stage.agent('198.51.100.7', {
      handlers: { onInvite: (session) => session.provisional(180) },
    });
    const ringing = scene.house.invite({
      ...scene.call,
      destination: { ...scene.call.destination, address: '198.51.100.7' },
    });
    await scene.pass(50);
    await inviteReplacing(scene, [text(named(ringing, { earlyOnly: true }))]);
    expect(scene.incoming[0]!.replaces?.session).toBe(ringing);
    expect(phone.load.sessions).toBe(1);
    const theirs = await inviteReplacing(scene, [text(named(scene.incoming[0]!))]);
    expect(theirs.ends[0]?.status).toBe(481);
  });

  it('RFC 3891 §3: Replaces in any other request gets 400', async () => {
    const scene = await Scene.established({}, {}, replacing);
    const headers = [{ name: 'Replaces', value: 'a;to-tag=b;from-tag=c' }];
    const answer = scene.session.request('INFO', { headers });
    await scene.pass(50);
    expect((await answer).status).toBe(400);
  });

  it('is a call like any other for an owner that cannot replace', async () => {
    const scene = await Scene.established();
    await inviteReplacing(scene, ['nobody;to-tag=a;from-tag=b']);
    expect(scene.incoming[1]!.replaces).toBeUndefined();
  });
});

/** A call whose house collects REFERs and whose citizen collects NOTIFYs. */
async function referring(answerNotify = 200) {
  const refers: Refer[] = [];
  const notified: string[] = [];
  const theirs: SessionHandlers = { refer: (refer) => refers.push(refer) };
  const ours: SessionHandlers = {
    request: (incoming) => {
      const { request } = incoming;
      const state = headerValue(request, 'Subscription-State');
      notified.push(`${new TextDecoder().decode(request.body).trim()} | ${state}`);
      incoming.respond(answerNotify);
    },
  };
  const scene = await Scene.established(theirs, ours);
  const refer = async (referTo: string, extra: readonly { name: string; value: string }[] = []) => {
    const answer = scene.session.request('REFER', { headers: [{ name: 'Refer-To', value: referTo }, ...extra] });
    await scene.pass(20);
    return answer;
  };
  return { scene, refers, notified, refer };
}

describe('a REFER', () => {
  it('RFC 3891 §6.1: with Replaces in its Refer-To names the consultation', async () => {
    const { scene, refers, refer } = await referring();
    const second = scene.citizen.invite(scene.call);
    await scene.pass(50);
    const consultation = scene.incoming[1]!;
    void refer(`<${withUriReplaces(`sip:120@${houseHost}`, named(consultation))}>`, [
      { name: 'Referred-By', value: '<sip:eva@example.test>' },
    ]);
    await scene.pass(20);
    expect(refers[0]).toMatchObject({ target: `sip:120@${houseHost}`, referredBy: '<sip:eva@example.test>' });
    expect(refers[0]!.consultation).toBe(consultation);
    expect(refers[0]!.replaces).toEqual(named(consultation));
    expect(second.state).toBe('established');
  });

  it('RFC 3892 §2.2: hands Referred-By to the owner as it came, signed body references included', async () => {
    const { scene, refers, refer } = await referring();
    const value = '"Eva" <sip:eva@example.test>;cid="20398823.2UWQFN309shb3@example.test"';
    void refer('<sip:120@x.test>', [{ name: 'Referred-By', value }]);
    await scene.pass(20);
    expect(refers[0]!.referredBy).toBe(value);
  });

  it('RFC 3515 §2.4.2: without Refer-To, with two, or with a broken Replaces gets 400', async () => {
    const { scene, refers, refer } = await referring();
    const twice = await refer('<sip:120@x.test>', [{ name: 'Refer-To', value: '<sip:121@x.test>' }]);
    const none = scene.session.request('REFER');
    const broken = await refer('<sip:120@x.test?Replaces=abc>');
    await scene.pass(50);
    expect([(await none).status, twice.status, broken.status]).toEqual([400, 400, 400]);
    expect(refers).toHaveLength(0);
  });

  it('RFC 3515 §2.4.4, RFC 3515 §2.4.7: NOTIFY at once, then every state, the last one terminated', async () => {
    const { scene, refers, notified, refer } = await referring();
    void refer('<sip:120@x.test>');
    await scene.pass(20);
    refers[0]!.accept();
    await scene.pass(20);
    refers[0]!.notify(180);
    refers[0]!.notify(486);
    refers[0]!.notify(200);
    await scene.pass(20);
    expect(notified).toEqual([
      'SIP/2.0 100 Trying | active;expires=180',
      'SIP/2.0 180 Ringing | active;expires=180',
      'SIP/2.0 486 Busy Here | terminated;reason=noresource',
    ]);
    expect(headerValue(scene.requests('NOTIFY')[0]!, 'Event')).toMatch(/^refer;id=\d+$/);
  });

  it('RFC 3515 §2.4.6: every NOTIFY names the REFER it belongs to by its CSeq number', async () => {
    const { scene, refers, refer } = await referring();
    for (const target of ['120', '121']) void refer(`<sip:${target}@x.test>`);
    await scene.pass(50);
    for (const one of refers) one.accept();
    await scene.pass(50);
    const numbers = scene.requests('REFER').map((one) => headerValue(one, 'CSeq')!.split(' ', 1)[0]!);
    expect(new Set(numbers).size).toBe(2);
    expect(scene.requests('NOTIFY').map((one) => headerValue(one, 'Event'))).toEqual(
      numbers.map((number) => `refer;id=${number}`),
    );
  });

  it('RFC 6665 §4.1.3: a NOTIFY of no subscription gets 481', async () => {
    const scene = await Scene.established();
    const headers = [
      { name: 'Event', value: 'refer' },
      { name: 'Subscription-State', value: 'active' },
    ];
    const answer = scene.session.request('NOTIFY', { headers });
    await scene.pass(20);
    expect((await answer).status).toBe(481);
  });

  it('RFC 4488 §4: Refer-Sub false is confirmed, and no NOTIFY follows', async () => {
    const { scene, refers, notified, refer } = await referring();
    const answer = refer('<sip:120@x.test>', [{ name: 'Refer-Sub', value: 'false' }]);
    await scene.pass(10);
    refers[0]!.accept();
    refers[0]!.notify(200);
    await scene.pass(50);
    expect(headerValue(await answer, 'Refer-Sub')).toBe('false');
    expect(notified).toEqual([]);
  });

  it('RFC 3515 §2.4.4: SUBSCRIBE in the dialog ends its subscription, another one gets 403', async () => {
    const { scene, refers, notified, refer } = await referring();
    void refer('<sip:120@x.test>');
    await scene.pass(20);
    refers[0]!.accept();
    await scene.pass(20);
    const subscribe = (event: string) =>
      scene.session.request('SUBSCRIBE', {
        headers: [
          { name: 'Event', value: event },
          { name: 'Expires', value: '0' },
        ],
      });
    const others = ['dialog', 'refer;id=999'].map(subscribe);
    await scene.pass(20);
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([403, 403]);
    expect(scene.session.state).toBe('established');
    void subscribe('refer');
    await scene.pass(20);
    refers[0]!.notify(200);
    await scene.pass(20);
    expect(notified.at(-1)).toBe('SIP/2.0 100 Trying | terminated;reason=timeout');
    expect(notified).toHaveLength(2);
  });

  it.each([404, 481, 489, 501])(
    'RFC 5057 §5.1, RFC 6665 §4.2.2: a NOTIFY answered %i ends the subscription and not the call',
    async (status) => {
      const { scene, refers, notified, refer } = await referring(status);
      void refer('<sip:120@x.test>');
      await scene.pass(20);
      refers[0]!.accept();
      await scene.pass(20);
      refers[0]!.notify(200);
      await scene.pass(20);
      expect(notified).toHaveLength(1);
      expect(scene.incoming[0]!.state).toBe('established');
    },
  );

  it('nobody settles is told timeout after 180 s', async () => {
    const { scene, refers, notified, refer } = await referring();
    void refer('<sip:120@x.test>');
    await scene.pass(20);
    refers[0]!.accept();
    await scene.pass(180_100);
    expect(notified.at(-1)).toBe('SIP/2.0 100 Trying | terminated;reason=timeout');
  });

  it('of a flood beyond four at once gets 491', async () => {
    const { scene, refers } = await referring();
    for (let count = 0; count < 5; count++) {
      const headers = [{ name: 'Refer-To', value: '<sip:120@x.test>' }];
      void scene.session.request('REFER', { headers, body: textBody('text/plain', '') });
      await scene.pass(20);
      refers[count]?.accept();
    }
    await scene.pass(20);
    expect(refers).toHaveLength(4);
    expect(scene.sent).toContain('491');
  });

  it('RFC 3261 §8.2.2.2: a copy that came another way is no second transfer', async () => {
    const { scene, refers, refer } = await referring();
    void refer('<sip:120@x.test>');
    await scene.pass(20);
    const sent = scene.requests('REFER')[0]!;
    scene.toHouse(changed(rebranched(sent, 'copy'), {}));
    await scene.pass(20);
    expect(refers).toHaveLength(1);
    expect(scene.sent).toContain('500');
  });
});

it('a replaced call is ended by its owner', async () => {
  const scene = await Scene.established({}, {}, replacing);
  const value = replacesHeader(named(scene.incoming[0]!)).value;
  const next = scene.citizen.invite({ ...scene.call, headers: [{ name: 'Replaces', value }] });
  await scene.pass(20);
  scene.incoming[1]!.accept(sdpBody('v=0 answer'));
  scene.incoming[1]!.replaces!.session.bye();
  await scene.pass(50);
  expect([next.state, scene.session.state]).toEqual(['established', 'ended']);
});

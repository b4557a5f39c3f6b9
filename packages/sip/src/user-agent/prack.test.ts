import { describe, expect, it } from 'vitest';
import { createResponse, headerValue, sdpBody, sdpOf } from '../index.ts';
import type { InviteOptions, ServerSession, SipRequest } from '../index.ts';
import { Diary, Scene, changed, rebranched } from '../testing/index.ts';

const reliable = { options: { supported: ['100rel'] } };
const early = sdpBody('v=0 early');
const requiring = [{ name: 'Require', value: '100rel' }];

/** A call that rings at the house, which has not answered. */
async function ringing(
  onInvite: (session: ServerSession) => void,
  call: Partial<InviteOptions> = {},
  options = reliable,
) {
  const theirs = new Diary({
    progressAcknowledged: (prack) => theirs.heard.push(`prack ${sdpOf(prack) ?? ''}`.trim()),
  });
  const ours = new Diary({
    provisional: (response) => ours.heard.push(`provisional ${response.status} ${sdpOf(response) ?? ''}`.trim()),
  });
  const scene = await Scene.set({
    ...options,
    onInvite: (session) => {
      session.handle(theirs.handlers);
      onInvite(session);
    },
  });
  const session = scene.citizen.invite({ ...scene.call, ...call });
  session.handle(ours.handlers);
  await scene.pass(50);
  return { scene, session, ours, theirs, incoming: scene.incoming[0]! };
}

describe('a reliable provisional answer, sent', () => {
  it('RFC 3262 §3: carries Require 100rel and RSeq, and is acknowledged by PRACK in the early dialog', async () => {
    const { scene, theirs, ours } = await ringing((session) => session.provisional(183, { body: early }));
    expect(scene.sent).toEqual(['INVITE', '183', 'PRACK', '200']);
    const progress = scene.responses(183)[0]!;
    expect(headerValue(progress, 'Require')).toBe('100rel');
    const sequence = headerValue(progress, 'RSeq');
    expect(headerValue(scene.requests('PRACK')[0]!, 'RAck')).toBe(`${sequence} 1 INVITE`);
    expect([ours.heard, theirs.heard]).toEqual([['provisional 183 v=0 early'], ['prack']]);
  });

  it('RFC 3262 §3: is repeated until its PRACK, with doubling intervals', async () => {
    const scene = await Scene.set({ ...reliable, onInvite: (session) => session.provisional(183, { body: early }) });
    scene.lose((message) => message.kind === 'request' && message.method === 'PRACK');
    scene.citizen.invite(scene.call);
    await scene.pass(8_000);
    // After 0.5, 1.5, 3.5 and 7.5 s.
    expect(scene.responses(183)).toHaveLength(5);
    scene.lose(() => false);
    await scene.pass(30_000);
    expect(scene.responses(183)).toHaveLength(5);
  });

  it('RFC 3262 §3: without PRACK in 64·T1 the INVITE is refused with a 5xx', async () => {
    const scene = await Scene.set({ ...reliable, onInvite: (session) => session.provisional(183, { body: early }) });
    const ours = new Diary();
    scene.lose((message) => message.kind === 'request' && message.method === 'PRACK');
    scene.citizen.invite(scene.call).handle(ours.handlers);
    await scene.pass(33_000);
    expect(ours.ends[0]).toMatchObject({ cause: 'rejected', status: 504 });
    expect(scene.incoming[0]!.state).toBe('ended');
  });

  it('RFC 3262 §3: a PRACK that matches none gets 481', async () => {
    const { scene } = await ringing((session) => session.provisional(183, { body: early }));
    const prack = scene.requests('PRACK')[0]!;
    scene.toHouse(changed(rebranched(prack, 'wrong'), { CSeq: '7 PRACK', RAck: '1 1 INVITE' }));
    await scene.pass(20);
    expect(scene.sent.at(-1)).toBe('481');
    scene.toHouse(changed(rebranched(prack, 'again'), { CSeq: '8 PRACK' }));
    await scene.pass(20);
    expect(scene.sent.at(-1)).toBe('481');
    scene.toHouse(changed(rebranched(prack, 'none'), { CSeq: '9 PRACK', RAck: 'x' }));
    await scene.pass(20);
    expect(scene.sent.at(-1)).toBe('400');
  });

  it('RFC 3262 §3: the next one waits for the PRACK of the first, and its RSeq is one higher', async () => {
    const scene = await Scene.set({
      ...reliable,
      onInvite: (session) => {
        session.provisional(183, { body: early });
        session.provisional(180, { body: early });
      },
    });
    scene.lose((message) => message.kind === 'request' && message.method === 'PRACK');
    scene.citizen.invite(scene.call);
    await scene.pass(100);
    expect(scene.responses(180)).toHaveLength(0);
    scene.lose(() => false);
    await scene.pass(1_000);
    const numbers = [scene.responses(183)[0]!, scene.responses(180)[0]!].map((one) => Number(headerValue(one, 'RSeq')));
    expect(numbers[1]).toBe(numbers[0]! + 1);
    // RFC 3262 §5: the description went out already.
    expect(sdpOf(scene.responses(180)[0]!)).toBeUndefined();
  });

  it('RFC 3262 §3: all but 100 are reliable for a caller that requires it', async () => {
    const { scene } = await ringing((session) => session.provisional(180), { headers: requiring });
    expect(headerValue(scene.responses(180)[0]!, 'Require')).toBe('100rel');
    expect(scene.sent).toContain('PRACK');
  });

  it('RFC 3262 §3: none is reliable for a caller that does not know it', async () => {
    const { scene } = await ringing((session) => session.provisional(183, { body: early }), {}, {
      house: { supported: ['100rel'] },
    } as unknown as typeof reliable);
    expect(scene.sent).toEqual(['INVITE', '183']);
    expect(headerValue(scene.responses(183)[0]!, 'RSeq')).toBeUndefined();
  });

  it('RFC 3261 §8.2.2.3: Require 100rel gets 420 from an owner without it', async () => {
    const { ours } = await ringing(() => {}, { headers: requiring }, {
      citizen: { supported: ['100rel'] },
    } as unknown as typeof reliable);
    expect(ours.ends[0]?.status).toBe(420);
  });

  it('RFC 3262 §3: a 2xx waits while a session description is not acknowledged', async () => {
    const scene = await Scene.set({
      ...reliable,
      onInvite: (session) => {
        session.provisional(183, { body: early });
        session.accept(early);
      },
    });
    scene.lose((message) => message.kind === 'request' && message.method === 'PRACK');
    const session = scene.citizen.invite(scene.call);
    await scene.pass(200);
    expect(scene.responses(200)).toHaveLength(0);
    scene.lose(() => false);
    await scene.pass(1_500);
    expect(session.state).toBe('established');
    expect(scene.incoming[0]!.state).toBe('established');
  });

  it('RFC 3262 §3: a final refusal ends the repetitions, and a late PRACK still gets 200', async () => {
    const scene = await Scene.set({ ...reliable, onInvite: (session) => session.provisional(183, { body: early }) });
    scene.lose((message) => message.kind === 'request' && message.method === 'PRACK');
    scene.citizen.invite(scene.call);
    await scene.pass(100);
    scene.incoming[0]!.accept(early);
    scene.lose(() => false);
    await scene.pass(1_000);
    expect(scene.incoming[0]!.state).toBe('established');
    const count = scene.responses(183).length;
    await scene.pass(10_000);
    expect(scene.responses(183)).toHaveLength(count);
  });

  it('RFC 3262 §4: a 100 is never acknowledged, whatever it requires', async () => {
    const { scene } = await ringing(() => {});
    const headers = [
      { name: 'Require', value: '100rel' },
      { name: 'RSeq', value: '1' },
    ];
    scene.toCitizen(createResponse(scene.requests('INVITE')[0]!, 100, { headers }));
    await scene.pass(50);
    expect(scene.requests('PRACK')).toEqual([]);
  });

  it('CANCEL while it waits for its PRACK ends everything', async () => {
    const scene = await Scene.set({ ...reliable, onInvite: (session) => session.provisional(183, { body: early }) });
    scene.lose((message) => message.kind === 'request' && message.method === 'PRACK');
    const session = scene.citizen.invite(scene.call);
    await scene.pass(100);
    session.cancel();
    await scene.pass(70_000);
    expect([session.state, scene.incoming[0]!.state]).toEqual(['ended', 'ended']);
    expect(scene.stage.clock.pendingTimers).toBe(0);
  });
});

describe('session descriptions', () => {
  it('RFC 3262 §5: answered in a reliable provisional answer, the 200 carries none', async () => {
    const { scene, session, incoming } = await ringing((one) => one.provisional(183, { body: early }));
    incoming.accept(sdpBody('v=0 not needed'));
    await scene.pass(50);
    const success = scene.responses(200).find((one) => headerValue(one, 'CSeq')?.endsWith('INVITE'))!;
    expect(sdpOf(success)).toBeUndefined();
    expect([session.state, session.remoteSdp]).toEqual(['established', 'v=0 early']);
  });

  it('RFC 3262 §5: an offer in a reliable provisional answer is answered in the PRACK', async () => {
    const { scene, session, theirs, incoming } = await ringing((one) => one.provisional(183, { body: early }), {
      body: undefined,
      autoAck: false,
    });
    expect(scene.sent).toEqual(['INVITE', '183']);
    session.acknowledge(sdpBody('v=0 answer'));
    await scene.pass(50);
    expect(theirs.heard).toEqual(['prack v=0 answer']);
    incoming.accept(early);
    await scene.pass(50);
    expect([session.state, incoming.state]).toEqual(['established', 'established']);
    expect(theirs.heard).toEqual(['prack v=0 answer', 'acknowledged']);
  });

  it('RFC 3262 §5: a description in the PRACK after that is a new offer, answered in its 200', async () => {
    const { scene, session, incoming } = await ringing((one) => one.provisional(183, { body: early }));
    incoming.handle({ reoffer: (reoffer) => reoffer.accept(sdpBody('v=0 answer to PRACK')) });
    const prack = scene.requests('PRACK')[0]!;
    incoming.provisional(180, { body: early });
    scene.lose((message) => message.kind === 'request' && message.method === 'PRACK' && message.body.length === 0);
    await scene.pass(20);
    const sequence = headerValue(scene.responses(180)[0]!, 'RSeq')!;
    const withOffer: SipRequest = {
      ...changed(rebranched(prack, 'offer'), {
        CSeq: '9 PRACK',
        RAck: `${sequence} 1 INVITE`,
        'Content-Type': 'application/sdp',
        'Content-Length': undefined,
      }),
      body: sdpBody('v=0 second offer').content,
    };
    scene.toHouse(withOffer);
    await scene.pass(20);
    const answer = scene.responses(200).find((one) => headerValue(one, 'CSeq') === '9 PRACK')!;
    expect(sdpOf(answer)).toBe('v=0 answer to PRACK');
    expect(session.state).toBe('setup');
  });

  it('RFC 3311 §5.1: UPDATE changes the session before it is answered', async () => {
    const { scene, session, incoming } = await ringing((one) => one.provisional(183, { body: early }));
    incoming.handle({ reoffer: (reoffer) => reoffer.accept(sdpBody('v=0 updated')) });
    const result = session.update(sdpBody('v=0 update'));
    await scene.pass(50);
    const settled = await result;
    expect(settled.accepted && sdpOf(settled.response)).toBe('v=0 updated');
    expect(session.state).toBe('setup');
  });
});

describe('a reliable provisional answer, received', () => {
  it('RFC 3262 §4: out of order it is neither acknowledged nor told', async () => {
    const { scene, ours } = await ringing((session) => session.provisional(183, { body: early }));
    const progress = scene.responses(183)[0]!;
    const sequence = Number(headerValue(progress, 'RSeq'));
    scene.toCitizen(progress);
    scene.toCitizen(changed(progress, { RSeq: String(sequence + 2) }));
    scene.toCitizen(changed(progress, { RSeq: String(sequence - 1) }));
    await scene.pass(50);
    expect(ours.heard).toHaveLength(1);
    expect(scene.requests('PRACK')).toHaveLength(1);
    scene.toCitizen(changed(progress, { RSeq: String(sequence + 1) }));
    await scene.pass(50);
    expect(ours.heard).toHaveLength(2);
    expect(scene.requests('PRACK')).toHaveLength(2);
  });

  it('RFC 3262 §4: each phone behind a proxy counts by itself', async () => {
    const { scene, ours } = await ringing((session) => session.provisional(183, { body: early }));
    const progress = scene.responses(183)[0]!;
    const other = headerValue(progress, 'To')!.replace(/tag=.*/, 'tag=other');
    scene.toCitizen(changed(progress, { RSeq: '77', To: other }));
    await scene.pass(50);
    expect(ours.heard).toHaveLength(2);
    expect(scene.requests('PRACK').map((one) => headerValue(one, 'To'))[1]).toBe(other);
  });

  it('RFC 3262 §4: to a re-INVITE it is acknowledged, too', async () => {
    const scene = await Scene.established({ reoffer: () => {} }, {}, reliable);
    void scene.session.reoffer(sdpBody('v=0 hold'));
    await scene.pass(20);
    const invite = scene.requests('INVITE')[0]!;
    const headers = [
      { name: 'Require', value: '100rel' },
      { name: 'RSeq', value: '5' },
    ];
    scene.toCitizen(createResponse(invite, 183, { headers }));
    scene.toCitizen(createResponse(invite, 183, { headers }));
    await scene.pass(20);
    expect(scene.requests('PRACK').map((one) => headerValue(one, 'RAck'))).toEqual(['5 2 INVITE']);
  });

  it('RFC 3262 §4: PRACK counts CSeq on, and the ACK keeps that of the INVITE', async () => {
    const { scene, incoming } = await ringing((session) => session.provisional(183, { body: early }));
    incoming.accept(early);
    await scene.pass(50);
    expect(headerValue(scene.requests('PRACK')[0]!, 'CSeq')).toBe('2 PRACK');
    expect(headerValue(scene.requests('ACK')[0]!, 'CSeq')).toBe('1 ACK');
  });
});

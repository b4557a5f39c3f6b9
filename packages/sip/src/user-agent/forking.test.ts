import { describe, expect, it } from 'vitest';
import { headerValue, sdpBody } from '../index.ts';
import type { InviteOptions, ServerSession, SipResponse } from '../index.ts';
import { Diary, Scene, changed } from '../testing/index.ts';

const otherTag = (response: SipResponse, tag: string) =>
  headerValue(response, 'To')!.replace(/;tag=.*/, '') + `;tag=${tag}`;

async function ringing(call: Partial<InviteOptions> = {}, onInvite?: (session: ServerSession) => void) {
  const theirs = new Diary();
  const ours = new Diary();
  const scene = await Scene.set({
    onInvite: (session) => {
      session.handle(theirs.handlers);
      if (onInvite) onInvite(session);
      else session.provisional(180);
    },
  });
  const session = scene.citizen.invite({ ...scene.call, ...call });
  session.handle(ours.handlers);
  await scene.pass(50);
  return { scene, session, ours, theirs, incoming: scene.incoming[0]! };
}

describe('several phones behind one INVITE', () => {
  it('RFC 3261 §13.2.2.1: each provisional answer with a new tag is an early dialog of its own', async () => {
    const { scene, session, ours } = await ringing();
    const ring = scene.responses(180)[0]!;
    scene.toCitizen(changed(ring, { To: otherTag(ring, 'second') }));
    await scene.pass(20);
    expect(ours.heard).toEqual(['provisional 180', 'provisional 180']);
    expect(session.remoteTag).toBe('second');
    const first = headerValue(ring, 'To')!.split('tag=')[1]!;
    const find = (tag: string) => scene.citizen.findSession(session.callId, session.localTag, tag);
    expect([find(first), find('second'), find('third')]).toEqual([session, session, undefined]);
  });

  it('RFC 3261 §13.2.2.4: the first 2xx is the call, the others are acknowledged each time and get one BYE', async () => {
    const { scene, session, ours, incoming } = await ringing();
    incoming.accept(sdpBody('v=0 answer'));
    await scene.pass(50);
    const success = scene.responses(200)[0]!;
    scene.stage.network.sent.length = 0;
    const stray = changed(success, { To: otherTag(success, 'stray') });
    for (let count = 0; count < 3; count++) scene.toCitizen(stray);
    await scene.pass(50);
    const toStray = (method: string) =>
      scene.requests(method).filter((one) => headerValue(one, 'To')!.endsWith('tag=stray'));
    expect(toStray('ACK')).toHaveLength(3);
    expect(new Set(toStray('BYE').map((one) => headerValue(one, 'Via'))).size).toBe(1);
    expect([session.state, ours.heard.filter((line) => line.startsWith('accepted')).length]).toEqual([
      'established',
      1,
    ]);
  });

  it('RFC 3261 §13.2.2.4: a 2xx of a phone that was heard before makes it the call', async () => {
    const { scene, session, ours } = await ringing();
    const ring = scene.responses(180)[0]!;
    scene.toCitizen(changed(ring, { To: otherTag(ring, 'second') }));
    await scene.pass(20);
    scene.incoming[0]!.accept(sdpBody('v=0 answer'));
    await scene.pass(50);
    expect(session.remoteTag).toBe(headerValue(ring, 'To')!.split('tag=')[1]);
    expect(ours.heard.at(-1)).toBe('accepted v=0 answer');
  });

  it('remembers a bounded number of them', async () => {
    const { scene, ours } = await ringing();
    const ring = scene.responses(180)[0]!;
    for (let count = 0; count < 100; count++) scene.toCitizen(changed(ring, { To: otherTag(ring, `phone${count}`) }));
    await scene.pass(50);
    scene.incoming[0]!.accept(sdpBody('v=0 answer'));
    await scene.pass(50);
    expect(ours.heard.at(-1)).toBe('accepted v=0 answer');
  });
});

describe('how long an INVITE waits', () => {
  it('RFC 3261 §13.2.1: with Expires it is cancelled when that time is over', async () => {
    const { scene, ours, theirs } = await ringing({ expires: 20 });
    expect(headerValue(scene.requests('INVITE')[0]!, 'Expires')).toBe('20');
    scene.lose((message) => message.kind === 'response' && message.status === 487);
    await scene.pass(19_000);
    expect(ours.ends).toHaveLength(0);
    await scene.pass(4_000);
    expect(scene.sent).toContain('CANCEL');
    expect(theirs.ends).toHaveLength(1);
  });

  it('RFC 3261 §13.3.1: the called side answers 487 when it is over', async () => {
    const { scene, ours, theirs } = await ringing({ headers: [{ name: 'Expires', value: '5' }] });
    await scene.pass(5_100);
    expect(ours.ends[0]).toMatchObject({ cause: 'rejected', status: 487 });
    expect(theirs.ends[0]).toMatchObject({ cause: 'expired', status: 487 });
  });

  it('RFC 3261 §13.3.1: an answer in time ends the waiting', async () => {
    const { scene, session, incoming } = await ringing({ headers: [{ name: 'Expires', value: '5' }] });
    incoming.accept(sdpBody('v=0 answer'));
    await scene.pass(20_000);
    expect([session.state, incoming.state]).toEqual(['established', 'established']);
  });
});

describe('the way of an INVITE', () => {
  it('RFC 3261 §8.1.2: a loose route keeps the Request-URI', async () => {
    const { scene } = await ringing({ route: ['<sip:proxy.test;lr>'] });
    const invite = scene.requests('INVITE')[0]!;
    expect([invite.uri, headerValue(invite, 'Route')]).toEqual([scene.call.requestUri, '<sip:proxy.test;lr>']);
  });

  it('RFC 3261 §12.2.1.1: a strict route takes its place, and the target goes last', async () => {
    const { scene } = await ringing({ route: ['<sip:strict.test>', '<sip:loose.test;lr>'] });
    const invite = scene.requests('INVITE')[0]!;
    expect(invite.uri).toBe('sip:strict.test');
    expect(invite.headers.filter((one) => one.name === 'Route').map((one) => one.value)).toEqual([
      '<sip:loose.test;lr>',
      `<${scene.call.requestUri}>`,
    ]);
  });

  it('RFC 3261 §8.1.3.4: a 3xx is handed to the owner with its Contacts', async () => {
    const contact = { name: 'Contact', value: '<sip:120@x.test>;q=0.5' };
    const { ours } = await ringing({}, (session) => session.reject(302, { headers: [contact] }));
    expect(ours.ends[0]).toMatchObject({ cause: 'rejected', status: 302 });
    expect(headerValue(ours.ends[0]!.response!, 'Contact')).toBe(contact.value);
  });
});

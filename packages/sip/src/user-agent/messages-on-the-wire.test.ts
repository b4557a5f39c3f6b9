import { describe, expect, it } from 'vitest';
import {
  createResponse,
  headerValue,
  headerValues,
  parseVia,
  sdpBody,
  sdpOf,
  sipRequest,
  sipResponse,
} from '../index.ts';
import type { InviteOptions, ServerSession, SessionHandlers, SipMessage } from '../index.ts';
import { Diary, Scene, changed, citizenHost, houseHost, rebranched } from '../testing/index.ts';

async function calling(onInvite: (session: ServerSession) => void = () => {}, call: Partial<InviteOptions> = {}) {
  const scene = await Scene.set({ onInvite });
  const ours = new Diary();
  const session = scene.citizen.invite({ ...scene.call, ...call });
  session.handle(ours.handlers);
  await scene.pass(50);
  return { scene, session, ours };
}

const branchOf = (message: SipMessage) => parseVia(headerValue(message, 'Via')!)!.parameters.get('branch');
const values = (message: SipMessage, names: readonly string[]) => names.map((name) => headerValue(message, name));

describe('a request of ours', () => {
  it('RFC 3261 §8.1.1: has To, From with tag, CSeq, Call-ID, Max-Forwards 70, Via and Contact', async () => {
    const { scene } = await calling();
    const invite = scene.requests('INVITE')[0]!;
    for (const name of ['To', 'From', 'CSeq', 'Call-ID', 'Max-Forwards', 'Via', 'Contact']) {
      expect(headerValues(invite, name)).toHaveLength(1);
    }
    expect(headerValue(invite, 'From')).toMatch(/;tag=\w{20,}$/);
    expect(headerValue(invite, 'To')).not.toContain('tag=');
    expect(headerValue(invite, 'Max-Forwards')).toBe('70');
  });

  it('RFC 3261 §8.1.1.7: has a branch with the magic cookie, never used before', async () => {
    const { scene } = await calling();
    for (let count = 0; count < 20; count++) scene.citizen.invite(scene.call);
    const branches = scene.requests('INVITE').map(branchOf);
    expect(branches.every((branch) => branch?.startsWith('z9hG4bK'))).toBe(true);
    expect(new Set(branches).size).toBe(21);
  });

  it('RFC 3581 §3: asks by rport for the answer to come back to its own port', async () => {
    const { scene } = await calling();
    const via = parseVia(headerValue(scene.requests('INVITE')[0]!, 'Via')!)!;
    expect([via.parameters.has('rport'), via.parameters.get('rport')]).toEqual([true, undefined]);
  });

  it('RFC 3261 §17.1.1.3: the ACK for a refusal has branch, Request-URI, Call-ID, From and CSeq number of the INVITE, and To of the answer', async () => {
    const { scene } = await calling((session) => session.reject(486), { route: [`<sip:${houseHost};lr>`] });
    const [invite] = scene.requests('INVITE');
    const [ack] = scene.requests('ACK');
    expect([branchOf(ack!), ack!.uri]).toEqual([branchOf(invite!), invite!.uri]);
    const same = ['Call-ID', 'From', 'Route'];
    expect(values(ack!, same)).toEqual(values(invite!, same));
    expect(headerValue(ack!, 'To')).toBe(headerValue(scene.responses(486)[0]!, 'To'));
    expect(headerValue(ack!, 'CSeq')).toBe('1 ACK');
    expect(headerValues(ack!, 'Via')).toHaveLength(1);
  });

  it('RFC 3261 §9.1: the CANCEL has Request-URI, Call-ID, To, From, Route, CSeq number and only Via of the INVITE', async () => {
    const { scene, session } = await calling((one) => one.provisional(180), { route: [`<sip:${houseHost};lr>`] });
    session.cancel();
    session.cancel();
    await scene.pass(50);
    const [invite] = scene.requests('INVITE');
    const [cancel] = scene.requests('CANCEL');
    const same = ['Call-ID', 'From', 'To', 'Route', 'Via'];
    expect(values(cancel!, same)).toEqual(values(invite!, same));
    expect([cancel!.uri, headerValue(cancel!, 'CSeq')]).toEqual([invite!.uri, '1 CANCEL']);
    expect([headerValues(cancel!, 'Via').length, scene.requests('CANCEL').length]).toEqual([1, 1]);
    expect(headerValue(cancel!, 'Require')).toBeUndefined();
  });

  it('RFC 3261 §13.2.2.4: the ACK for a 2xx is a request of its own with a new branch', async () => {
    const { scene } = await calling((session) => session.accept(sdpBody('v=0 answer')));
    expect(branchOf(scene.requests('ACK')[0]!)).not.toBe(branchOf(scene.requests('INVITE')[0]!));
  });

  it('RFC 3261 §12.2.1.1: inside a dialog counts CSeq up by one and keeps Call-ID and tags', async () => {
    const { scene, session } = await calling((one) => one.accept(sdpBody('v=0 answer')));
    void session.request('INFO');
    void session.request('OPTIONS');
    await scene.pass(50);
    const [info, options] = [scene.requests('INFO')[0]!, scene.requests('OPTIONS')[0]!];
    expect([headerValue(info, 'CSeq'), headerValue(options, 'CSeq')]).toEqual(['2 INFO', '3 OPTIONS']);
    expect(values(options, ['Call-ID', 'From', 'To'])).toEqual(values(info, ['Call-ID', 'From', 'To']));
  });
});

describe('an answer of ours', () => {
  it('RFC 3261 §8.2.6.2: copies From, Call-ID, CSeq, To and all Vias in order, and adds a To tag', async () => {
    const { scene } = await calling((session) => session.provisional(180));
    const invite = scene.requests('INVITE')[0]!;
    const forwarded = sipRequest('OPTIONS', invite.uri, [
      { name: 'Via', value: `SIP/2.0/UDP ${citizenHost}:5060;branch=z9hG4bKone` },
      { name: 'Via', value: 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKtwo' },
      ...['From', 'To', 'Call-ID'].map((name) => ({ name, value: headerValue(invite, name)! })),
      { name: 'CSeq', value: '9 OPTIONS' },
    ]);
    scene.toHouse(forwarded);
    await scene.pass(20);
    const answer = scene.responses(200)[0]!;
    expect(headerValues(answer, 'Via').map((via) => parseVia(via)?.parameters.get('branch'))).toEqual([
      'z9hG4bKone',
      'z9hG4bKtwo',
    ]);
    expect(values(answer, ['From', 'Call-ID', 'CSeq'])).toEqual(values(forwarded, ['From', 'Call-ID', 'CSeq']));
    expect(headerValue(answer, 'To')).toMatch(/;tag=\w+$/);
  });

  it('RFC 3261 §8.2.6.1: 100 takes the Timestamp over and gets no To tag', () => {
    const request = sipRequest('INVITE', 'sip:x', [
      { name: 'To', value: '<sip:x@y>' },
      { name: 'Timestamp', value: '54' },
    ]);
    const trying = createResponse(request, 100);
    expect([headerValue(trying, 'Timestamp'), headerValue(trying, 'To')]).toEqual(['54', '<sip:x@y>']);
  });

  it('RFC 3261 §12.1.1: that makes a dialog carries Contact and the Record-Routes in order', async () => {
    const { scene } = await calling((session) => session.accept(sdpBody('v=0 answer')));
    const recorded = [`<sip:p2.test;lr>`, `<sip:p1.test;lr>`];
    const invite = changed(rebranched(scene.requests('INVITE')[0]!, 'recorded'), { 'Call-ID': 'recorded' });
    const routes = recorded.map((value) => ({ name: 'Record-Route', value }));
    scene.toHouse(sipRequest('INVITE', invite.uri, [...invite.headers, ...routes], invite.body));
    await scene.pass(20);
    const success = scene.responses(200).at(-1)!;
    expect(headerValues(success, 'Record-Route')).toEqual(recorded);
    expect(headerValues(success, 'Contact')).toHaveLength(1);
  });

  it('RFC 3261 §17.2.1: is 100 where the owner takes its time', async () => {
    const { scene } = await calling();
    expect(scene.sent).toEqual(['INVITE', '100']);
  });

  it('RFC 3261 §9.2: a CANCEL that matches nothing gets 481, one that does 200', async () => {
    const { scene, session } = await calling((one) => one.provisional(180));
    const invite = scene.requests('INVITE')[0]!;
    const cancel = (branch: string) => {
      const headers = rebranched(invite, branch).headers.map((header) =>
        header.name === 'CSeq' ? { name: 'CSeq', value: '1 CANCEL' } : header,
      );
      scene.toHouse(sipRequest('CANCEL', invite.uri, headers));
    };
    cancel('unknown');
    await scene.pass(20);
    expect(scene.responses(481)).toHaveLength(1);
    session.cancel();
    await scene.pass(20);
    expect(scene.responses(200).map((one) => headerValue(one, 'CSeq'))).toEqual(['1 CANCEL']);
    expect(scene.responses(487)).toHaveLength(1);
  });

  it('RFC 3261 §9.2: the answers to a CANCEL and to its INVITE bear the same To tag', async () => {
    const { scene, session } = await calling();
    session.cancel();
    scene.incoming[0]!.provisional(180);
    await scene.pass(20);
    const tagged = [...scene.responses(180), ...scene.responses(200), ...scene.responses(487)];
    const tags = tagged.map((response) => headerValue(response, 'To'));
    expect(tags).toHaveLength(3);
    expect(new Set(tags).size).toBe(1);
  });

  it('RFC 3261 §15.1.2: a BYE before the answer ends the INVITE with 487, one of no dialog gets 481', async () => {
    const { scene } = await calling((one) => one.provisional(180));
    const invite = scene.requests('INVITE')[0]!;
    const to = headerValue(scene.responses(180)[0]!, 'To')!;
    const bye = (branch: string, value: string) => {
      const { headers } = changed(rebranched(invite, branch), { To: value, CSeq: '2 BYE', 'Content-Type': undefined });
      scene.toHouse(sipRequest('BYE', invite.uri, headers));
    };
    bye('none', to.replace(/tag=.*/, 'tag=none'));
    await scene.pass(20);
    expect(scene.responses(481)).toHaveLength(1);
    bye('early', to);
    await scene.pass(20);
    expect([scene.responses(487).length, scene.incoming[0]!.state]).toEqual([1, 'ended']);
  });
});

describe('what comes to us', () => {
  it('RFC 3261 §18.1.2: an answer that matches no transaction is dropped', async () => {
    const { scene, ours } = await calling((session) => session.provisional(180));
    const ring = scene.responses(180)[0]!;
    const foreign = ring.headers.map((header) =>
      header.name === 'Via' ? { name: 'Via', value: header.value.replace('z9hG4bK', 'z9hG4bKforeign') } : header,
    );
    scene.toCitizen(sipResponse(200, 'OK', foreign, sdpBody('v=0').content));
    await scene.pass(20);
    expect(ours.heard).toEqual(['provisional 180']);
  });

  it('RFC 3261 §8.1.3.2: an unknown answer counts as x00 of its class', async () => {
    const { ours } = await calling((session) => session.reject(499));
    expect(ours.ends[0]).toMatchObject({ cause: 'rejected', status: 499 });
    const early = await calling((session) => session.provisional(199));
    expect(early.ours.heard).toEqual(['provisional 199']);
  });

  it('RFC 6026 §7.1: a 2xx that is repeated while its ACK is lost does not call twice', async () => {
    const scene = await Scene.set({ onInvite: (session) => session.accept(sdpBody('v=0 answer')) });
    const ours = new Diary();
    let lost = 0;
    scene.lose((message) => message.kind === 'request' && message.method === 'ACK' && lost++ < 3);
    scene.citizen.invite(scene.call).handle(ours.handlers);
    await scene.pass(10_000);
    expect(ours.heard).toEqual(['accepted v=0 answer']);
    expect(scene.requests('ACK')).toHaveLength(4);
    expect(scene.responses(200)).toHaveLength(4);
    expect(scene.incoming).toHaveLength(1);
  });

  it('RFC 3264 §4: an offer while ours is open gets 491, the far side tries again', async () => {
    const scene = await Scene.established(
      { reoffer: (reoffer) => reoffer.accept(sdpBody('v=0 b')) },
      { reoffer: (reoffer) => reoffer.accept(sdpBody('v=0 a')) },
    );
    scene.stage.network.faults = { ...scene.stage.network.faults, latency: 30 };
    const results = [scene.session.reoffer(sdpBody('v=0 x')), scene.incoming[0]!.update(sdpBody('v=0 y'))];
    await scene.pass(12_000);
    const settled = await Promise.all(results);
    expect(settled.map((one) => one.accepted && sdpOf(one.response))).toEqual(['v=0 b', 'v=0 a']);
    expect(scene.responses(491).length).toBeGreaterThan(0);
  });

  it('RFC 3311 §5.2: an UPDATE while their own offer is not answered gets 500 with Retry-After', async () => {
    const scene = await Scene.established({ reoffer: () => {} });
    void scene.session.reoffer(sdpBody('v=0 first'));
    await scene.pass(50);
    const invite = scene.requests('INVITE')[0]!;
    const { headers } = changed(rebranched(invite, 'update'), { CSeq: '9 UPDATE' });
    scene.toHouse(sipRequest('UPDATE', invite.uri, headers, invite.body));
    await scene.pass(20);
    const wait = Number(headerValue(scene.responses(500)[0]!, 'Retry-After'));
    expect(wait).toBeGreaterThanOrEqual(0);
    expect(wait).toBeLessThanOrEqual(10);
  });

  it('RFC 3311 §5.1: after 500 with Retry-After we try again then', async () => {
    let count = 0;
    const scene = await Scene.established({
      reoffer: (reoffer) =>
        count++ === 0
          ? reoffer.reject(500, { headers: [{ name: 'Retry-After', value: '3' }] })
          : reoffer.accept(sdpBody('v=0 second')),
    });
    const result = scene.session.update(sdpBody('v=0 update'));
    await scene.pass(2_900);
    expect(count).toBe(1);
    await scene.pass(300);
    expect((await result).accepted).toBe(true);
  });
});

describe('a dialog', () => {
  it('RFC 3261 §8.2.6.2: has one tag for all answers to its INVITE', async () => {
    const { scene, session } = await calling((incoming) => {
      incoming.provisional(180);
      incoming.provisional(183);
    });
    session.cancel();
    await scene.pass(50);
    const tags = [180, 183, 487].map((status) => headerValue(scene.responses(status)[0]!, 'To'));
    expect(new Set(tags).size).toBe(1);
    expect(tags[0]).toContain(';tag=');
  });

  it('RFC 3261 §12.2.1.2: goes on with the target that the 2xx to a re-INVITE names', async () => {
    const theirs: SessionHandlers = { reoffer: (reoffer) => reoffer.accept(sdpBody('v=0 answer')) };
    const scene = await Scene.established(theirs);
    scene.lose((message) => {
      const contact = message.kind === 'response' ? headerValue(message, 'Contact') : undefined;
      if (!contact?.includes(houseHost) || contact.includes('moved')) return false;
      scene.toCitizen(changed(message, { Contact: `<sip:moved@${houseHost}>` }));
      return true;
    });
    const result = scene.session.reoffer(sdpBody('v=0 again'));
    await scene.pass(50);
    expect((await result).accepted).toBe(true);
    scene.session.bye();
    await scene.pass(50);
    expect(scene.requests('BYE')[0]!.uri).toBe(`sip:moved@${houseHost}`);
  });
});

describe('session timers', () => {
  it('RFC 4028 §7.4: a 422 to a refresh is answered with the Min-SE it names', async () => {
    const scene = await Scene.set({
      options: { sessionExpires: 120 },
      onInvite: (session) => session.accept(sdpBody('v=0 answer')),
    });
    const session = scene.citizen.invite(scene.call);
    await scene.pass(50);
    scene.lose((message, { from }) => {
      const isShort = message.kind === 'request' && message.method === 'UPDATE' && from.host === citizenHost;
      if (!isShort || headerValue(message, 'Min-SE') !== undefined) return false;
      scene.toCitizen(createResponse(message, 422, { headers: [{ name: 'Min-SE', value: '300' }] }));
      return true;
    });
    await scene.pass(61_000);
    const refreshes = scene.requests('UPDATE');
    expect(headerValue(refreshes.at(-1)!, 'Session-Expires')).toBe('300;refresher=uac');
    expect(headerValue(refreshes.at(-1)!, 'Min-SE')).toBe('300');
    await scene.pass(400_000);
    expect([session.state, scene.incoming[0]!.state]).toEqual(['established', 'established']);
  });

  it('RFC 4028 §7.4, RFC 3311 §5.1: our UPDATE repeats the Min-SE the far side has named, and has a Contact', async () => {
    const headers = [
      { name: 'Session-Expires', value: '200;refresher=uas' },
      { name: 'Min-SE', value: '150' },
    ];
    const { scene } = await calling((session) => session.accept(sdpBody('v=0 answer')), { headers });
    await scene.pass(101_000);
    const [refresh] = scene.requests('UPDATE');
    expect(values(refresh!, ['Session-Expires', 'Min-SE'])).toEqual(['200;refresher=uac', '150']);
    expect(headerValue(refresh!, 'Contact')).toContain(houseHost);
  });

  it('RFC 4028 §10: refreshes that fail until shortly before the end are followed by BYE', async () => {
    const scene = await Scene.set({
      options: { sessionExpires: 200 },
      onInvite: (session) => session.accept(sdpBody('v=0 answer')),
    });
    const ours = new Diary();
    scene.citizen.invite(scene.call).handle(ours.handlers);
    await scene.pass(50);
    scene.lose((message) => {
      if (message.kind !== 'request' || message.method !== 'UPDATE') return false;
      scene.toCitizen(createResponse(message, 500));
      return true;
    });
    await scene.pass(200_000);
    expect(ours.heard.at(-1)).toBe('ended network expired');
    expect(scene.sent).toContain('BYE');
  });
});

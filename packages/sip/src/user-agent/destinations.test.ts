import { describe, expect, it } from 'vitest';
import { headerValue, sdpBody, sipRequest } from '../index.ts';
import type { Destination, ServerSession } from '../index.ts';
import { responseDestination } from '../transactions/response-destination.ts';
import { Diary, Stage, callTo } from '../testing/index.ts';
import { nextHopDestination } from './next-hop-destination.ts';

const udp = (address: string, port: number): Destination => ({ transport: 'udp', address, port });

describe('in-dialog requests go', () => {
  const peer = udp('203.0.113.9', 40_000);
  it.each([
    ['to the Contact’s address', 'sip:a@198.51.100.4:5066', udp('198.51.100.4', 5066)],
    ['to port 5060 by default', 'sip:a@198.51.100.4', udp('198.51.100.4', 5060)],
    [
      'over TCP when it says so',
      'sip:a@198.51.100.4;transport=tcp',
      { transport: 'tcp', address: '198.51.100.4', port: 5060 },
    ],
    ['to the source, when the Contact is a private address behind NAT', 'sip:a@192.168.1.5:5060', peer],
    ['to the source, never to our own loopback', 'sip:a@127.0.0.1:5432', peer],
    ['to the source, when the Contact is a name', 'sip:a@phone.invalid', peer],
    ['to the source, when the Contact is no SIP URI', 'tel:+49', peer],
  ])('%s', (_what, uri, expected) => {
    expect(nextHopDestination(uri, peer, () => true)).toEqual(expected);
  });

  it.each([
    ['sip:a@198.51.100.4:5066;transport=tcp', 5066],
    ['sip:a@198.51.100.4', 5061],
  ])('RFC 5630 §3.1.3: over TLS once it was TLS, and to the same name: %s', (uri, port) => {
    const provider: Destination = { transport: 'tls', address: '203.0.113.9', port: 5061, serverName: 'sip.example' };
    const next = nextHopDestination(uri, provider, () => true);
    expect(next).toEqual({ transport: 'tls', address: '198.51.100.4', port, serverName: 'sip.example' });
  });

  it('RFC 5630 §5.1.1: over TLS when the Contact is a SIPS URI', () => {
    expect(nextHopDestination('sips:a@198.51.100.4', peer, () => true)).toMatchObject({ transport: 'tls', port: 5061 });
  });

  it('over the connection they came from, whatever the Contact says', () => {
    const flow: Destination = { transport: 'ws', address: '203.0.113.9', port: 1, flowId: 'ws-1' };
    expect(nextHopDestination('sip:x@198.51.100.4', flow, () => true)).toBe(flow);
  });

  it('to the Contact over the same protocol when the TCP connection they came from is gone', () => {
    const flow: Destination = { transport: 'tcp', address: '203.0.113.9', port: 40_000, flowId: 'tcp-1' };
    const next = nextHopDestination('sip:x@203.0.113.9:5061', flow, (one) => one.flowId === undefined);
    expect(next).toEqual({ transport: 'tcp', address: '203.0.113.9', port: 5061 });
  });

  it('only to the peer itself when the owner says so', async () => {
    const stage = new Stage();
    const sessions: ServerSession[] = [];
    await stage.agent('198.51.100.2', {
      handlers: {
        onInvite: (session) => {
          sessions.push(session);
          session.stayAtPeer();
          session.accept(sdpBody('v=0'));
        },
      },
    });
    const phone = await stage.agent('198.51.100.1');
    const headers = [{ name: 'Contact', value: '<sip:x@203.0.113.99:5432>' }];
    phone.invite({ ...callTo('198.51.100.2'), headers });
    await stage.pass(50);
    sessions[0]!.bye();
    const last = stage.network.sent.at(-1)!;
    expect(last.to).toEqual({ host: '198.51.100.1', port: 5060 });
    expect(last.message).toMatchObject({ method: 'BYE', uri: 'sip:x@203.0.113.99:5432' });
  });
});

describe('a connection', () => {
  const house = '198.51.100.2';
  const flow: Destination = { ...udp(house, 5060), flowId: 'ws-1' };

  it('that is gone fails the call that rings over it at once', async () => {
    const stage = new Stage();
    await stage.agent(house, { handlers: { onInvite: (session) => session.provisional(180) } });
    const closed: string[] = [];
    const transport = stage.network.transport('198.51.100.3');
    const caller = await stage.agent('198.51.100.3', {
      transports: [transport],
      handlers: { onFlowClosed: (flowId) => closed.push(flowId) },
    });
    const [ringing, other] = [new Diary(), new Diary()];
    caller.invite({ ...callTo(house), destination: flow }).handle(ringing.handlers);
    caller.invite({ ...callTo(house), destination: udp(house, 5060) }).handle(other.handlers);
    await stage.pass(50);
    caller.closeFlow('ws-1');
    expect(ringing.heard).toEqual(['provisional 180', 'ended network unreachable']);
    expect(other.heard).toEqual(['provisional 180']);
    expect(closed).toEqual(['ws-1']);
  });

  it('that is replaced carries the BYE of a running call', async () => {
    const stage = new Stage();
    await stage.agent(house, { handlers: { onInvite: (session) => session.accept(sdpBody('v=0')) } });
    const caller = await stage.agent('198.51.100.1');
    const session = caller.invite({ ...callTo(house), stayAtPeer: true });
    await stage.pass(50);
    session.peerMovedTo(udp('198.51.100.44', 7_000));
    session.bye();
    expect(stage.network.sent.at(-1)!.to).toEqual({ host: '198.51.100.44', port: 7_000 });
  });
});

describe('responses go', () => {
  const source = { ...udp('203.0.113.9', 40_000), secure: false };
  it.each([
    ['RFC 3581 §4: to the source port with rport', 'SIP/2.0/UDP 10.0.0.1:5070;rport=40000;branch=z9hG4bKx', 40_000],
    ['RFC 3261 §18.2.2: to the Via port without', 'SIP/2.0/UDP 10.0.0.1:5070;branch=z9hG4bKx', 5_070],
    ['to 5060 without both, and never to maddr', 'SIP/2.0/UDP 10.0.0.1;maddr=224.2.0.1;branch=z9hG4bKx', 5_060],
  ])('%s', (_what, via, port) => {
    const request = sipRequest('OPTIONS', 'sip:x', [{ name: 'Via', value: via }]);
    expect(responseDestination(request, source)).toEqual(udp('203.0.113.9', port));
  });
});

describe('requests above 1300 bytes', () => {
  const large = { headers: [{ name: 'Subject', value: 'x'.repeat(1_400) }] };

  it('RFC 3261 §18.1.1: fall back to UDP where TCP cannot be had', async () => {
    const stage = new Stage();
    await stage.agent('198.51.100.2');
    const client = await stage.agent('198.51.100.1');
    const call = callTo('198.51.100.2');
    const answer = client.request({
      ...call,
      ...large,
      body: undefined,
      method: 'OPTIONS',
      destination: { ...call.destination, alsoTcp: true },
    });
    await stage.pass(50);
    expect((await answer).status).toBe(200);
    expect(headerValue(stage.network.sent[0]!.message, 'Via')).toContain('SIP/2.0/UDP');
  });
});

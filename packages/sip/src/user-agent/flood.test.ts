import { describe, expect, it } from 'vitest';
import { createResponse, sipRequest } from '../index.ts';
import type { SipRequest } from '../index.ts';
import { Stage } from '../testing/index.ts';

const house = { host: '198.51.100.2', port: 5060 };
const attacker = { host: '203.0.113.66', port: 5060 };

function request(method: string, number: number): SipRequest {
  return sipRequest(method, `sip:${number}@${house.host}`, [
    { name: 'Via', value: `SIP/2.0/UDP ${attacker.host};branch=z9hG4bK${number}` },
    { name: 'From', value: `<sip:x@evil.test>;tag=${number}` },
    { name: 'To', value: `<sip:${number}@${house.host}>` },
    { name: 'Call-ID', value: `flood-${number}` },
    { name: 'CSeq', value: `1 ${method}` },
    { name: 'Contact', value: `<sip:x@${attacker.host}>` },
  ]);
}

const statuses = (stage: Stage) =>
  Object.entries(
    Object.groupBy(
      stage.sent.filter((one) => /^\d/.test(one)),
      (one) => one,
    ),
  ).map(([status, all]) => `${all!.length} × ${status}`);

describe('a flood', () => {
  it('RFC 3261 §8.2.7: of 10,000 INVITEs that are challenged leaves nothing behind', async () => {
    const stage = new Stage();
    const agent = await stage.agent(house.host, {
      handlers: { onInvite: () => {}, screen: () => ({ status: 407 }) },
    });
    for (let count = 0; count < 10_000; count++) {
      stage.network.carry(attacker, house, request('INVITE', count));
      if (count % 50 === 49) stage.clock.advance(5);
    }
    expect(agent.load).toEqual({ sessions: 0, subscriptions: 0, transactions: 0 });
    expect(stage.sent.filter((one) => one === '407')).toHaveLength(10_000);
    expect(stage.clock.pendingTimers).toBeLessThan(100);
  });

  it('beyond the limit of transactions gets a stateless 503, and recovers', async () => {
    const stage = new Stage();
    const agent = await stage.agent(house.host, {
      limits: { transactions: 50 },
      methods: ['OPTIONS'],
      handlers: { onRequest: (incoming) => void stage.clock.after(1_000, () => incoming.respond(200)) },
    });
    for (let count = 0; count < 200; count++) stage.network.carry(attacker, house, request('OPTIONS', count));
    await stage.pass(10);
    expect(agent.load.transactions).toBe(50);
    expect(statuses(stage)).toEqual(['150 × 503']);
    await stage.pass(1_010);
    expect(statuses(stage).sort()).toEqual(['150 × 503', '50 × 200']);
    expect(agent.load.transactions).toBe(0);
    stage.network.sent.length = 0;
    stage.network.carry(attacker, house, request('OPTIONS', 1_000));
    await stage.pass(1_010);
    expect(stage.sent).toEqual(['OPTIONS', '200']);
  });

  it('RFC 3261 §11.2: of OPTIONS that nobody serves is answered without state', async () => {
    const stage = new Stage();
    const agent = await stage.agent(house.host);
    for (let count = 0; count < 100; count++) stage.network.carry(attacker, house, request('OPTIONS', count));
    stage.clock.advance(10);
    expect(statuses(stage)).toEqual(['100 × 200']);
    expect(agent.load.transactions).toBe(0);
  });

  it('RFC 3261 §22.1: of responses and ACKs nobody waits for is not answered', async () => {
    const stage = new Stage();
    await stage.agent(house.host);
    for (let count = 0; count < 100; count++) {
      stage.network.carry(attacker, house, createResponse(request('INVITE', count), 200, { toTag: 'x' }));
      stage.network.carry(attacker, house, request('ACK', count));
      stage.network.carryBytes(attacker, house, new TextEncoder().encode(`SIP/2.0 999 x\r\n${count}\r\n\r\n`));
    }
    await stage.pass(50);
    expect(stage.network.sent.filter(({ from }) => from.host === house.host)).toEqual([]);
  });

  it('of dropped scanners is met with silence', async () => {
    const stage = new Stage();
    await stage.agent(house.host, { handlers: { screen: () => 'drop' } });
    stage.network.carry(attacker, house, request('OPTIONS', 1));
    await stage.pass(50);
    expect(stage.sent).toEqual(['OPTIONS']);
  });

  it('an answer never names product or version', async () => {
    const stage = new Stage();
    await stage.agent(house.host);
    stage.network.carry(attacker, house, request('OPTIONS', 1));
    stage.network.carry(attacker, house, request('SUBSCRIBE', 2));
    await stage.pass(50);
    const names = stage.network.sent
      .filter(({ from }) => from.host === house.host)
      .flatMap(({ message }) => message.headers.map((header) => header.name));
    expect(names).not.toContain('Server');
    expect(names).not.toContain('User-Agent');
  });
});

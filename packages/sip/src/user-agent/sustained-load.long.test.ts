import { expect, it } from 'vitest';
import { headerValue, sipRequest } from '../index.ts';
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

it(
  'RFC 3261 §17.2.2: 3,000 REGISTERs a second for 40 seconds are served to the last, and repetitions answered alike',
  { timeout: 60_000 },
  async () => {
    const stage = new Stage();
    let asked = 0;
    const onRequest = (incoming: { respond(status: number): void }) => incoming.respond(200 + (asked++ % 2));
    const agent = await stage.agent(house.host, { methods: ['REGISTER'], handlers: { onRequest } });
    const answers = new Map<string, number>();
    let others = 0;
    stage.network.filter = ({ message, from }) => {
      if (from.host !== house.host || message.kind !== 'response') return true;
      if (message.status >= 300) others++;
      answers.set(headerValue(message, 'Call-ID')!, message.status);
      stage.network.sent.length = 0;
      return false;
    };
    const perTurn = 30;
    for (let turn = 0; turn < 4_000; turn++) {
      for (let place = 0; place < perTurn; place++) {
        stage.network.carry(attacker, house, request('REGISTER', turn * perTurn + place));
      }
      stage.clock.advance(10);
    }
    expect([asked, others, answers.size, agent.load.transactions]).toEqual([120_000, 0, 120_000, 0]);
    // The last 30 seconds of them.
    for (const number of [119_999, 90_000, 60_000, 30_001]) {
      answers.clear();
      stage.network.carry(attacker, house, request('REGISTER', number));
      stage.clock.advance(10);
      expect([...answers]).toEqual([[`flood-${number}`, 200 + (number % 2)]]);
    }
    expect(asked).toBe(120_000);
    stage.clock.advance(34_000);
    expect(stage.clock.pendingTimers).toBe(0);
  },
);

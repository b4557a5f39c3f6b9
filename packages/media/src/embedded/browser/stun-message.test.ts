import { seededRandom } from '@amtsleitung/base/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IceLiteAgent, newIceCredentials } from './ice-lite-agent.ts';
import { isIntegrityRight, parseStun, printBindingSuccess } from './stun-message.ts';
import { bindingRequest } from '../../testing/binding-request.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** RFC 5769 §2.1 to §2.3. */
const password = 'VOkJxbRl1RmTxUk/WvJxBt';
const transaction = '2112a442 b7e7a701bc34d686fa87dfae';
const request = hex(`00010058 ${transaction}
  80220010 5354554e207465737420636c69656e74 00240004 6e0001ff 80290008 932ff9b151263b36
  00060009 6576746a3a68367659202020 00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004 e57a3bcf`);
const responses = [
  hex(`0101003c ${transaction} 8022000b 7465737420766563746f7220 00200008 0001a147e112a643
    00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96`),
  hex(`01010048 ${transaction} 8022000b 7465737420766563746f7220 00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9
    00080014 a382954e4be67bf11784c97c8292c275bfe3ed41 80280004 c8fb0b4c`),
];

describe('STUN', () => {
  it('reads the vectors of RFC 5769', () => {
    const message = parseStun(request)!;
    expect(message).toMatchObject({ type: 1, username: 'evtj:h6vY', useCandidate: false });
    expect(isIntegrityRight(message, password)).toBe(true);
    expect(isIntegrityRight(message, 'other')).toBe(false);
    for (const response of responses) expect(isIntegrityRight(parseStun(response)!, password)).toBe(true);
  });

  it('answers as RFC 5769 §2.2 does', () => {
    const answer = printBindingSuccess(parseStun(request)!, '192.0.2.1', 32853, password);
    const message = parseStun(answer)!;
    expect(isIntegrityRight(message, password)).toBe(true);
    expect(answer.includes(hex('00200008 0001a147e112a643'))).toBe(true);
    expect(answer.length).toBeLessThanOrEqual(request.length);
  });

  it('answers as RFC 5769 §2.3 does', () => {
    const answer = printBindingSuccess(parseStun(request)!, '2001:db8:1234:5678:11:2233:4455:6677', 32853, password);
    expect(isIntegrityRight(parseStun(answer)!, password)).toBe(true);
    expect(answer.includes(hex('00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9'))).toBe(true);
    expect(answer.length).toBeLessThanOrEqual(request.length);
  });

  it('reads no message that was changed, cut or made up', () => {
    for (let at = 0; at < request.length; at++) {
      const changed = Buffer.from(request);
      changed[at]! ^= 0x10;
      expect(parseStun(changed), `byte ${at}`).toBeUndefined();
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => parseStun(Buffer.from(bytes)) === undefined));
  });
});

describe('ICE-lite', () => {
  const local = newIceCredentials(seededRandom(1));
  const source = { address: '192.0.2.1', port: 5000 };
  const check = (agent: IceLiteAgent, options: Partial<Parameters<typeof bindingRequest>[0]> = {}, from = source) =>
    agent.check(
      parseStun(bindingRequest({ local: local.ufrag, remote: 'them', password: local.password, ...options }))!,
      from,
    );

  it('answers genuine checks only, and sends where the browser nominates', () => {
    const agent = new IceLiteAgent(local);
    agent.setRemote('them');
    expect(check(agent, { password: 'wrong' })).toBeUndefined();
    expect(check(agent, { local: 'someone' })).toBeUndefined();
    expect(check(agent, { remote: 'stranger', useCandidate: true })).toBeUndefined();
    expect(check(agent)).toBe(local.password);
    expect(agent.selected).toBeUndefined();
    check(agent, { useCandidate: true });
    expect(agent.selected).toEqual(source);
    const moved = { address: '198.51.100.7', port: 6000 };
    check(agent, { useCandidate: true }, moved);
    expect(agent.selected).toEqual(moved);
  });

  it('goes on with the old credentials until the new ones are used', () => {
    const agent = new IceLiteAgent(local);
    agent.setRemote('them');
    const fresh = newIceCredentials(seededRandom(2));
    agent.restart(fresh, 'they');
    expect(check(agent)).toBe(local.password);
    const renewed = { local: fresh.ufrag, remote: 'they', password: fresh.password, useCandidate: true };
    expect(check(agent, renewed)).toBe(fresh.password);
    expect(check(agent)).toBeUndefined();
    expect(agent.ufrags).toEqual([fresh.ufrag]);
  });
});

import type { CallTraceView } from '@amtsleitung/contract';
import { describe, expect, it } from 'vitest';
import { ladderOf, ladderText } from './ladder-lines.ts';

const message = (at: number, direction: 'received' | 'sent', peer: string, summary: string) => ({
  ...{ at, direction, peer, summary },
  transport: 'udp' as const,
  text: `${summary} sip:x SIP/2.0\r\n\r\n`,
});
const trace: CallTraceView = {
  callId: 'c',
  legs: [
    { leg: 'a', messages: [message(1, 'received', 'Leitung', 'INVITE'), message(9, 'sent', 'Leitung', '200 OK')] },
    {
      leg: 'b',
      messages: [message(3, 'sent', 'Tisch', 'INVITE'), message(4, 'sent', 'Browser', 'INVITE')],
    },
  ],
};

describe('a ladder', () => {
  it('puts who began left of the house, the others right of it, and all messages in time', () => {
    const { columns, house, lines } = ladderOf(trace, 'Haus');
    expect(columns).toEqual(['Leitung', 'Haus', 'Tisch', 'Browser']);
    expect(house).toBe(1);
    expect(lines.map(({ column, message: { at } }) => [at, column])).toEqual([
      ...[
        [1, 0],
        [3, 2],
        [4, 3],
        [9, 0],
      ],
    ]);
  });

  it('can be read as text', () => {
    const text = ladderText(ladderOf(trace, 'Haus'));
    expect(text).toMatch(/UDP {2}Leitung → Haus {2}INVITE\n/);
    expect(text).toMatch(/UDP {2}Haus → Tisch {2}INVITE\n/);
    expect(text).toContain('200 OK sip:x SIP/2.0\n');
  });

  it('of nothing is empty', () => expect(ladderOf({ callId: 'c', legs: [] }, 'Haus').lines).toEqual([]));
});

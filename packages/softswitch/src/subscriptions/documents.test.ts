import type { Lamp } from '@amtsleitung/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LampState } from './lamp-state.ts';
import { MessageSummaryState } from './message-summary-state.ts';
import { PresenceState } from './presence-state.ts';
import { xmlText } from './xml-text.ts';

const text = ({ content }: { readonly content: Uint8Array }) => new TextDecoder().decode(content);

function lampState(lamp: () => Lamp | undefined, entity = 'sip:121@town.example') {
  let count = 0;
  const forgotten: number[] = [];
  const state = new LampState({
    entity,
    lamp,
    nameRinging: () => ({ callId: `c${++count}`, toTag: 'l', fromTag: 'r', earlyOnly: false }),
    forgetRinging: () => forgotten.push(count),
  });
  return { state, forgotten };
}

describe('a lamp', () => {
  it('RFC 4235 §4.1: the version counts up by one with every document, from zero', () => {
    const { state } = lampState(() => 'free');
    const versions = [1, 2, 3].map(() => /version="(\d+)"/.exec(text(state.document()))?.[1]);
    expect(versions).toEqual(['0', '1', '2']);
  });

  it('RFC 4235 §4.1.1: a ringing line is an early dialog that can be replaced, a new one for every ringing', () => {
    let lamp: Lamp = 'ringing';
    const { state, forgotten } = lampState(() => lamp);
    const first = text(state.document());
    expect(first).toContain('<dialog id="line" call-id="c1" local-tag="l" remote-tag="r" direction="recipient">');
    expect(first).toContain('<state>early</state>');
    expect(text(state.document())).toContain('call-id="c1"');
    lamp = 'busy';
    expect(text(state.document())).toContain('<dialog id="line"><state>confirmed</state></dialog>');
    lamp = 'ringing';
    expect(text(state.document())).toContain('call-id="c2"');
    expect(forgotten).toEqual([1]);
  });

  it('of nobody looks like one of somebody free or away, byte for byte', () => {
    const documents = ([undefined, 'free', 'away'] as const).map((lamp) =>
      text(lampState(() => lamp).state.document()),
    );
    expect(new Set(documents).size).toBe(1);
    expect(documents[0]).toContain('<state>terminated</state>');
  });

  it('stays well-formed XML whatever a phone asks for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (entity) => {
        const [, written = ''] = /entity="([^"]*)"/.exec(text(lampState(() => 'busy', entity).state.document())) ?? [];
        expect(written).toBe(xmlText(entity));
        expect(written).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|apos);)/);
      }),
    );
  });
});

describe('presence', () => {
  it.each([
    ['free', 'open', undefined],
    ['busy', 'open', 'on-the-phone'],
    ['ringing', 'open', 'on-the-phone'],
    ['away', 'closed', 'away'],
    [undefined, 'closed', undefined],
  ] as const)('RFC 3863 §4.1.4: %s is %s', (lamp, basic, activity) => {
    const document = text(new PresenceState('sip:121@town.example', () => lamp).document());
    expect(document).toContain(`<basic>${basic}</basic>`);
    expect(/<rpid:activities><rpid:(.*)\/>/.exec(document)?.[1]).toBe(activity);
  });
});

describe('the message light', () => {
  it('RFC 3842 §5.2: tells whether messages wait, and how many new and old', () => {
    const waiting = new MessageSummaryState('sip:mira-desk@town.example', () => ({ fresh: 2, old: 1 }));
    expect(text(waiting.document())).toBe(
      'Messages-Waiting: yes\r\nMessage-Account: sip:mira-desk@town.example\r\nVoice-Message: 2/1 (0/0)\r\n',
    );
    const none = new MessageSummaryState('sip:mira-desk@town.example', () => ({ fresh: 0, old: 4 }));
    expect(text(none.document())).toContain('Messages-Waiting: no\r\n');
  });
});

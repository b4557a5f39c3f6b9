import { describe, expect, it } from 'vitest';
import { headerValue, headerValues } from '../messages/header-access.ts';
import { sipRequest, sipResponse } from '../messages/sip-message.ts';
import { dialogAck, dialogRequest, nextHop } from './dialog-request.ts';
import { dialogOfRequest, dialogOfResponse, refreshTarget, takeRequest } from './dialog-state.ts';
import { glareDelay, judgeIncomingOffer } from './offer-turn.ts';
import { agreedSessionTimer, answerSessionTimer, isIntervalTooSmall, sessionTimerDelay } from './session-timer.ts';
import { nextSuccess, successStart } from './success-machine.ts';

const header = (name: string, value: string) => ({ name, value });

const invite = sipRequest('INVITE', 'sip:bob@biloxi.test', [
  header('Record-Route', '<sip:p2.test;lr>'),
  header('Record-Route', '<sip:p1.test;lr>'),
  header('From', '"Alice" <sip:alice@atlanta.test>;tag=a'),
  header('To', '<sip:bob@biloxi.test>'),
  header('Call-ID', 'call'),
  header('CSeq', '7 INVITE'),
  header('Contact', '<sip:alice@192.0.2.1:5062>'),
]);

const ok = sipResponse(200, 'OK', [
  ...invite.headers.filter((one) => one.name !== 'Contact' && one.name !== 'To'),
  header('To', '<sip:bob@biloxi.test>;tag=b'),
  header('Contact', '<sip:bob@192.0.2.4>'),
]);

describe('a dialog', () => {
  it('RFC 3261 §12.1.1: of the called side has its route set in order', () => {
    const dialog = dialogOfRequest(invite, 'b', 100);
    expect(dialog).toMatchObject({ callId: 'call', localTag: 'b', remoteTag: 'a', remoteCSeq: 7 });
    expect(dialog.routeSet).toEqual(['<sip:p2.test;lr>', '<sip:p1.test;lr>']);
    const { request } = dialogRequest(dialog, 'BYE', { headers: [] });
    expect(request.uri).toBe('sip:alice@192.0.2.1:5062');
    expect(headerValue(request, 'From')).toBe('<sip:bob@biloxi.test>;tag=b');
    expect(headerValue(request, 'To')).toBe('Alice <sip:alice@atlanta.test>;tag=a');
    expect(headerValue(request, 'CSeq')).toBe('101 BYE');
  });

  it('RFC 3261 §12.1.2: of the calling side has its route set reversed', () => {
    const dialog = dialogOfResponse(invite, ok)!;
    expect(dialog).toMatchObject({ localTag: 'a', remoteTag: 'b', remoteTarget: 'sip:bob@192.0.2.4', localCSeq: 7 });
    expect(dialog.routeSet).toEqual(['<sip:p1.test;lr>', '<sip:p2.test;lr>']);
    expect(nextHop(dialog)).toBe('sip:p1.test;lr');
    const ack = dialogAck(dialog, 7, { headers: [] });
    expect([ack.uri, headerValue(ack, 'CSeq')]).toEqual(['sip:bob@192.0.2.4', '7 ACK']);
    expect(headerValues(ack, 'Route')).toEqual(dialog.routeSet);
  });

  it('RFC 3261 §12.2.1.1: through a strict router puts the target last', () => {
    const dialog = { ...dialogOfResponse(invite, ok)!, routeSet: ['<sip:strict.test>', '<sip:p2.test;lr>'] };
    const { request } = dialogRequest(dialog, 'INFO', { headers: [] });
    expect(request.uri).toBe('sip:strict.test');
    expect(headerValues(request, 'Route')).toEqual(['<sip:p2.test;lr>', '<sip:bob@192.0.2.4>']);
  });

  it('RFC 3261 §12.1: is not made by a response without To tag', () => {
    expect(dialogOfResponse(invite, sipResponse(180, '', invite.headers))).toBeUndefined();
  });

  it('RFC 3261 §12.2.2: takes requests of rising CSeq only', () => {
    const dialog = dialogOfRequest(invite, 'b', 1);
    const numbered = (number: number) => sipRequest('INFO', 'sip:x', [header('CSeq', `${number} INFO`)]);
    expect(takeRequest(dialog, numbered(7))).toBeUndefined();
    expect(takeRequest(dialog, numbered(6))).toBeUndefined();
    expect(takeRequest(dialog, numbered(20))?.remoteCSeq).toBe(20);
  });

  it('RFC 3261 §12.2.2: keeps its target when a refresh has no Contact', () => {
    const dialog = dialogOfRequest(invite, 'b', 1);
    expect(refreshTarget(dialog, sipRequest('UPDATE', 'sip:x', []))).toBe(dialog);
  });
});

describe('offers', () => {
  it.each([
    ['none', { allowed: true }],
    ['local', { allowed: false, status: 491 }],
    ['remote', { allowed: false, status: 500, retryAfter: 4 }],
  ] as const)('RFC 3261 §14.2, RFC 3311 §5.2: while %s has the turn', (turn, verdict) => {
    expect(judgeIncomingOffer(turn, 4)).toEqual(verdict);
  });

  it('RFC 3261 §14.1: after glare the opener of the dialog waits 2.1 to 4 s, the other up to 2 s, in steps of 10 ms', () => {
    expect([glareDelay(true, 0), glareDelay(true, 0.999), glareDelay(false, 0), glareDelay(false, 0.5)]).toEqual([
      2_100, 4_000, 0, 1_000,
    ]);
  });
});

describe('2xx until ACK, RFC 3261 §13.3.1.4', () => {
  it('RFC 3261 §13.3.1.4: repeats after 0.5, 1, 2, 4, 4 … s and gives up after 32 s', () => {
    const waits: number[] = [];
    let state = successStart;
    for (;;) {
      waits.push(state.interval);
      const step = nextSuccess(state, 'timer');
      state = step.state;
      if (step.effect === 'give-up') break;
    }
    expect(waits.reduce((sum, wait) => sum + wait)).toBe(32_000);
    expect(waits.slice(0, 5)).toEqual([500, 1_000, 2_000, 4_000, 4_000]);
    expect(nextSuccess(state, 'ack').effect).toBe('none');
  });

  it('RFC 3261 §13.3.1.4: ends with the ACK', () => {
    const { state, effect } = nextSuccess(successStart, 'ack');
    expect([effect, nextSuccess(state, 'timer').effect]).toEqual(['acknowledged', 'none']);
  });
});

describe('session timer, RFC 4028', () => {
  const asking = (value: string, supported = 'timer') =>
    sipRequest('INVITE', 'sip:x', [header('Session-Expires', value), header('Supported', supported)]);

  it.each([
    ['1800', 'timer', '1800;refresher=uac', 'remote'],
    ['1800;refresher=uas', 'timer', '1800;refresher=uas', 'local'],
    ['1800', 'replaces', '1800;refresher=uas', 'local'],
  ])('RFC 4028 §9: %s from a peer that supports %s is answered %s', (value, supported, answered, refresher) => {
    const { timer, headers } = answerSessionTimer(asking(value, supported));
    expect(headers[0]!.value).toBe(answered);
    expect(timer).toEqual({ seconds: 1_800, refresher });
  });

  it('RFC 4028 §9: is not offered by us when not asked for', () => {
    expect(answerSessionTimer(invite)).toEqual({ headers: [] });
  });

  it('RFC 4028 §9: below 90 s is too small, unless the peer could not know', () => {
    expect([
      isIntervalTooSmall(asking('60')),
      isIntervalTooSmall(asking('60', 'path')),
      isIntervalTooSmall(asking('90')),
    ]).toEqual([true, false, false]);
  });

  it('RFC 4028 §10: half the time when we refresh, a third or 32 s before the end when not', () => {
    const agreed = (value: string) => agreedSessionTimer(sipResponse(200, '', [header('Session-Expires', value)]));
    expect(agreed('90')).toBeDefined();
    expect(sessionTimerDelay({ seconds: 90, refresher: 'local' })).toBe(45_000);
    expect(sessionTimerDelay({ seconds: 90, refresher: 'remote' })).toBe(60_000);
    expect(sessionTimerDelay({ seconds: 1_800, refresher: 'remote' })).toBe(1_768_000);
  });
});

import type { PhoneCallView, PhoneStateView } from '@amtsleitung/contract';
import { describe, expect, it } from 'vitest';
import type { PhoneSession } from './browser-phone.ts';
import { callCards as cards, type OwnKnowledge } from './call-cards.ts';

const call = (callId: string, state: PhoneCallView['state']): PhoneCallView => ({
  callId,
  state,
  direction: 'inbound',
  party: {},
  partyText: '0171 3920042',
  arrivedAt: 1000,
});
const session = (callId: string, change: Partial<PhoneSession> = {}): PhoneSession => ({
  callId,
  state: 'ringing',
  own: false,
  muted: false,
  partyText: '0171 3920042',
  subject: 'Bürgerservice',
  startedAt: 5000,
  ...change,
});
const phone = (calls: PhoneCallView[], wrapUp?: PhoneStateView['wrapUp']): PhoneStateView => ({
  calls,
  reachable: true,
  ...(wrapUp === undefined ? {} : { wrapUp }),
});
const callCards = (told: PhoneStateView | undefined, sessions: PhoneSession[], more: Partial<OwnKnowledge> = {}) =>
  cards(told, { sessions, refused: [], over: [], stale: false, ...more });
const wrapUp = { callId: 'a', hotlineId: 'h', hotlineName: 'Bürgerservice', endsAt: 9 };

describe('the call card', () => {
  it('is free without calls, also before the house has spoken', () => {
    expect(callCards(undefined, []).main).toEqual({ kind: 'free' });
    expect(callCards(phone([]), []).main).toEqual({ kind: 'free' });
  });
  it('joins the call of the house with the session of this tab', () => {
    const { main } = callCards(phone([call('a', 'ringing')]), [session('a')]);
    expect(main).toMatchObject({ kind: 'ringing', session: { callId: 'a' } });
  });
  it('rings at once when the INVITE overtakes the push', () => {
    const { main } = callCards(phone([]), [session('a')]);
    expect(main).toMatchObject({ kind: 'ringing', call: { hotlineName: 'Bürgerservice', arrivedAt: 5000 } });
  });
  it('is a talk as soon as it was answered here, before the house says so', () => {
    const { main } = callCards(phone([call('a', 'ringing')]), [session('a', { state: 'connected' })]);
    expect(main).toMatchObject({ kind: 'call', call: { state: 'connected', connectedAt: 5000 } });
    const waiting = callCards(phone([call('a', 'ringing')]), [session('a', { state: 'answering' })]);
    expect(waiting.main.kind).toBe('ringing');
  });
  it('keeps a call in hand while the line to the house is broken', () => {
    const { main } = callCards(undefined, [session('a', { state: 'connected' })]);
    expect(main).toMatchObject({ kind: 'call', call: { state: 'connected', connectedAt: 5000 } });
  });
  it('takes a call that ended here for over while the house cannot be asked', () => {
    const told = phone([call('a', 'connected')]);
    expect(callCards(told, [], { over: ['a'], stale: true }).main.kind).toBe('free');
    expect(callCards(told, [], { over: ['a'] }).main.kind).toBe('call');
  });
  it('shows own calls as dialling, not as ringing', () => {
    const { main } = callCards(phone([]), [session('a', { own: true })]);
    expect(main).toMatchObject({ kind: 'call', call: { state: 'dialling', direction: 'outbound' } });
  });
  it('puts the talk before the held call and the held before the ringing one', () => {
    const calls = [call('r', 'ringing'), call('h', 'held'), call('c', 'connected')];
    const { main, others } = callCards(phone(calls), []);
    expect(
      [main, ...others].map((card) => (card.kind === 'wrap-up' || card.kind === 'free' ? '' : card.call.callId)),
    ).toEqual(['c', 'h', 'r']);
  });
  it('hides a refused call until the house has confirmed it', () => {
    expect(callCards(phone([call('a', 'ringing')]), [], { refused: ['a'] }).main.kind).toBe('free');
    expect(callCards(phone([call('a', 'connected')]), [], { refused: ['a'] }).main.kind).toBe('call');
  });
  it('offers wrap-up only when nothing rings and nobody talks', () => {
    expect(callCards(phone([], wrapUp), []).main).toEqual({ kind: 'wrap-up', wrapUp });
    expect(callCards(phone([call('b', 'ringing')], wrapUp), []).main.kind).toBe('ringing');
  });
});

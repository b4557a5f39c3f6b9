import { hotlineRoutes, phoneRoutes, type WrapUpOutcomeView } from '@amtsleitung/contract';
import { useMemo } from 'react';
import { announce } from '../announce/announcer.ts';
import { callRoute } from '../api/api-client.ts';
import { asProblem, problemSentence } from '../api/api-problem.ts';
import { words } from '../language/words.ts';
import { createStore } from '../look/store.ts';
import { useLive, useLiveLine } from '../live/live-store.ts';
import { tell } from '../parts/toast-store.ts';
import { phoneControls, useBrowserPhone } from './browser-phone.ts';
import { callCards, type CallCard, type CallCards } from './call-cards.ts';
import { dial, fetchFrom, pickUpFrom } from './own-calls.ts';

/** What is unfolded in the call card. */
export const callPanel = createStore<'none' | 'transfer' | 'keypad' | 'dial'>('none');

export function useCallCards(): CallCards {
  const { phone } = useLive();
  const { sessions, refused, over } = useBrowserPhone();
  const stale = useLiveLine().kind !== 'live';
  return useMemo(() => callCards(phone, { sessions, refused, over, stale }), [phone, sessions, refused, over, stale]);
}

const failed = (error: unknown): void => tell(problemSentence(error, words), 'problem');
const idOf = (card: CallCard): string | undefined =>
  card.kind === 'ringing' || card.kind === 'call' ? card.call.callId : undefined;

/** Starts a call and says so when it does not work. */
export async function startCall(to: string): Promise<boolean> {
  try {
    await dial(to.trim());
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

/** Answers here; a call already in hand is put on hold first. */
export async function answerCall(cards: CallCards): Promise<void> {
  const ringing = [cards.main, ...cards.others].find((card) => card.kind === 'ringing');
  if (ringing?.kind !== 'ringing' || ringing.session === undefined) return;
  const { main } = cards;
  if (main.kind === 'call' && main.call.state === 'connected')
    await callRoute(phoneRoutes.hold, { params: { id: main.call.callId } }).catch(failed);
  phoneControls.get().answer(ringing.call.callId);
}

export function rejectCall(cards: CallCards): void {
  const ringing = [...cards.others, cards.main].find((card) => card.kind === 'ringing');
  const callId = ringing === undefined ? undefined : idOf(ringing);
  if (callId !== undefined) phoneControls.get().reject(callId);
}

export async function toggleHold(card: CallCard): Promise<void> {
  if (card.kind !== 'call') return;
  const params = { id: card.call.callId };
  try {
    if (card.call.state === 'held') await callRoute(phoneRoutes.resume, { params });
    else await callRoute(phoneRoutes.hold, { params });
  } catch (error) {
    failed(error);
  }
}

export function toggleMute(card: CallCard): void {
  if (card.kind !== 'call' || card.session?.state !== 'connected') return;
  const muted = !card.session.muted;
  phoneControls.get().setMuted(card.call.callId, muted);
  announce(words(muted ? 'status.muteOn' : 'status.muteOff'));
}

export function hangUp(card: CallCard): void {
  const callId = idOf(card);
  if (callId !== undefined) phoneControls.get().hangUp(callId);
}

/** Sends the other side to another person or number without asking first. */
export async function transferCall(card: CallCard, to: string): Promise<boolean> {
  const callId = idOf(card);
  if (callId === undefined) return false;
  try {
    await callRoute(phoneRoutes.transfer, { params: { id: callId }, body: { to: to.trim() } });
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

/** Puts the call where any colleague can fetch it. */
export async function parkCall(callId: string): Promise<void> {
  try {
    const { orbit } = await callRoute(phoneRoutes.park, { params: { id: callId } });
    const back = { label: words('call.fetch'), run: () => void fetchParked(orbit) };
    tell(words('call.parked', { orbit }), 'done', back);
  } catch (error) {
    failed(error);
  }
}

export async function fetchParked(orbit: string): Promise<void> {
  await fetchFrom(orbit).catch(failed);
}

/** Takes over what rings at a colleague of the own department. */
export async function pickUpAt({
  personId,
  name,
}: {
  readonly personId: string;
  readonly name: string;
}): Promise<void> {
  await pickUpFrom(personId).catch((error: unknown) =>
    asProblem(error).code === 'no-such-call' ? tell(words('team.nothingRings', { name }), 'problem') : failed(error),
  );
}

export async function openDoor(callId: string): Promise<void> {
  await callRoute(phoneRoutes.openDoor, { params: { id: callId } }).then(() => tell(words('call.doorOpened')), failed);
}

/** The other sides of both calls talk with each other; this person leaves. */
export async function joinCalls(heldCallId: string, consultationCallId: string): Promise<void> {
  const route = callRoute(phoneRoutes.join, { params: { id: heldCallId }, body: { consultationCallId } });
  await route.then(() => tell(words('call.joined')), failed);
}

/** Ends wrap-up; with `thenPause` no call follows until the pause ends. */
export async function finishWrapUp(outcome: WrapUpOutcomeView | undefined, thenPause = false): Promise<void> {
  try {
    if (thenPause) await callRoute(hotlineRoutes.setPaused, { body: { paused: true } });
    await callRoute(hotlineRoutes.finishWrapUp, { body: outcome === undefined ? {} : { outcome } });
    announce(words(thenPause ? 'status.pausing' : 'status.freeAgain'));
  } catch (error) {
    failed(error);
  }
}

export async function setPaused(paused: boolean): Promise<void> {
  try {
    await callRoute(hotlineRoutes.setPaused, { body: { paused } });
    announce(words(paused ? 'status.pausing' : 'status.freeAgain'));
  } catch (error) {
    failed(error);
  }
}

import type { PhoneCallView } from '@amtsleitung/contract';
import { useEffect, useRef } from 'react';
import { announce, announceRinging } from '../../shared/announce/announcer.ts';
import { runningTime, spokenNumber } from '../../shared/format/formats.ts';
import { useWords, type Words } from '../../shared/language/words.ts';
import { callPanel, useCallCards } from '../../shared/phone/call-commands.ts';
import { serverNow } from '../../shared/time/wall-clock.ts';

const partyOf = (call: PhoneCallView, w: Words): string =>
  call.partyText === '' ? w('party.suppressed') : spokenNumber(call.partyText);

function ringingSentence(call: PhoneCallView, w: Words): string {
  if (call.hotlineName === undefined) return w('announce.ringing', { party: partyOf(call, w) });
  const waited = runningTime(serverNow() - (call.queuedAt ?? call.arrivedAt));
  return w('announce.ringingFor', { subject: call.hotlineName, party: partyOf(call, w), waited });
}

/** Speaks what changes about calls: ringing once per offer, then own results. Keeps the window title right. */
export function useCallAnnouncer(): void {
  const w = useWords();
  const { main, others } = useCallCards();
  const ringing = [main, ...others].find((card) => card.kind === 'ringing');
  const ringingCall = ringing?.kind === 'ringing' ? ringing.call : undefined;
  const offered = useRef<string>(undefined);
  useEffect(() => {
    if (ringingCall?.callId === offered.current) return;
    offered.current = ringingCall?.callId;
    announceRinging(ringingCall === undefined ? '' : ringingSentence(ringingCall, w));
  }, [ringingCall, w]);

  const talking = main.kind === 'call' ? main.call : undefined;
  const state = talking?.state;
  const before = useRef<PhoneCallView>(undefined);
  useEffect(() => {
    const last = before.current;
    before.current = talking;
    if (talking === undefined) callPanel.set('none');
    if (talking === undefined || (last?.callId === talking.callId && last.state === talking.state)) return;
    if (talking.state === 'connected')
      announce(last?.state === 'held' ? w('status.resumed') : w('status.connected', { party: partyOf(talking, w) }));
    if (talking.state === 'held') announce(w('status.held'));
    if (talking.state === 'transferring') announce(w('status.transferring', { target: talking.transferTarget ?? '' }));
  }, [talking, state, w]);
}

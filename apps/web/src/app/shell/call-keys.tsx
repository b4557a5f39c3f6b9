import { useNavigate } from '@tanstack/react-router';
import { useCommand } from '../../shared/keys/use-command.ts';
import {
  answerCall,
  callPanel,
  hangUp,
  rejectCall,
  toggleHold,
  toggleMute,
  useCallCards,
} from '../../shared/phone/call-commands.ts';

/** The telephone's keys work on every page. */
export function CallKeys() {
  const cards = useCallCards();
  const navigate = useNavigate();
  const { main } = cards;
  const rings = [main, ...cards.others].some((card) => card.kind === 'ringing');
  const talks = main.kind === 'call';
  useCommand('hang-up', () => hangUp(main), talks);
  useCommand('hold', () => void toggleHold(main), talks);
  useCommand('mute', () => toggleMute(main), talks);
  useCommand(
    'transfer',
    () => {
      callPanel.set('transfer');
      void navigate({ to: '/phone' });
    },
    talks,
  );
  useCommand('answer', () => void answerCall(cards), rings);
  useCommand('reject', () => rejectCall(cards), rings);
  return null;
}

import './presence.css';
import type { PresenceView } from '@amtsleitung/contract';
import { Icon } from '../icons/icon.tsx';
import type { IconName } from '../icons/icons.ts';
import { useWords, type SentenceId } from '../language/words.ts';

const looks: Record<PresenceView, { icon: IconName; words: SentenceId }> = {
  free: { icon: 'check_circle-fill', words: 'presence.free' },
  'on-phone': { icon: 'phone_in_talk-fill', words: 'presence.onPhone' },
  away: { icon: 'radio_button_unchecked', words: 'presence.away' },
  'do-not-disturb': { icon: 'do_not_disturb_on', words: 'presence.doNotDisturb' },
};

/** The four words everybody may know of everybody: same elements, same width, nothing else. */
export function Presence({ state }: { readonly state: PresenceView }) {
  const w = useWords();
  const look = looks[state];
  return (
    <span className={`al-presence al-presence--${state}`}>
      <Icon name={look.icon} size={16} />
      {w(look.words)}
    </span>
  );
}

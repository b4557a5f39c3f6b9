import { teamRoutes } from '@amtsleitung/contract';
import { Button as AriaButton, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { callRoute } from '../../shared/api/api-client.ts';
import { problemSentence } from '../../shared/api/api-problem.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import type { IconName } from '../../shared/icons/icons.ts';
import { useWords, words, type SentenceId } from '../../shared/language/words.ts';
import { useLive } from '../../shared/live/live-store.ts';
import { tell } from '../../shared/parts/toast-store.ts';
import { useBrowserPhone } from '../../shared/phone/browser-phone.ts';
import { setPaused, useCallCards } from '../../shared/phone/call-commands.ts';
import { ownStatus, type OwnStatus } from '../../shared/phone/own-status.ts';
import { useSession } from '../../shared/session/session.tsx';

const looks: Record<OwnStatus, { icon: IconName; words: SentenceId }> = {
  free: { icon: 'check_circle-fill', words: 'presence.free' },
  ringing: { icon: 'ring_volume-fill', words: 'own.ringing' },
  'on-phone': { icon: 'phone_in_talk-fill', words: 'presence.onPhone' },
  'wrap-up': { icon: 'edit_note', words: 'own.wrapUp' },
  pause: { icon: 'coffee', words: 'own.pause' },
  away: { icon: 'radio_button_unchecked', words: 'presence.away' },
  unreachable: { icon: 'wifi_off', words: 'own.unreachable' },
};
type Choice = 'free' | 'pause' | 'away';

async function choose(choice: Choice): Promise<void> {
  try {
    await callRoute(teamRoutes.setAway, { body: { away: choice === 'away' } });
    if (choice !== 'away') await setPaused(choice === 'pause');
  } catch (error) {
    tell(problemSentence(error, words), 'problem');
  }
}

/** The person's own state, finer than what colleagues see, and the way to change it. */
export function OwnStatusMenu() {
  const w = useWords();
  const { personId } = useSession();
  const { phone, hotlines, presence } = useLive();
  const { registration } = useBrowserPhone();
  const { main } = useCallCards();
  const paused = hotlines?.paused === true;
  const mine = presence.get(personId);
  const status = ownStatus({
    card: main,
    phone,
    presence: mine,
    paused,
    registeredHere: registration === 'registered',
  });
  const chosen: Choice = mine === 'away' ? 'away' : paused ? 'pause' : 'free';
  return (
    <MenuTrigger>
      <AriaButton className={`al-own al-own--${status}`} aria-label={w('own.label', { state: w(looks[status].words) })}>
        <Icon name={looks[status].icon} />
        <span>{w(looks[status].words)}</span>
        <Icon name="keyboard_arrow_down" />
      </AriaButton>
      <Popover className="al-popover" placement="bottom start">
        <Menu className="al-menu" aria-label={w('own.title')} onAction={(key) => void choose(key as Choice)}>
          <MenuSection selectionMode="single" selectedKeys={[chosen]}>
            <Header>{w('own.hint')}</Header>
            {(['free', 'pause', 'away'] as const).map((choice) => (
              <MenuItem key={choice} id={choice} className="al-menu__item" textValue={w(looks[choice].words)}>
                <Icon name={looks[choice].icon} />
                <span>
                  <span className="al-block">{w(looks[choice].words)}</span>
                  <small className="al-muted">{w(`own.${choice}Hint`)}</small>
                </span>
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

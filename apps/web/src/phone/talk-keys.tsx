import { Button as AriaButton, ToggleButton, Toolbar } from 'react-aria-components';
import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from '../shared/icons/icon.tsx';
import type { IconName } from '../shared/icons/icons.ts';
import { useWords } from '../shared/language/words.ts';
import { useStore } from '../shared/look/store.ts';
import { Kbd } from '../shared/parts/kbd.tsx';
import type { CallCard } from '../shared/phone/call-cards.ts';
import { callPanel, hangUp, toggleHold, toggleMute } from '../shared/phone/call-commands.ts';

interface FaceProps {
  readonly icon: IconName;
  readonly keys?: string;
  readonly children: ReactNode;
}
const Face = ({ icon, keys, children }: FaceProps) => (
  <>
    <Icon name={icon} size={24} />
    <span>{children}</span>
    {keys !== undefined && <Kbd>{keys}</Kbd>}
  </>
);

/** The keys of the call in hand. Audio belongs to the tab that answered; the others may still hold and transfer. */
export function TalkKeys({ card }: { readonly card: Extract<CallCard, { kind: 'call' }> }) {
  const w = useWords();
  const panel = useStore(callPanel);
  const { call, session } = card;
  const elsewhere = session === undefined;
  const held = call.state === 'held';
  const established = call.state === 'connected' || held;
  const keys = useRef<HTMLDivElement>(null);
  // The answer key is gone: the hand finds the first key of the call, but nothing is taken from a field.
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body)
      keys.current?.querySelector<HTMLElement>('button:not([disabled])')?.focus({ preventScroll: true });
  }, [established]);
  const toggle = (name: 'transfer' | 'keypad'): void => callPanel.set(panel === name ? 'none' : name);
  return (
    <>
      <Toolbar ref={keys} className="al-callkeys" aria-label={w('call.keys')}>
        <ToggleButton
          className="al-callkey"
          isSelected={session?.muted === true}
          isDisabled={elsewhere || !established}
          onChange={() => toggleMute(card)}
        >
          <Face icon={session?.muted === true ? 'mic_off' : 'mic'} keys="F8">
            {w('call.mute')}
          </Face>
        </ToggleButton>
        <AriaButton
          className={`al-callkey ${held ? 'al-callkey--held' : ''}`}
          isDisabled={!established}
          onPress={() => void toggleHold(card)}
        >
          <Face icon={held ? 'play_arrow' : 'pause'} keys="F4">
            {w(held ? 'call.resume' : 'call.hold')}
          </Face>
        </AriaButton>
        <ToggleButton
          className="al-callkey al-callkey--opens"
          isSelected={panel === 'transfer'}
          isDisabled={!established}
          onChange={() => toggle('transfer')}
        >
          <Face icon="phone_forwarded" keys="F6">
            {w('call.transfer')}
          </Face>
        </ToggleButton>
        <ToggleButton
          className="al-callkey al-callkey--opens"
          isSelected={panel === 'keypad'}
          isDisabled={elsewhere || call.state !== 'connected'}
          onChange={() => toggle('keypad')}
        >
          <Face icon="dialpad">{w('call.keypad')}</Face>
        </ToggleButton>
        <span className="al-callkeys__space" />
        <AriaButton className="al-callkey al-callkey--hangup" isDisabled={elsewhere} onPress={() => hangUp(card)}>
          <Face icon="call_end-fill" keys="F9">
            {w('call.hangUp')}
          </Face>
        </AriaButton>
      </Toolbar>
      {elsewhere && <p className="al-s al-muted">{w('call.elsewhere')}</p>}
      {!elsewhere && call.state === 'dialling' && <p className="al-s al-muted">{w('call.notYet')}</p>}
    </>
  );
}

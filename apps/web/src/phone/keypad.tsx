import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useWords } from '../shared/language/words.ts';
import { usePhoneControls } from '../shared/phone/browser-phone.ts';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const mostShown = 40;

/** Tones for the machine at the other end; the keyboard's digits work too while the focus is here. */
export function Keypad({ callId }: { readonly callId: string }) {
  const w = useWords();
  const { sendDigit } = usePhoneControls();
  const [sent, setSent] = useState('');
  const press = (digit: string): void => {
    sendDigit(callId, digit);
    setSent((before) => (before + digit).slice(-mostShown));
  };
  return (
    <div
      className="phone-keypad"
      role="group"
      aria-label={w('call.keypad')}
      onKeyDown={(event) => {
        if (digits.includes(event.key)) press(event.key);
      }}
    >
      <output className="phone-keypad__sent al-num" aria-label={w('keypad.sent')}>
        {sent}
      </output>
      <div className="phone-keypad__keys">
        {digits.map((digit) => (
          <AriaButton key={digit} className="phone-keypad__key" onPress={() => press(digit)} autoFocus={digit === '1'}>
            {digit}
          </AriaButton>
        ))}
      </div>
    </div>
  );
}

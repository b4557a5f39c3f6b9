import { describe, expect, it, vi } from 'vitest';
import { noPhone, type BrowserPhoneState, type PhoneControls } from '../../shared/phone/browser-phone.ts';
import { PhoneRelay, type RelayChannel, type RelayMessage } from './phone-relay.ts';

/** Tabs of one browser: what one says, the others hear. */
function browser() {
  const channels: RelayChannel[] = [];
  const open = (): RelayChannel => {
    const channel: RelayChannel = {
      onmessage: null,
      postMessage: (message: RelayMessage) => {
        for (const other of channels) if (other !== channel) other.onmessage?.({ data: structuredClone(message) });
      },
      close: () => void channels.splice(channels.indexOf(channel), 1),
    };
    channels.push(channel);
    return channel;
  };
  const tab = () => {
    const seen: BrowserPhoneState[] = [];
    const started: string[] = [];
    let state = noPhone;
    const relay = new PhoneRelay(open(), {
      stateNow: () => state,
      showState: (next) => seen.push(next),
      noteStarted: (callId) => started.push(callId),
    });
    return { relay, seen, started, become: (next: BrowserPhoneState) => (state = next) };
  };
  return { tab };
}
const phone = (): PhoneControls => ({
  answer: vi.fn(),
  reject: vi.fn(),
  hangUp: vi.fn(),
  setMuted: vi.fn(),
  sendDigit: vi.fn(),
  checkMicrophone: vi.fn(() => Promise.resolve()),
  close: vi.fn(() => Promise.resolve()),
});

describe('several tabs, one phone', () => {
  it('shows a tab that opens later what is going on', () => {
    const { tab } = browser();
    const first = tab();
    first.become({ ...noPhone, registration: 'registered' });
    first.relay.lead(phone());
    const second = tab();
    expect(second.seen.at(-1)?.registration).toBe('registered');
  });
  it('passes wishes on to the tab with the phone and to no other', async () => {
    const { tab } = browser();
    const [first, second] = [tab(), tab()];
    const controls = phone();
    first.relay.lead(controls);
    await second.relay.do({ name: 'answer', callId: 'a' });
    await second.relay.do({ name: 'setMuted', callId: 'a', muted: true });
    expect(controls.answer).toHaveBeenCalledExactlyOnceWith('a');
    expect(controls.setMuted).toHaveBeenCalledExactlyOnceWith('a', true);
  });
  it('tells the phone which calls were started elsewhere', () => {
    const { tab } = browser();
    const [first, second] = [tab(), tab()];
    first.relay.lead(phone());
    second.relay.tellStarted('c');
    expect(first.started).toEqual(['c']);
  });
  it('lets a sign-out wait until the phone is given back', async () => {
    const { tab } = browser();
    const [first, second] = [tab(), tab()];
    const controls = phone();
    first.relay.lead(controls);
    await second.relay.do({ name: 'close' });
    expect(controls.close).toHaveBeenCalledOnce();
  });
  it('goes on when the tab with the phone is gone', () => {
    const { tab } = browser();
    const [first, second] = [tab(), tab()];
    first.relay.lead(phone());
    first.relay.leave();
    const controls = phone();
    second.relay.lead(controls);
    void second.relay.do({ name: 'hangUp', callId: 'a' });
    expect(controls.hangUp).toHaveBeenCalledWith('a');
  });
});

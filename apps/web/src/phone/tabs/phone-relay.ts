import type { BrowserPhoneState, PhoneControls } from '../../shared/phone/browser-phone.ts';

/** What can be asked of the tab that holds the phone. */
export type RelayedCommand =
  | { readonly name: 'answer' | 'reject' | 'hangUp'; readonly callId: string }
  | { readonly name: 'setMuted'; readonly callId: string; readonly muted: boolean }
  | { readonly name: 'sendDigit'; readonly callId: string; readonly digit: string }
  | { readonly name: 'checkMicrophone' }
  | { readonly name: 'close' };

export type RelayMessage =
  | { readonly kind: 'state'; readonly state: BrowserPhoneState }
  /** A tab has opened and wants to know the state. */
  | { readonly kind: 'ask' }
  | { readonly kind: 'do'; readonly command: RelayedCommand }
  /** A tab has started a call that the phone shall answer by itself. */
  | { readonly kind: 'started'; readonly callId: string }
  | { readonly kind: 'closed' };

/** The part of a BroadcastChannel this file uses. */
export interface RelayChannel {
  postMessage(message: RelayMessage): void;
  onmessage: ((event: { data: RelayMessage }) => void) | null;
  close(): void;
}

export interface RelayPorts {
  stateNow(): BrowserPhoneState;
  showState(state: BrowserPhoneState): void;
  noteStarted(callId: string): void;
}

/** How long a sign-out waits for the tab with the phone. */
const closePatience = 1_500;

/**
 * One tab of a browser holds the phone; the others see its state and pass their wishes on to it, so that a call can
 * be handled wherever the person happens to look.
 */
export class PhoneRelay {
  readonly #channel: RelayChannel;
  readonly #ports: RelayPorts;
  #phone: PhoneControls | undefined;
  #whenClosed: () => void = () => undefined;

  constructor(channel: RelayChannel, ports: RelayPorts) {
    this.#channel = channel;
    this.#ports = ports;
    channel.onmessage = ({ data }) => this.#receive(data);
    channel.postMessage({ kind: 'ask' });
  }

  /** This tab holds the phone from now on. */
  lead(phone: PhoneControls): void {
    this.#phone = phone;
    this.tellState();
  }

  tellState(): void {
    if (this.#phone !== undefined) this.#channel.postMessage({ kind: 'state', state: this.#ports.stateNow() });
  }

  tellStarted(callId: string): void {
    this.#channel.postMessage({ kind: 'started', callId });
  }

  /** Carries a command out here, or passes it on. */
  do(command: RelayedCommand): Promise<void> {
    if (this.#phone !== undefined) return run(this.#phone, command);
    this.#channel.postMessage({ kind: 'do', command });
    if (command.name !== 'close') return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, closePatience);
      this.#whenClosed = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  leave(): void {
    this.#phone = undefined;
    this.#channel.close();
  }

  #receive(message: RelayMessage): void {
    if (message.kind === 'started') this.#ports.noteStarted(message.callId);
    else if (message.kind === 'closed') this.#whenClosed();
    else if (message.kind === 'ask') this.tellState();
    else if (message.kind === 'state') {
      if (this.#phone === undefined) this.#ports.showState(message.state);
    } else if (this.#phone !== undefined) void this.#obey(this.#phone, message.command);
  }

  async #obey(phone: PhoneControls, command: RelayedCommand): Promise<void> {
    await run(phone, command);
    if (command.name === 'close') this.#channel.postMessage({ kind: 'closed' });
  }
}

async function run(phone: PhoneControls, command: RelayedCommand): Promise<void> {
  switch (command.name) {
    case 'answer':
      return phone.answer(command.callId);
    case 'reject':
      return phone.reject(command.callId);
    case 'hangUp':
      return phone.hangUp(command.callId);
    case 'setMuted':
      return phone.setMuted(command.callId, command.muted);
    case 'sendDigit':
      return phone.sendDigit(command.callId, command.digit);
    case 'checkMicrophone':
      return phone.checkMicrophone();
    case 'close':
      return phone.close();
  }
}

import { headerValue } from '../messages/header-access.ts';
import { sipRequest } from '../messages/sip-message.ts';
import type { SipMessage, SipRequest } from '../messages/sip-message.ts';
import type { Source } from '../transports/destination.ts';
import type { Transport } from '../transports/transport.ts';

/** What a transport has delivered, and a way to wait for the next of each kind. */
export class Inbox {
  readonly messages: { message: SipMessage; source: Source }[] = [];
  readonly broken: { status: number; source: Source }[] = [];
  readonly closed: string[] = [];
  #waiting: (() => void)[] = [];

  readonly handlers = {
    message: (message: SipMessage, source: Source) => this.#note(() => this.messages.push({ message, source })),
    unreadable: ({ status }: { status: number }, source: Source) =>
      this.#note(() => this.broken.push({ status, source })),
    flowClosed: (flowId: string) => this.#note(() => this.closed.push(flowId)),
  };

  get callIds(): readonly (string | undefined)[] {
    return this.messages.map(({ message }) => headerValue(message, 'Call-ID'));
  }

  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #note(add: () => void): void {
    add();
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

const opened: (() => unknown)[] = [];

/** Runs at `closeAll`, last first. */
export function closeLater(close: () => unknown): void {
  opened.push(close);
}

/** To be called after each test. */
export async function closeAll(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close();
}

export async function started<Kind extends Transport>(transport: Kind): Promise<{ transport: Kind; inbox: Inbox }> {
  const inbox = new Inbox();
  await transport.start(inbox.handlers);
  closeLater(() => transport.close());
  return { transport, inbox };
}

export function optionsRequest(callId: string, viaTransport: string, bodyBytes = 0): SipRequest {
  const headers = [
    { name: 'Via', value: `SIP/2.0/${viaTransport} client.invalid;rport;branch=z9hG4bK${callId}` },
    { name: 'From', value: '<sip:a@b.test>;tag=1' },
    { name: 'To', value: '<sip:c@d.test>' },
    { name: 'Call-ID', value: callId },
    { name: 'CSeq', value: '1 OPTIONS' },
  ];
  return sipRequest('OPTIONS', 'sip:c@d.test', headers, new Uint8Array(bodyBytes).fill(65));
}

/** The same as it stands on a stream. */
export const optionsText = (callId: string): string =>
  `OPTIONS sip:c@d.test SIP/2.0\r\nVia: SIP/2.0/TCP x;branch=z9hG4bK${callId}\r\nFrom: <sip:a@b>;tag=1\r\n` +
  `To: <sip:c@d>\r\nCall-ID: ${callId}\r\nCSeq: 1 OPTIONS\r\nl: 0\r\n\r\n`;

import type { SipResponse } from '../messages/sip-message.ts';
import type { Destination } from '../transports/destination.ts';
import type { ClientSession, Session } from './session.ts';
import type { InviteOptions, OutOfDialogOptions, UserAgentOptions } from './user-agent-options.ts';

/** One SIP user agent (RFC 3261 §8) on any number of transports. */
export class UserAgent {
  constructor(options: UserAgentOptions) {
    void options;
  }

  /** Opens all transports; rejects with the first that fails. */
  start(): Promise<void> {
    throw new Error('being built');
  }

  /** Ends every session with BYE, CANCEL or 503, then closes the transports. */
  close(): Promise<void> {
    throw new Error('being built');
  }

  invite(options: InviteOptions): ClientSession {
    void options;
    throw new Error('being built');
  }

  /**
   * A request outside any dialog (REGISTER, OPTIONS, MESSAGE …). Resolves with the final response; silence gives a
   * made-up 408, an unreachable peer 503 (RFC 3261 §8.1.3.1). Never rejects.
   */
  request(options: OutOfDialogOptions): Promise<SipResponse> {
    void options;
    throw new Error('being built');
  }

  /** The session a Replaces header names (RFC 3891 §3); tags as seen from here. */
  findSession(callId: string, localTag: string, remoteTag: string): Session | undefined {
    void [callId, localTag, remoteTag];
    throw new Error('being built');
  }

  /** Our Contact towards `destination`, e.g. `<sip:trunk@192.0.2.1:5060;transport=tcp>`. */
  contactFor(destination: Destination, user?: string): string {
    void [destination, user];
    throw new Error('being built');
  }

  /** Cuts a connection (a logged-out browser). */
  closeFlow(flowId: string): void {
    void flowId;
  }
}

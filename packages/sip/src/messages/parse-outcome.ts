import type { SipMessage, SipRequest } from './sip-message.ts';

/** What came of reading bytes; carries the verdict for each failure. */
export type ParseOutcome =
  | { readonly kind: 'message'; readonly message: SipMessage }
  /** A broken request whose sender can be told: answer `status` statelessly. `request` holds at least a Via. */
  | {
      readonly kind: 'unreadable';
      readonly status: 400 | 413 | 501 | 505;
      readonly reason: string;
      readonly request: SipRequest;
    }
  /** Nothing to answer to: broken responses, broken ACKs, requests without a usable Via, noise. */
  | { readonly kind: 'noise'; readonly reason: string }
  /** Only line breaks, RFC 5626 §3.5.1. */
  | { readonly kind: 'keep-alive' };

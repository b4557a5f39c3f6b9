import type { Clock, Logger, RandomSource, Timers } from '@amtsleitung/base';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import type { TransactionLayer } from '../transactions/transaction-layer.ts';
import type { Destination } from '../transports/destination.ts';
import type { Session } from './session.ts';
import type { EventPackage } from './subscription.ts';

/** A dialog as the user agent's table holds it. */
export interface DialogEntry {
  readonly callId: string;
  readonly localTag: string;
  /** Undefined when the dialog is a subscription. */
  readonly session: Session | undefined;
  /** Whether the far side, or one of its early dialogs, has this tag. */
  hasRemoteTag(tag: string): boolean;
  /** A request with this dialog's Call-ID and local tag. */
  takeRequest(transaction: ServerTransaction): void;
  takeAck(ack: SipRequest): void;
  /** Ends it however far it is: the user agent closes. */
  shutDown(): void;
}

/** What the parts of a user agent share. */
export interface UserAgentCore {
  readonly transactions: TransactionLayer;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  /** Allow and Supported, as they stand in requests and responses that offer capabilities. */
  readonly capabilities: readonly Header[];
  readonly supported: readonly string[];
  /** What may be subscribed to. */
  readonly eventPackages: readonly EventPackage[];
  readonly sessionExpires: number | undefined;
  /** Whether a transport for it is there, and its connection if it names one. */
  canReach(destination: Destination): boolean;
  contactFor(destination: Destination, user: string | undefined): string;
  newTag(): string;
  /** From now on requests inside the dialog reach it. */
  enter(dialog: DialogEntry): void;
  leave(dialog: DialogEntry): void;
  /** The session with that dialog; tags as seen from here. */
  session(callId: string, localTag: string, remoteTag: string): Session | undefined;
  /** Runs the owner's code; a throw is logged and does not stop the stack. False when it threw. */
  guard(what: string, run: () => void): boolean;
}

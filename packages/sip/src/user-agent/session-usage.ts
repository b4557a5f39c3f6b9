import type { Body } from '../messages/body.ts';
import type { Reason } from '../messages/reason.ts';
import type { Header, SipMessage } from '../messages/sip-message.ts';
import type { OfferTurn } from '../dialogs/offer-turn.ts';
import type { SessionTimer } from '../dialogs/session-timer.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import type { DialogChannel } from './dialog-channel.ts';
import type { SessionEnd, SessionHandlers } from './session.ts';
import type { UserAgentCore } from './user-agent-core.ts';

/** The subscription of an accepted REFER. */
export interface RunningRefer {
  /** False when the SUBSCRIBE means another one. */
  takeSubscribe(transaction: ServerTransaction): boolean;
  forget(): void;
}

/** A session as the handlers of its single requests see it. */
export interface SessionUsage {
  readonly core: UserAgentCore;
  /** Only once there is a dialog. */
  readonly channel: DialogChannel;
  readonly hasDialog: boolean;
  readonly handlers: SessionHandlers;
  readonly state: 'setup' | 'established' | 'ended';
  /** We opened the dialog, RFC 3261 §14.1. */
  readonly isOwner: boolean;
  /** Whose session change is running. */
  turn: OfferTurn;
  /** Our session description as last sent, for refreshes. */
  localBody: Body | undefined;
  /** Transfers the far side asked for and wants to hear of. */
  readonly refers: Set<RunningRefer>;
  /** Whether the far side's Allow lists UPDATE. */
  readonly peerAllowsUpdate: boolean;
  /** Reads Allow of a provisional answer. */
  noteMethods(message: SipMessage): void;
  /** Reads Contact and Allow of a target refresh or its 2xx. */
  learnFrom(message: SipMessage): void;
  /** Contact, Allow, Supported: what every target refresh and its 2xx carry. */
  readonly capabilities: readonly Header[];
  restartTimer(timer: SessionTimer | undefined): void;
  /** Repeats a 2xx until its ACK. Without one the session ends. */
  awaitAck(transaction: ServerTransaction, repeat: () => void): void;
  takePrack(transaction: ServerTransaction): void;
  bye(reason?: Reason): void;
  /** Over, told once; sends nothing. */
  end(end: SessionEnd): void;
}

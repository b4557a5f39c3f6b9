import type { SipMessage, SipRequest, SipResponse } from '../messages/sip-message.ts';
import { createResponse } from '../messages/create-response.ts';
import { callIdOf, toTagOf } from '../messages/message-fields.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import { TransactionLayer } from '../transactions/transaction-layer.ts';
import type { TransactionUser } from '../transactions/transaction-layer.ts';
import type { Destination, Source } from '../transports/destination.ts';
import { TransportSet } from '../transports/transport-set.ts';
import { dialogMethods } from './dialog-request-dispatch.ts';
import { DialogTable } from './dialog-table.ts';
import { IncomingSession } from './incoming-session.ts';
import { IncomingSubscription } from './incoming-subscription.ts';
import { responseContent } from './message-parts.ts';
import { sendOutOfDialog } from './out-of-dialog-request.ts';
import { OutgoingSession } from './outgoing-session.ts';
import { capabilityHeaders, contactFor } from './own-contact.ts';
import { refuseRequest } from './request-screening.ts';
import { ServerRequest } from './server-request.ts';
import { judgeReplaces } from './replaced-session.ts';
import type { ClientSession, Session } from './session.ts';
import { judgeSubscribe } from './subscribe-screening.ts';
import type { EventPackage } from './subscription.ts';
import type { DialogEntry, UserAgentCore } from './user-agent-core.ts';
import type { InviteOptions, OutOfDialogOptions, UserAgentLimits, UserAgentOptions } from './user-agent-options.ts';

const defaultLimits: UserAgentLimits = { transactions: 50_000, sessions: 5_000, subscriptions: 20_000 };
/** Option tags of what needs no help of the owner: RFC 4028, RFC 4488. */
const builtInExtensions = ['timer', 'norefersub'];
/** Milliseconds that last BYEs get to leave and be answered. */
const farewellMilliseconds = 300;

/** One SIP user agent (RFC 3261 §8) on any number of transports. */
export class UserAgent {
  readonly #options: UserAgentOptions;
  readonly #limits: UserAgentLimits;
  readonly #transports: TransportSet;
  readonly #transactions: TransactionLayer;
  readonly #core: UserAgentCore;
  readonly #dialogs = new DialogTable();
  readonly #methods: readonly string[];
  readonly #eventPackages: readonly EventPackage[];
  #isClosing = false;

  constructor(options: UserAgentOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    const { onUnreachable } = options.handlers;
    this.#transports = new TransportSet(
      options.transports,
      onUnreachable &&
        ((destination, error) => this.#core.guard('unreachable', () => onUnreachable(destination, error))),
    );
    const { onInvite, onSubscribe } = options.handlers;
    const own = [...(onInvite ? ['INVITE'] : []), ...(onSubscribe ? ['SUBSCRIBE'] : [])];
    this.#methods = [...new Set([...own, 'OPTIONS', ...(options.methods ?? [])])];
    this.#eventPackages = onSubscribe ? (options.eventPackages ?? []) : [];
    this.#transactions = new TransactionLayer({
      transports: this.#transports,
      timers: options.timers,
      random: options.random,
      maximum: this.#limits.transactions,
      user: this.#transactionUser(),
    });
    this.#core = this.#makeCore();
  }

  /** Opens all transports; rejects with the first that fails. */
  start(): Promise<void> {
    return this.#transports.start({
      message: (message, source) => this.#receive(message, source),
      unreadable: (broken, source) => this.#transactions.refuse(broken, source),
      flowClosed: (flowId, peer) => {
        this.#transactions.flowClosed(flowId);
        this.#core.guard('flow closed', () => this.#options.handlers.onFlowClosed?.(flowId, peer));
      },
    });
  }

  /** Ends every session with BYE, CANCEL or 503 and every subscription with a NOTIFY, then closes the transports. */
  async close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    const dialogs = this.#dialogs.all;
    for (const dialog of dialogs) dialog.shutDown();
    if (dialogs.length > 0) await new Promise<void>((done) => this.#options.timers.after(farewellMilliseconds, done));
    await this.#transports.close();
  }

  /** Calls. What comes of it arrives at the session's handlers, never before this returns. */
  invite(options: InviteOptions): ClientSession {
    const session = new OutgoingSession(this.#core, options);
    this.#core.enter(session);
    session.start();
    return session;
  }

  /**
   * A request outside any dialog (REGISTER, OPTIONS, MESSAGE …). Resolves with the final response; silence gives a
   * made-up 408, an unreachable peer 503 (RFC 3261 §8.1.3.1). Never rejects.
   */
  request(options: OutOfDialogOptions): Promise<SipResponse> {
    return sendOutOfDialog(this.#core, options);
  }

  /** The session a Replaces header names (RFC 3891 §3); tags as seen from here. */
  findSession(callId: string, localTag: string, remoteTag: string): Session | undefined {
    return this.#dialogs.session(callId, localTag, remoteTag);
  }

  /** Our Contact towards `destination`, e.g. `<sip:trunk@192.0.2.1:5060;transport=tcp>`. */
  contactFor(destination: Destination, user?: string): string {
    return this.#core.contactFor(destination, user);
  }

  /** Cuts a connection (a logged-out browser). */
  closeFlow(flowId: string): void {
    this.#transports.closeFlow(flowId);
  }

  /** How much is alive, for health pages and leak tests. */
  get load(): { readonly sessions: number; readonly subscriptions: number; readonly transactions: number } {
    const { sessions, subscriptions } = this.#dialogs;
    return { sessions, subscriptions, transactions: this.#transactions.size };
  }

  #receive(message: SipMessage, source: Source): void {
    // A fault of ours must cost one message, never the process.
    this.#core.guard('receive', () => this.#transactions.receive(message, source));
  }

  #transactionUser(): TransactionUser {
    return {
      screen: (request, source) => this.#screen(request, source),
      request: (transaction) => this.#takeRequest(transaction),
      cancel: (cancel, invite) => this.#takeCancel(cancel, invite),
      ack: (ack) => this.#dialogOf(ack)?.takeAck(ack),
    };
  }

  #screen(request: SipRequest, source: Source): ReturnType<TransactionUser['screen']> {
    // A REGISTER is never inside a dialog, whatever tag a phone leaves in it (§10.2).
    if (toTagOf(request) !== '' && request.method !== 'REGISTER') {
      // RFC 3261 §12.2.2; nothing is ever relayed by its Route.
      return this.#dialogOf(request) ? 'pass' : { status: 481 };
    }
    // §15.1.2: a BYE belongs to a dialog.
    if (request.method === 'BYE') return { status: 481 };
    const refusal = refuseRequest(request, { methods: this.#methods, supported: this.#core.supported });
    if (refusal) return refusal;
    if (this.#isFullFor(request)) return { status: 503, headers: [{ name: 'Retry-After', value: '5' }] };
    const verdict = this.#options.handlers.screen?.(request, source) ?? 'pass';
    if (verdict === 'pass' && this.#answersItself(request)) return { status: 200, headers: this.#core.capabilities };
    return typeof verdict === 'string' ? verdict : { status: verdict.status, ...responseContent(verdict) };
  }

  #isFullFor({ method }: SipRequest): boolean {
    if (method === 'INVITE') return this.#isClosing || this.#dialogs.sessions >= this.#limits.sessions;
    const isDialog = method === 'SUBSCRIBE' && this.#options.handlers.onSubscribe !== undefined;
    return isDialog && (this.#isClosing || this.#dialogs.subscriptions >= this.#limits.subscriptions);
  }

  /** §11.2: OPTIONS the owner does not care for tell our capabilities, and need no state to do so. */
  #answersItself(request: SipRequest): boolean {
    const { handlers, methods } = this.#options;
    return request.method === 'OPTIONS' && !(handlers.onRequest && methods?.includes('OPTIONS'));
  }

  #takeRequest(transaction: ServerTransaction): void {
    const { request } = transaction;
    const dialog = toTagOf(request) === '' ? undefined : this.#dialogOf(request);
    if (dialog) dialog.takeRequest(transaction);
    else if (request.method === 'INVITE') this.#takeInvite(transaction);
    else if (request.method === 'SUBSCRIBE' && this.#options.handlers.onSubscribe) this.#takeSubscribe(transaction);
    else this.#askOwner(transaction);
  }

  #takeSubscribe(transaction: ServerTransaction): void {
    const { request } = transaction;
    const verdict = judgeSubscribe(request, this.#eventPackages);
    if (verdict.kind === 'refused') {
      const { status, headers } = verdict;
      return transaction.respond(createResponse(request, status, { toTag: this.#core.newTag(), headers }));
    }
    const subscription = new IncomingSubscription(this.#core, transaction, verdict.eventPackage, verdict.seconds);
    this.#core.enter(subscription);
    const { handlers } = this.#options;
    if (!this.#core.guard('onSubscribe', () => handlers.onSubscribe?.(subscription))) subscription.reject(500);
  }

  #takeInvite(transaction: ServerTransaction): void {
    const { handlers, contactUser } = this.#options;
    const { request } = transaction;
    const isOurs = this.#core.supported.includes('replaces') && !handlers.judgesReplaces?.(request);
    const judged = isOurs ? judgeReplaces(request, this.#dialogs) : undefined;
    if (judged?.kind === 'refused') {
      return transaction.respond(createResponse(request, judged.status, { toTag: this.#core.newTag() }));
    }
    const replaces = judged?.kind === 'found' ? judged.replaced : undefined;
    const session = new IncomingSession({ core: this.#core, transaction, contactUser, replaces });
    this.#core.enter(session);
    if (!this.#core.guard('onInvite', () => handlers.onInvite?.(session))) session.reject(500);
    // §17.2.1: 100 unless there is a better answer soon.
    if (transaction.lastStatus === undefined) transaction.respond(createResponse(transaction.request, 100));
  }

  #askOwner(transaction: ServerTransaction): void {
    const { timers, handlers } = this.#options;
    const incoming = new ServerRequest({ transaction, timers, toTag: this.#core.newTag() });
    if (!handlers.onRequest) return incoming.respond(501);
    if (!this.#core.guard('onRequest', () => handlers.onRequest?.(incoming))) incoming.respond(500);
  }

  /** §9.2: 200 for the CANCEL whatever becomes of the INVITE, with its To tag. */
  #takeCancel(cancel: ServerTransaction, invite: ServerTransaction): void {
    const toTag = invite.listener.toTag ?? this.#core.newTag();
    cancel.respond(createResponse(cancel.request, 200, { toTag }));
    if (!invite.hasFinalResponse) invite.listener.cancelled?.(cancel.request);
  }

  #dialogOf(request: SipRequest): DialogEntry | undefined {
    return this.#dialogs.find(callIdOf(request), toTagOf(request));
  }

  #makeCore(): UserAgentCore {
    const { options, transports } = { options: this.#options, transports: this.#transports };
    const supported = [...new Set([...builtInExtensions, ...(options.supported ?? [])])];
    const eventPackages = this.#eventPackages;
    return {
      transactions: this.#transactions,
      clock: options.clock,
      timers: options.timers,
      random: options.random,
      logger: options.logger,
      capabilities: capabilityHeaders([...new Set([...dialogMethods, ...this.#methods])], supported, eventPackages),
      supported,
      eventPackages,
      sessionExpires: options.sessionExpires,
      canReach: (destination) => transports.canReach(destination),
      contactFor: (destination, user) => contactFor(transports, destination, user ?? options.contactUser),
      newTag: () => Buffer.from(options.random.bytes(12)).toString('hex'),
      enter: (dialog) => this.#dialogs.enter(dialog),
      leave: (dialog) => this.#dialogs.leave(dialog),
      session: (callId, localTag, remoteTag) => this.#dialogs.session(callId, localTag, remoteTag),
      guard: (what, run) => {
        try {
          run();
          return true;
        } catch (error) {
          options.logger.error('a handler failed', { what, error });
          return false;
        }
      },
    };
  }
}

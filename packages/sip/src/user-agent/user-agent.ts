import type { Header, SipMessage, SipRequest, SipResponse } from '../messages/sip-message.ts';
import { createResponse } from '../messages/create-response.ts';
import { callIdOf, toTagOf } from '../messages/message-fields.ts';
import { printSipUri } from '../messages/sip-uri.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import { TransactionLayer } from '../transactions/transaction-layer.ts';
import type { TransactionUser } from '../transactions/transaction-layer.ts';
import type { Destination, Source } from '../transports/destination.ts';
import { TransportSet } from '../transports/transport-set.ts';
import { dialogMethods } from './dialog-request-dispatch.ts';
import { IncomingSession } from './incoming-session.ts';
import { responseContent } from './message-parts.ts';
import { sendOutOfDialog } from './out-of-dialog-request.ts';
import { OutgoingSession } from './outgoing-session.ts';
import { refuseRequest } from './request-screening.ts';
import { ServerRequest } from './server-request.ts';
import type { ClientSession, Session } from './session.ts';
import type { DialogEntry, UserAgentCore } from './user-agent-core.ts';
import type { InviteOptions, OutOfDialogOptions, UserAgentLimits, UserAgentOptions } from './user-agent-options.ts';

const defaultLimits: UserAgentLimits = { transactions: 50_000, sessions: 5_000 };
/** Milliseconds that last BYEs get to leave and be answered. */
const farewellMilliseconds = 300;

/** One SIP user agent (RFC 3261 §8) on any number of transports. */
export class UserAgent {
  readonly #options: UserAgentOptions;
  readonly #limits: UserAgentLimits;
  readonly #transports: TransportSet;
  readonly #transactions: TransactionLayer;
  readonly #core: UserAgentCore;
  /** By Call-ID and our tag. */
  readonly #sessions = new Map<string, DialogEntry>();
  readonly #methods: readonly string[];
  #isClosing = false;

  constructor(options: UserAgentOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#transports = new TransportSet(options.transports);
    const own = options.handlers.onInvite ? ['INVITE'] : [];
    this.#methods = [...new Set([...own, 'OPTIONS', ...(options.methods ?? [])])];
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
      flowClosed: (flowId) => {
        this.#transactions.flowClosed(flowId);
        this.#core.guard('flow closed', () => this.#options.handlers.onFlowClosed?.(flowId));
      },
    });
  }

  /** Ends every session with BYE, CANCEL or 503, then closes the transports. */
  async close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    const sessions = [...this.#sessions.values()];
    for (const session of sessions) session.shutDown();
    if (sessions.length > 0) await new Promise<void>((done) => this.#options.timers.after(farewellMilliseconds, done));
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
    const session = this.#sessions.get(sessionKey(callId, localTag));
    return session?.remoteTag === remoteTag ? session : undefined;
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
  get load(): { readonly sessions: number; readonly transactions: number } {
    return { sessions: this.#sessions.size, transactions: this.#transactions.size };
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
      ack: (ack) => this.#sessionOf(ack)?.takeAck(ack),
    };
  }

  #screen(request: SipRequest, source: Source): ReturnType<TransactionUser['screen']> {
    // A REGISTER is never inside a dialog, whatever tag a phone leaves in it (§10.2).
    if (toTagOf(request) !== '' && request.method !== 'REGISTER') {
      // RFC 3261 §12.2.2; nothing is ever relayed by its Route.
      return this.#sessionOf(request) ? 'pass' : { status: 481 };
    }
    // §15.1.2: a BYE belongs to a dialog.
    if (request.method === 'BYE') return { status: 481 };
    const refusal = refuseRequest(request, { methods: this.#methods, supported: this.#core.supported });
    if (refusal) return refusal;
    const isFull = this.#isClosing || this.#sessions.size >= this.#limits.sessions;
    if (isFull && request.method === 'INVITE') return { status: 503, headers: [{ name: 'Retry-After', value: '5' }] };
    const verdict = this.#options.handlers.screen?.(request, source) ?? 'pass';
    if (verdict === 'pass' && this.#answersItself(request)) return { status: 200, headers: this.#core.capabilities };
    return typeof verdict === 'string' ? verdict : { status: verdict.status, ...responseContent(verdict) };
  }

  /** §11.2: OPTIONS the owner does not care for tell our capabilities, and need no state to do so. */
  #answersItself(request: SipRequest): boolean {
    const { handlers, methods } = this.#options;
    return request.method === 'OPTIONS' && !(handlers.onRequest && methods?.includes('OPTIONS'));
  }

  #takeRequest(transaction: ServerTransaction): void {
    const { request } = transaction;
    const session = toTagOf(request) === '' ? undefined : this.#sessionOf(request);
    if (session) session.takeRequest(transaction);
    else if (request.method === 'INVITE') this.#takeInvite(transaction);
    else this.#askOwner(transaction);
  }

  #takeInvite(transaction: ServerTransaction): void {
    const session = new IncomingSession(this.#core, transaction, this.#options.contactUser);
    this.#core.enter(session);
    const { handlers } = this.#options;
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

  /** §9.2: 200 for the CANCEL whatever becomes of the INVITE. */
  #takeCancel(cancel: ServerTransaction, invite: ServerTransaction): void {
    cancel.respond(createResponse(cancel.request, 200, { toTag: this.#core.newTag() }));
    if (!invite.hasFinalResponse) invite.listener.cancelled?.(cancel.request);
  }

  #sessionOf(request: SipRequest): DialogEntry | undefined {
    return this.#sessions.get(sessionKey(callIdOf(request), toTagOf(request)));
  }

  #makeCore(): UserAgentCore {
    const { options, transports } = { options: this.#options, transports: this.#transports };
    const supported = ['timer', ...(options.supported ?? [])];
    return {
      transactions: this.#transactions,
      timers: options.timers,
      random: options.random,
      logger: options.logger,
      capabilities: capabilityHeaders([...new Set([...dialogMethods, ...this.#methods])], supported),
      supported,
      sessionExpires: options.sessionExpires,
      canReach: (destination) => transports.canReach(destination),
      contactFor: (destination, user) => contactFor(transports, destination, user ?? options.contactUser),
      newTag: () => Buffer.from(options.random.bytes(12)).toString('hex'),
      enter: (session) => this.#sessions.set(sessionKey(session.callId, session.localTag), session),
      leave: (session) => this.#sessions.delete(sessionKey(session.callId, session.localTag)),
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

function sessionKey(callId: string, localTag: string): string {
  return `${callId}|${localTag}`;
}

function capabilityHeaders(methods: readonly string[], supported: readonly string[]): readonly Header[] {
  return [
    { name: 'Allow', value: methods.join(', ') },
    { name: 'Supported', value: supported.join(', ') },
  ];
}

function contactFor(transports: TransportSet, destination: Destination, user: string | undefined): string {
  const address = transports.for(destination)?.localAddress(destination) ?? { host: 'invalid.invalid', port: 5060 };
  const uri = printSipUri({
    scheme: 'sip',
    ...(user === undefined ? {} : { user }),
    host: address.host,
    port: address.port,
    parameters: new Map(destination.transport === 'udp' ? [] : [['transport', destination.transport]]),
  });
  return `<${uri}>`;
}

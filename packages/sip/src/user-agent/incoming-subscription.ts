import type { Timer } from '@amtsleitung/base';
import type { Body } from '../messages/body.ts';
import { createResponse } from '../messages/create-response.ts';
import { eventOf, printEvent } from '../messages/event-header.ts';
import type { EventHeader } from '../messages/event-header.ts';
import { headerValues } from '../messages/header-access.ts';
import { callIdOf, fromTagOf } from '../messages/message-fields.ts';
import type { Header, SipRequest } from '../messages/sip-message.ts';
import { printSubscriptionState } from '../messages/subscription-state.ts';
import type { TerminationReason } from '../messages/subscription-state.ts';
import { dialogOfRequest, refreshTarget, takeRequest } from '../dialogs/dialog-state.ts';
import { nextSubscription, subscriptionStart } from '../dialogs/subscription-machine.ts';
import type { SubscriptionEffect, SubscriptionInput, SubscriptionState } from '../dialogs/subscription-machine.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import { transactionTimeout } from '../transactions/timer-values.ts';
import type { Destination, Source } from '../transports/destination.ts';
import { DialogChannel } from './dialog-channel.ts';
import { evaluated, responseContent } from './message-parts.ts';
import type { ResponseParts } from './session.ts';
import { allowEvents, judgeSubscribe } from './subscribe-screening.ts';
import type { EventPackage, Notification, ServerSubscription, SubscriptionHandlers } from './subscription.ts';
import type { DialogEntry, UserAgentCore } from './user-agent-core.ts';

const maximumFirstCSeq = 10_000;

/** Somebody's SUBSCRIBE, RFC 6665 §4.2. */
export class IncomingSubscription implements ServerSubscription, DialogEntry {
  readonly id: string;
  readonly request: SipRequest;
  readonly source: Source;
  readonly event: EventHeader;
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly session = undefined;
  readonly #core: UserAgentCore;
  readonly #channel: DialogChannel;
  readonly #offered: ServerTransaction;
  readonly #patience: Timer;
  #handlers: SubscriptionHandlers = {};
  #machine: SubscriptionState | undefined;
  #notification: Notification;
  #retryAfter: number | undefined;
  #seconds: number;
  #expiry: { readonly timer: Timer; readonly at: number } | undefined;

  constructor(core: UserAgentCore, transaction: ServerTransaction, eventPackage: EventPackage, seconds: number) {
    const { request, source } = transaction;
    this.id = core.newTag();
    this.request = request;
    this.source = source;
    this.event = eventOf(request) ?? { name: eventPackage.name };
    this.callId = callIdOf(request);
    this.localTag = core.newTag();
    this.remoteTag = fromTagOf(request);
    this.#core = core;
    this.#seconds = seconds;
    this.#offered = transaction;
    this.#channel = new DialogChannel({
      core,
      dialog: dialogOfRequest(request, this.localTag, core.random.integer(maximumFirstCSeq)),
      peer: source,
      contactUser: undefined,
      digest: undefined,
      staysAtPeer: false,
    });
    this.#patience = core.timers.after(transactionTimeout, () => this.reject(500));
  }

  get state(): ServerSubscription['state'] {
    return this.#machine?.phase ?? (this.#offered.hasFinalResponse ? 'terminated' : 'offered');
  }

  get seconds(): number {
    return this.#seconds;
  }

  handle(handlers: SubscriptionHandlers): void {
    this.#handlers = handlers;
  }

  accept(notification: Notification, phase: 'pending' | 'active' = 'active'): void {
    if (this.state !== 'offered') return;
    this.#patience.cancel();
    this.#notification = notification;
    this.#answer(this.#offered);
    this.#machine = subscriptionStart(phase);
    // §4.4.3: Expires 0 is a question with one answer.
    this.#step({ kind: 'refreshed', seconds: this.#seconds });
  }

  reject(status: number, parts: ResponseParts = {}): void {
    if (this.state !== 'offered' || status < 300) return;
    this.#patience.cancel();
    this.#offered.respond(createResponse(this.request, status, { toTag: this.localTag, ...responseContent(parts) }));
    this.#core.leave(this);
  }

  notify(notification: Notification, phase: 'pending' | 'active' = 'active'): void {
    if (!this.#machine || this.#machine.phase === 'terminated') return;
    this.#notification = notification;
    this.#step({ kind: 'changed', phase });
  }

  terminate(
    reason: TerminationReason,
    options: { readonly notification?: Notification; readonly retryAfter?: number } = {},
  ): void {
    if (this.state === 'offered') return this.reject(603);
    this.#notification = options.notification;
    this.#retryAfter = options.retryAfter;
    this.#step({ kind: 'ended', reason });
  }

  stayAtPeer(): void {
    this.#channel.staysAtPeer = true;
  }

  peerMovedTo(destination: Destination): void {
    this.#channel.peer = { secure: false, ...destination };
  }

  hasRemoteTag(tag: string): boolean {
    return tag === this.remoteTag;
  }

  takeRequest(transaction: ServerTransaction): void {
    const { request } = transaction;
    const isOurs = fromTagOf(request) === this.remoteTag;
    if (request.method !== 'SUBSCRIBE' || !isOurs || !this.#machine || this.#machine.phase === 'terminated') {
      return transaction.respond(createResponse(request, 481));
    }
    const next = takeRequest(this.#channel.state, request);
    // RFC 3261 §12.2.2
    if (!next) return transaction.respond(createResponse(request, 500));
    this.#channel.state = next;
    this.#refresh(transaction);
  }

  takeAck(): void {
    // There is no INVITE here that an ACK could mean.
  }

  shutDown(): void {
    this.terminate('deactivated');
  }

  #refresh(transaction: ServerTransaction): void {
    const { request } = transaction;
    // A dialog carries the subscription that made it and no other (§4.5.2).
    if (printEvent(eventOf(request) ?? { name: '' }) !== printEvent(this.event)) {
      return transaction.respond(createResponse(request, 403));
    }
    const verdict = judgeSubscribe(request, this.#core.eventPackages);
    if (verdict.kind === 'refused') {
      return transaction.respond(createResponse(request, verdict.status, { headers: verdict.headers }));
    }
    this.#channel.state = refreshTarget(this.#channel.state, request);
    this.#channel.peer = transaction.source;
    this.#seconds = verdict.seconds;
    this.#answer(transaction);
    this.#step({ kind: 'refreshed', seconds: verdict.seconds });
  }

  #answer(transaction: ServerTransaction): void {
    const { request } = transaction;
    const routes = headerValues(request, 'Record-Route').map((value) => ({ name: 'Record-Route', value }));
    const headers = [...routes, this.#channel.contact, { name: 'Expires', value: String(this.#seconds) }];
    transaction.respond(createResponse(request, 200, { toTag: this.localTag, headers }));
  }

  #step(input: SubscriptionInput): void {
    if (!this.#machine) return;
    const { state, effects } = nextSubscription(this.#machine, input);
    this.#machine = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: SubscriptionEffect): void {
    switch (effect.kind) {
      case 'notify':
        return this.#send();
      case 'start-expiry':
        return this.#startExpiry(effect.seconds);
      case 'stop-expiry':
        return this.#expiry?.timer.cancel();
      case 'over':
        this.#core.leave(this);
        this.#core.guard('ended', () => this.#handlers.ended?.(effect.cause));
    }
  }

  #startExpiry(seconds: number): void {
    this.#expiry?.timer.cancel();
    const milliseconds = seconds * 1_000;
    const timer = this.#core.timers.after(milliseconds, () => this.#step({ kind: 'expired' }));
    this.#expiry = { timer, at: this.#core.clock.monotonic() + milliseconds };
  }

  #send(): void {
    const headers: Header[] = [
      { name: 'Event', value: printEvent(this.event) },
      { name: 'Subscription-State', value: this.#stateHeader() },
      // RFC 6665 §4.4.4: all of them.
      allowEvents(this.#core.eventPackages),
    ];
    let body: Body | undefined;
    this.#core.guard('notification', () => (body = evaluated(this.#notification)));
    this.#channel.request(
      'NOTIFY',
      { headers, body },
      {
        response: (response) => {
          if (response.status >= 200) this.#step({ kind: 'notified', status: response.status });
        },
        timedOut: () => this.#step({ kind: 'notified', status: 408 }),
        failed: () => this.#step({ kind: 'notified', status: 503 }),
      },
    );
  }

  #stateHeader(): string {
    const { phase, reason } = this.#machine!;
    if (phase !== 'terminated') {
      const left = Math.max(0, Math.round(((this.#expiry?.at ?? 0) - this.#core.clock.monotonic()) / 1_000));
      return printSubscriptionState({ state: phase, expires: left });
    }
    return printSubscriptionState({
      state: phase,
      ...(reason === undefined ? {} : { reason }),
      ...(this.#retryAfter === undefined ? {} : { retryAfter: this.#retryAfter }),
    });
  }
}

import { callFailures } from '@amtsleitung/domain';
import type { CallFailure, DeviceKind } from '@amtsleitung/domain';
import { MediaError } from '@amtsleitung/media';
import { maxForwardsOf, sdpBody, sdpOf } from '@amtsleitung/sip';
import type { Destination, Reoffer, ServerSession, SessionEnd, SessionHandlers, SipRequest } from '@amtsleitung/sip';
import type { FarSide } from '../trunks/response-failure.ts';
import { answerReoffer } from './answer-reoffer.ts';
import { isNamed } from './dialog-name.ts';
import type { Replaces } from '@amtsleitung/sip';
import { guardHandlers } from './guard.ts';
import { InDialog } from './in-dialog.ts';
import { Leg } from './leg.ts';
import type { LegFacts } from './leg.ts';
import type { LegPorts } from './leg-ports.ts';
import { q850Reason, refusalHeaders } from './leave-reason.ts';
import { MediaLeg } from './media-leg.ts';
import { isBrowserSdp, isSrtpSdp } from './message-body.ts';

export interface InboundLegFacts extends LegFacts {
  readonly farSide: FarSide;
  /** The device that calls; undefined for a trunk. */
  readonly deviceId?: string;
  readonly deviceKind?: DeviceKind;
  /** Whether the trunk's sound is encrypted; of a phone, whether our offers are, where its keys travel encrypted. */
  readonly srtp?: 'off' | 'required';
}

/**
 * An INVITE of a trunk or a phone.
 *
 * ```
 * offered ──answer──▶ answering ──200 (late offer: ACK)──▶ established ──▶ over
 *     └─────────── reject, CANCEL, hang-up, no common media ─────────────────▲
 * ```
 */
export class InboundLeg extends Leg {
  readonly #session: ServerSession;
  readonly #farSide: FarSide;
  readonly #deviceId: string | undefined;
  readonly #deviceKind: DeviceKind | undefined;
  readonly #srtp: InboundLegFacts['srtp'];
  #state: 'offered' | 'answering' | 'established' = 'offered';
  #isAccepted = false;
  /** Ours, once somebody may hear us. */
  #description: Promise<string> | undefined;
  #dialog: InDialog | undefined;

  constructor(facts: InboundLegFacts, session: ServerSession, ports: LegPorts) {
    super(facts, ports);
    this.#session = session;
    this.#farSide = facts.farSide;
    this.#deviceId = facts.deviceId;
    this.#deviceKind = facts.deviceKind;
    this.#srtp = facts.srtp;
    session.handle(
      this.#guard({
        reoffer: (reoffer) => this.#earlyReoffer(reoffer),
        ended: (end) => this.#ended(end),
      }),
    );
  }

  override ring(): void {
    if (this.#state === 'offered' && !this.isOver) this.#session.provisional(180);
  }

  override progress(): void {
    if (this.#state !== 'offered' || this.isOver) return;
    // The offer would be ours; whoever leaves it to us hears nothing before the answer (RFC 3261 §13.2.1).
    if (!this.#session.hasOffer) return this.ring();
    const described = this.#describe().then((sdp) => {
      if (this.#state === 'offered' && !this.isOver) this.#session.provisional(183, { body: sdpBody(sdp) });
    });
    this.settle(described.catch((error: unknown) => this.#refuseMedia(error)));
  }

  /**
   * How far the call may still travel (RFC 3261 §16.6 step 3), so that no ring of forwardings lasts for ever. Undefined:
   * it begins here. What a phone says is kept from providers: it would tell a desk from a browser at home (R16).
   */
  get hopsLeft(): number | undefined {
    return this.#farSide === 'trunk' ? maxForwardsOf(this.#session.invite) - 1 : undefined;
  }

  override answer(): void {
    if (this.#state !== 'offered' || this.isOver) return;
    this.#state = 'answering';
    this.settle(this.#answer().catch((error: unknown) => this.#refuseMedia(error)));
  }

  override hangUp(failure?: CallFailure): void {
    if (this.isOver) return;
    this.#dialog?.settleTransfer(failure === undefined);
    this.finish({ kind: 'ended', leg: this.facts.id, by: 'local', ...(failure ? { failure } : {}) });
    this.#leave(failure);
  }

  override lose(failure: CallFailure): void {
    if (this.isOver) return;
    this.finish({ kind: 'ended', leg: this.facts.id, by: 'lost', failure });
    this.#leave(failure);
  }

  override get deviceIds(): readonly string[] {
    return this.#deviceId === undefined ? [] : [this.#deviceId];
  }

  protected override usesFlow(flowId: string): boolean {
    return this.#session.peer.flowId === flowId;
  }

  override holds(name: Replaces): boolean {
    return isNamed(this.#session, name);
  }

  override get isEstablished(): boolean {
    return this.#state === 'established';
  }

  protected override movePeer(destination: Destination): void {
    this.#session.peerMovedTo(destination);
  }

  protected override flowGone(): void {
    this.lose(callFailures.cancelled);
  }

  protected override get dialog(): InDialog | undefined {
    return this.#dialog;
  }

  async #answer(): Promise<void> {
    const ours = await this.#describe();
    if (this.isOver) return;
    const dialog = this.#listen(this.media!);
    this.#isAccepted = true;
    this.#session.accept(sdpBody(ours));
    if (this.#session.hasOffer) this.#established(dialog);
  }

  /** The same before the answer and with it (RFC 3261 §13.2.1). */
  #describe(): Promise<string> {
    return (this.#description ??= this.#openMedia());
  }

  #openMedia(): Promise<string> {
    const offer = sdpOf(this.#session.invite);
    const isBrowser = offer === undefined ? this.#session.source.transport === 'ws' : isBrowserSdp(offer);
    const kind = isBrowser ? 'browser' : 'plain';
    const { address: signallingAddress } = this.#session.source;
    const srtp = this.#srtpFor(offer);
    const isProvider = this.#farSide === 'trunk';
    const media = new MediaLeg(this.facts.id, this.ports, {
      signallingAddress,
      isProvider,
      ...(srtp === undefined ? {} : { srtp }),
    });
    this.media = media;
    return offer === undefined ? media.offer(kind) : media.answer(kind, offer);
  }

  /** RFC 4568 §8.3: keys in the description are worth something only where the signalling is encrypted. */
  #srtpFor(offer: string | undefined): InboundLegFacts['srtp'] {
    if (this.#farSide === 'trunk') return this.#srtp;
    if (!this.#session.source.secure) return undefined;
    return offer === undefined ? this.#srtp : isSrtpSdp(offer) ? 'required' : undefined;
  }

  /** RFC 3311 §5: before the answer there is something to change only once our sound is open. */
  #earlyReoffer(reoffer: Reoffer): void {
    if (this.media) this.settle(answerReoffer(reoffer, this.media));
    else reoffer.reject(500, { headers: [{ name: 'Retry-After', value: '3' }] });
  }

  #listen(media: MediaLeg): InDialog {
    const { timers, logger, emit, ownLeg } = this.ports;
    const dialog = new InDialog({
      leg: this.facts.id,
      farSide: this.#farSide,
      deviceKind: this.#deviceKind,
      ownLeg: (name) => ownLeg(this.facts.id, name),
      session: this.#session,
      media,
      timers,
      logger,
      emit,
      settle: (work) => this.settle(work),
    });
    this.#session.handle(
      this.#guard({
        ...dialog.handlers(),
        acknowledged: (ack) => this.#acknowledged(ack, dialog),
        ended: (end) => this.#ended(end),
      }),
    );
    return dialog;
  }

  #guard(handlers: SessionHandlers): SessionHandlers {
    return guardHandlers(handlers, (error) => this.broke(error));
  }

  /** RFC 3261 §13.3.1: our offer went out in the 200, the answer comes in the ACK. */
  #acknowledged(ack: SipRequest, dialog: InDialog): void {
    if (this.#state !== 'answering') return dialog.handlers().acknowledged?.(ack);
    const sdp = sdpOf(ack);
    const agreed = sdp === undefined ? Promise.reject(new MediaError(488, 'No answer.')) : this.media!.accept(sdp);
    this.settle(agreed.then(() => this.#established(dialog)).catch((error: unknown) => this.#refuseMedia(error)));
  }

  #established(dialog: InDialog): void {
    if (this.isOver) return;
    this.#state = 'established';
    this.#dialog = dialog;
    this.ports.emit({ kind: 'answered', leg: this.facts.id });
  }

  #refuseMedia(error: unknown): void {
    const isTheirs = error instanceof MediaError && error.sipStatus !== 500 && error.sipStatus !== 503;
    if (!isTheirs) this.ports.logger.warn('Media failed', { leg: this.facts.id, error: String(error) });
    const failure = isTheirs
      ? { ...callFailures['not-acceptable-media'], sipStatus: error.sipStatus }
      : { ...callFailures.overloaded, sipStatus: error instanceof MediaError ? error.sipStatus : 500 };
    this.hangUp(failure);
  }

  #leave(failure: CallFailure | undefined): void {
    if (this.#isAccepted) return this.#session.bye(q850Reason(failure));
    const verdict = failure ?? callFailures.unreachable;
    this.#session.reject(verdict.sipStatus, { headers: refusalHeaders(verdict) });
  }

  #ended(end: SessionEnd): void {
    this.#dialog?.settleTransfer(false);
    const by = end.by === 'remote' ? 'remote' : end.by === 'local' ? 'local' : 'lost';
    const failure = end.cause === 'cancelled' ? callFailures.cancelled : undefined;
    this.finish({ kind: 'ended', leg: this.facts.id, by, ...(failure ? { failure } : {}) });
  }
}

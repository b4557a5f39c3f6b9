import type { Logger, Timer, Timers } from '@amtsleitung/base';
import type { DeviceKind, LegEvent, LegId } from '@amtsleitung/domain';
import { headerValue, parseSipUri, sdpOf, uriScheme } from '@amtsleitung/sip';
import type { IncomingRequest, Refer, Reoffer, Session, SessionHandlers } from '@amtsleitung/sip';
import { dialTargetOf } from '../trunks/dialled-number.ts';
import type { FarSide } from '../trunks/response-failure.ts';
import type { Replaces } from '@amtsleitung/sip';
import { answerReoffer } from './answer-reoffer.ts';
import type { MediaLeg } from './media-leg.ts';
import { digitOfInfo } from './message-body.ts';

export interface InDialogOptions {
  readonly leg: LegId;
  readonly farSide: FarSide;
  readonly deviceKind: DeviceKind | undefined;
  /** The other call of the same phone that a Replaces names. */
  readonly ownLeg: (name: Replaces) => LegId | undefined;
  readonly session: Session;
  readonly media: MediaLeg;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly emit: (event: LegEvent) => void;
  /** Lets work go on by itself; the leg ends if it fails. */
  readonly settle: (work: Promise<unknown>) => void;
}

/** A phone hears what became of its transfer; after this time at the latest, longer than any target rings. */
const transferMilliseconds = 120_000;

/** With the silence before, a phone that lost its power is known to be gone after 14 s. */
const phonePatienceMilliseconds = 6_000;
/** A phone that is there answers sooner, even over a line that loses packets. */
const soonMilliseconds = 1_500;

const isAnswer = ({ status }: { readonly status: number }): boolean =>
  status !== 408 && status !== 481 && status !== 503;

/** What the far side may do while a call is up: hold, refresh, change media, transfer, send digits. */
export class InDialog {
  readonly #options: InDialogOptions;
  #held = false;
  #transfer: { readonly refer: Refer; readonly timer: Timer } | undefined;

  constructor(options: InDialogOptions) {
    this.#options = options;
  }

  handlers(): SessionHandlers {
    return {
      reoffer: (reoffer) => this.#options.settle(this.#reoffer(reoffer)),
      acknowledged: (ack) => {
        const sdp = sdpOf(ack);
        if (sdp !== undefined) void this.#options.media.accept(sdp).catch((error) => this.#note(error));
      },
      refer: (refer) => this.#refer(refer),
      info: (incoming) => this.#info(incoming),
    };
  }

  /** Tells a phone that asked for a transfer what became of it (RFC 3515 §2.4.5). */
  settleTransfer(succeeded: boolean): void {
    this.#answerTransfer(succeeded ? 200 : 503);
  }

  #answerTransfer(status: number): void {
    if (!this.#transfer) return;
    const { refer, timer } = this.#transfer;
    this.#transfer = undefined;
    timer.cancel();
    refer.notify(status);
  }

  /** Whether the far side still answers. Asked when its media stops. `falters`: a phone has not answered at once. */
  async isAlive(falters: () => void): Promise<boolean> {
    const { session, timers, farSide } = this.#options;
    const asked = session.request('OPTIONS');
    // A phone answers by itself; a provider may have to ask another and gets the time that SIP gives.
    if (farSide === 'trunk') return isAnswer(await asked);
    const tooLate = Promise.withResolvers<{ readonly status: number }>();
    const running = [
      timers.after(soonMilliseconds, falters),
      timers.after(phonePatienceMilliseconds, () => tooLate.resolve({ status: 408 })),
    ];
    return Promise.race([asked, tooLate.promise])
      .then(isAnswer)
      .finally(() => running.forEach((timer) => timer.cancel()));
  }

  async #reoffer(reoffer: Reoffer): Promise<void> {
    const direction = await answerReoffer(reoffer, this.#options.media);
    if (direction !== undefined) this.#heldIs(direction === 'sendonly' || direction === 'inactive');
  }

  #heldIs(held: boolean): void {
    if (held === this.#held || this.#isUnattended) return;
    this.#held = held;
    this.#options.emit({ kind: held ? 'hold-requested' : 'resume-requested', leg: this.#options.leg });
  }

  /** At a door or in a lift nobody holds or transfers, whatever the box sends. */
  get #isUnattended(): boolean {
    const { deviceKind } = this.#options;
    return deviceKind === 'door-station' || deviceKind === 'alarm-dialler';
  }

  #refer(refer: Refer): void {
    // A trunk can never dial out, also not by asking us to.
    if (this.#options.farSide === 'trunk' || this.#isUnattended) return refer.reject(603);
    if (this.#transfer) return refer.reject(491);
    const target = dialTargetOf(refer.target);
    const isCallable = parseSipUri(refer.target) !== undefined || uriScheme(refer.target) === 'tel';
    if (!isCallable || target === '') return refer.reject(400);
    const { leg, emit, ownLeg } = this.#options;
    const consultation = refer.replaces && ownLeg(refer.replaces);
    this.#acceptTransfer(refer);
    if (!refer.replaces) emit({ kind: 'transfer-requested', leg, target });
    else if (consultation !== undefined) emit({ kind: 'attended-transfer-requested', leg, consultation });
    // RFC 3891 §3: a dialog of somebody else looks like one that is not there.
    else this.#answerTransfer(481);
  }

  #acceptTransfer(refer: Refer): void {
    refer.accept();
    const timer = this.#options.timers.after(transferMilliseconds, () => this.settleTransfer(false));
    this.#transfer = { refer, timer };
  }

  #info(incoming: IncomingRequest): void {
    const digit = digitOfInfo(incoming.request);
    if (digit !== undefined) this.#options.emit({ kind: 'digit', leg: this.#options.leg, digit });
    // RFC 6086 §4.2.2: an INFO with an unknown package is refused, one without any (RFC 2976) is not.
    const isUnknown = headerValue(incoming.request, 'Info-Package') !== undefined;
    incoming.respond(isUnknown ? 469 : 200, isUnknown ? { headers: [{ name: 'Recv-Info', value: '' }] } : {});
  }

  #note(error: unknown): void {
    this.#options.logger.info('Answer in ACK not usable', { leg: this.#options.leg, error: String(error) });
  }
}

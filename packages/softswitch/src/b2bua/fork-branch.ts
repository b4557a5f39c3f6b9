import { callFailures } from '@amtsleitung/domain';
import type { CallFailure, DeviceKind } from '@amtsleitung/domain';
import type { LegKind, LegOptions } from '@amtsleitung/media';
import { MediaError } from '@amtsleitung/media';
import { sdpBody, sdpOf } from '@amtsleitung/sip';
import type {
  ClientSession,
  Destination,
  InviteOptions,
  Reason,
  SessionEnd,
  SessionHandlers,
  SipResponse,
} from '@amtsleitung/sip';
import { failureOfResponse } from '../trunks/response-failure.ts';
import type { FarSide } from '../trunks/response-failure.ts';
import { answerReoffer } from './answer-reoffer.ts';
import { guardHandlers } from './guard.ts';
import { redirectTarget } from './redirect-target.ts';
import type { MediaLeg } from './media-leg.ts';

/** One place an outgoing leg rings at. */
export interface BranchPlan {
  readonly kind: LegKind;
  readonly media: LegOptions;
  readonly farSide: FarSide;
  readonly deviceId?: string;
  readonly deviceKind?: DeviceKind;
  readonly contact?: string;
  readonly flowId?: string;
  /** Everything of the INVITE but the session description; rejects when the place cannot be found. */
  readonly invite: () => Promise<Omit<InviteOptions, 'body'>>;
  /** Another INVITE after such a refusal, tried once; undefined: there is nothing else to say. */
  readonly again?: (status: number) => Promise<Omit<InviteOptions, 'body'>> | undefined;
  /** Told once what the far side's server did with the INVITE. */
  readonly outcome?: (outcome: BranchOutcome) => void;
}

/** First sign of a server: its status, or the status made up for its silence (without response). */
export interface BranchOutcome {
  readonly server: Destination;
  readonly status: number;
  readonly response?: SipResponse;
}

/** What a branch reports to its leg. */
export interface BranchListener {
  ringing(): void;
  /** Sound before the answer. */
  sound(): void;
  accepted(): void;
  /** The INVITE did not lead to a session. `global`: a 6xx, the answer of the person and not of one phone. */
  failed(failure: CallFailure, parts: { readonly global?: boolean; readonly redirectTo?: string }): void;
  /** The session is over after it had been accepted. */
  ended(end: SessionEnd): void;
  /** A handler threw. */
  broke(error: unknown): void;
}

/** One INVITE with its media: a single contact of a fork, or a trunk. */
export class ForkBranch {
  readonly plan: BranchPlan;
  readonly media: MediaLeg;
  readonly #makeSession: (options: InviteOptions) => ClientSession;
  readonly #listener: BranchListener;
  #session: ClientSession | undefined;
  #answer: SipResponse | undefined;
  /** What the far side described before its answer. */
  #early: string | undefined;
  #rang = false;
  #isGivenUp = false;
  #offer = '';
  #hasTriedAgain = false;
  #isJudged = false;

  constructor(
    plan: BranchPlan,
    media: MediaLeg,
    makeSession: (options: InviteOptions) => ClientSession,
    listener: BranchListener,
  ) {
    this.plan = plan;
    this.media = media;
    this.#makeSession = makeSession;
    this.#listener = listener;
  }

  /** The session once the INVITE is out. */
  get session(): ClientSession | undefined {
    return this.#session;
  }

  /** Any sign of life from the far side, be it 100 Trying. */
  get isHeard(): boolean {
    return this.#session?.isHeard ?? false;
  }

  /** It rings, or announces something. */
  get rang(): boolean {
    return this.#rang;
  }

  async call(): Promise<void> {
    try {
      const [sdp, invite] = await Promise.all([this.media.offer(this.plan.kind), this.plan.invite()]);
      this.#offer = sdp;
      this.#send(invite);
    } catch (error) {
      if (!this.#isGivenUp) this.#listener.failed(this.#failureOfSetUp(error), {});
    }
  }

  /** Nothing was heard of the far side in the time it had. */
  unheard(): void {
    this.#judge(408);
  }

  /** Agrees on media with what the 200 said. Rejects when that is impossible. */
  async connect(handlers: SessionHandlers): Promise<void> {
    // RFC 3262 §5: what a reliable 183 has agreed on is not said again.
    const sdp = (this.#answer && sdpOf(this.#answer)) ?? this.#session?.remoteSdp;
    this.#session?.handle(this.#guard({ ...handlers, ended: (end) => this.#ended(end) }));
    if (sdp === undefined) throw new MediaError(488, 'The 200 has no session description.');
    await this.media.accept(sdp);
  }

  /** Takes what the 183 said. Rejects when that is impossible. */
  async listen(): Promise<void> {
    if (this.#early === undefined) throw new MediaError(488, 'No sound was announced.');
    await this.media.accept(this.#early);
  }

  /** CANCEL before the answer, BYE after it; the user agent knows which. */
  giveUp(reason: Reason): void {
    this.#isGivenUp = true;
    this.#session?.bye(reason);
    void this.media.close();
  }

  /** It is gone by itself. */
  forget(): void {
    this.#isGivenUp = true;
    void this.media.close();
  }

  #guard(handlers: SessionHandlers): SessionHandlers {
    return guardHandlers(handlers, (error) => this.#listener.broke(error));
  }

  #send(invite: Omit<InviteOptions, 'body'>): void {
    if (this.#isGivenUp) return;
    this.#session = this.#makeSession({ ...invite, body: sdpBody(this.#offer) });
    this.#session.handle(this.#guard(this.#handlers()));
  }

  /** Whether another INVITE may overcome the refusal. */
  #triesAgain(status: number): boolean {
    const next = this.#hasTriedAgain || this.#rang ? undefined : this.plan.again?.(status);
    if (!next) return false;
    this.#hasTriedAgain = true;
    void next.then(
      (invite) => this.#send(invite),
      (error: unknown) => this.#listener.failed(this.#failureOfSetUp(error), {}),
    );
    return true;
  }

  #judge(status: number, response?: SipResponse): void {
    if (this.#isJudged || !this.#session) return;
    this.#isJudged = true;
    this.plan.outcome?.({ server: this.#session.peer, status, ...(response ? { response } : {}) });
  }

  #handlers(): SessionHandlers {
    return {
      provisional: (response) => this.#provisional(response),
      accepted: (response) => {
        this.#answer = response;
        this.#judge(response.status, response);
        this.#listener.accepted();
      },
      // RFC 3311 §5: a network that changes its announcement for the real line, still before the answer.
      reoffer: (reoffer) => void answerReoffer(reoffer, this.media),
      ended: (end) => this.#ended(end),
    };
  }

  #provisional(response: SipResponse): void {
    this.#judge(response.status, response);
    if (response.status < 180 || response.status > 189) return;
    this.#rang = true;
    const sdp = this.plan.farSide === 'trunk' ? sdpOf(response) : undefined;
    const isNew = sdp !== undefined && sdp !== this.#early;
    if (isNew) this.#early = sdp;
    // An announcement is no ringing: what is to be heard is the provider's choice.
    if (response.status !== 183 || sdp === undefined) this.#listener.ringing();
    if (isNew) this.#listener.sound();
  }

  #ended(end: SessionEnd): void {
    if (this.#isGivenUp) return;
    if (this.#answer) return this.#listener.ended(end);
    const status = end.status ?? (end.cause === 'unreachable' ? 503 : 408);
    this.#judge(status, end.response);
    if (this.#triesAgain(status)) return;
    const isPhone = this.plan.farSide === 'phone';
    const redirectTo = isPhone ? redirectTarget(end.response) : undefined;
    this.#listener.failed(failureOfResponse(status, this.plan.farSide, this.#rang), {
      global: isPhone && status >= 600,
      ...(redirectTo === undefined ? {} : { redirectTo }),
    });
  }

  #failureOfSetUp(error: unknown): CallFailure {
    if (error instanceof MediaError) return callFailures.overloaded;
    return this.plan.farSide === 'trunk' ? callFailures['trunk-failed'] : callFailures.unreachable;
  }
}

import { Mailbox, newId, type Timer } from '@amtsleitung/base';
import type { LegEvent, LegId, PlayItem, ShownParty } from '../calls/call-control.ts';
import { callFailures, type CallFailure, type CallFailureKind } from '../calls/call-failure.ts';
import type { LineUse } from '../calls/line-occupancy.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { CallDirection, CallEvent, CallOutcome } from '../events/call-events.ts';
import type { CallHouse } from './call-house.ts';
import { Charges } from './charges.ts';
import type { CallFlow, Stage } from './stage.ts';
import { TalkClock } from './talk-clock.ts';

export interface CallStart {
  readonly id: string;
  readonly tenantId: string;
  readonly direction: CallDirection;
  readonly partyId?: string;
  readonly trunkId?: string;
  readonly callerPersonId?: string;
  /** A phone talks to the house itself (a code was dialled): no facts are published. */
  readonly unrecorded?: boolean;
}

export interface CallEnd {
  /** A call that ever connected is `answered`, whatever happened later. */
  readonly outcome: CallOutcome;
  readonly by: 'caller' | 'callee' | 'system';
  readonly failure?: CallFailureKind;
}

/** Told by a call about itself; the director's side. */
export interface CallObserver {
  legOpened(leg: LegId, call: Call): void;
  legClosed(leg: LegId): void;
  /** After each input, and after the end. */
  changed(call: Call): void;
}

/** How long the caller of a hotline has waited. */
export interface QueueTimes {
  readonly waitedMilliseconds: number;
  /** Wall time of the entry into the queue. */
  readonly queuedAt: number;
}

interface Playback {
  readonly playbackId: string;
  readonly watchdog: Timer;
  readonly done: () => void;
}

/**
 * One call: its legs, its stage, its facts. Inputs are handled one at a time; an exception ends this call and nothing else.
 */
export class Call {
  readonly start: CallStart;
  readonly house: CallHouse;
  readonly talk: TalkClock;
  readonly charges: Charges;
  /** Wall time. */
  readonly arrivedAt: number;
  /** Who the caller's own screen shows. */
  target: ShownParty = {};
  /** What was dialled, as it was: also the code before a number. */
  dialled = '';
  /** The agent who has this call from a hotline. */
  service: { readonly hotlineId: string; readonly personId: string; readonly queue: QueueTimes } | undefined;
  readonly #observer: CallObserver;
  readonly #flow: (call: Call) => CallFlow;
  readonly #mailbox: Mailbox;
  readonly #legs = new Set<LegId>();
  readonly #answered = new Set<LegId>();
  /** Unanswered legs whose sound is open. */
  readonly #sounding = new Set<LegId>();
  readonly #people = new Set<string>();
  readonly #arrivedMonotonic: number;
  readonly #timers = new Set<Timer>();
  readonly #playbacks = new Map<LegId, Playback>();
  #stage: Stage | undefined;
  #ended = false;

  constructor(start: CallStart, house: CallHouse, observer: CallObserver, flow: (call: Call) => CallFlow) {
    this.start = start;
    this.house = house;
    this.talk = new TalkClock(house.clock);
    this.charges = new Charges(house, start);
    this.#observer = observer;
    this.#flow = flow;
    this.arrivedAt = house.clock.now();
    this.#arrivedMonotonic = house.clock.monotonic();
    this.#mailbox = new Mailbox((error) => this.#crash(error));
  }

  get id(): string {
    return this.start.id;
  }

  get flow(): CallFlow {
    return this.#flow(this);
  }

  get stage(): Stage | undefined {
    return this.#stage;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get directory(): TownDirectory {
    const directory = this.house.directory.byTenant(this.start.tenantId);
    if (!directory) throw new Error('the tenant of this call is gone');
    return directory;
  }

  /** Every input of a call goes through here. */
  post(task: () => void): void {
    this.#mailbox.post(() => {
      if (!this.#ended) task();
      this.#observer.changed(this);
    });
  }

  onLegEvent(event: LegEvent): void {
    if (event.kind === 'ended' || event.kind === 'failed') this.#legs.delete(event.leg);
    if (event.kind !== 'playback-ended') return this.#stage?.onLegEvent(event);
    this.#playbackEnded(event.leg, event.playbackId);
  }

  enter(stage: Stage): void {
    this.#leaveStage();
    this.#stage = stage;
    stage.enter();
  }

  /** Runs later unless the stage has changed by then. */
  after(milliseconds: number, fire: () => void): Timer {
    const timer = this.house.timers.after(milliseconds, () => {
      this.#timers.delete(timer);
      this.post(fire);
    });
    this.#timers.add(timer);
    return timer;
  }

  /** Takes a leg into the call: the one that came in, or a new one to dial. */
  openLeg(leg: LegId = newId(this.house.clock, this.house.random)): LegId {
    this.#legs.add(leg);
    this.#observer.legOpened(leg, this);
    return leg;
  }

  isLive(leg: LegId): boolean {
    return this.#legs.has(leg);
  }

  isAnswered(leg: LegId): boolean {
    return this.#answered.has(leg);
  }

  /** Whether its caller can hear anything. */
  hasSound(leg: LegId): boolean {
    return this.#answered.has(leg) || this.#sounding.has(leg);
  }

  markAnswered(leg: LegId): void {
    this.#answered.add(leg);
  }

  answer(leg: LegId): void {
    if (this.#answered.has(leg)) return;
    this.#answered.add(leg);
    this.house.control.answer(leg);
  }

  /** Lets the caller of an unanswered leg hear what is played, or what the other side sends early. */
  progress(leg: LegId): void {
    if (this.hasSound(leg)) return;
    this.#sounding.add(leg);
    this.house.control.progress(leg);
  }

  /** Another call takes this leg: it is forgotten here and lives on. */
  giveUp(leg: LegId): void {
    this.#legs.delete(leg);
    this.#playbacks.get(leg)?.watchdog.cancel();
    this.#playbacks.delete(leg);
  }

  /** Ends a leg and forgets it: what it still says is not heard. */
  hangUp(leg: LegId, failure?: CallFailure): void {
    this.#observer.legClosed(leg);
    if (this.#legs.delete(leg)) this.house.control.hangUp(leg, failure);
  }

  reject(leg: LegId, failure: CallFailure): void {
    this.#observer.legClosed(leg);
    if (this.#legs.delete(leg)) this.house.control.reject(leg, failure);
  }

  /** Plays `items` once; `done` runs when they are over and the stage is still the same. */
  play(leg: LegId, items: readonly PlayItem[], done: () => void): void {
    const playbackId = newId(this.house.clock, this.house.random);
    this.#playbacks.get(leg)?.watchdog.cancel();
    const watchdog = this.after(longestPlayback, () => this.#playbackEnded(leg, playbackId));
    this.#playbacks.set(leg, { playbackId, watchdog, done });
    this.house.control.play(leg, playbackId, items);
  }

  /** Plays `item` over and over. */
  loop(leg: LegId, item: PlayItem): void {
    this.#playbacks.get(leg)?.watchdog.cancel();
    this.#playbacks.delete(leg);
    this.house.control.play(leg, newId(this.house.clock, this.house.random), [item], true);
  }

  occupy(personId: string, use: LineUse): void {
    this.#people.add(personId);
    this.house.lines.occupy(personId, this.id, use);
  }

  /** The person's part is over: their line is free, and a hotline agent goes into wrap-up. */
  vacate(personId: string): void {
    this.#people.delete(personId);
    // Wrap-up begins before the line is free: nobody sees a moment of "free" in between.
    if (this.service?.personId === personId) this.endService();
    this.house.lines.release(personId, this.id);
  }

  /** The agent's work for the hotline on this call is over, also when they stay on the line. */
  endService(): void {
    const { service } = this;
    this.service = undefined;
    if (service) this.house.hotlines.agentDone(this.start.tenantId, service.personId, this.id);
  }

  /** The line of the agent of this call broke. */
  loseService(): void {
    const { service } = this;
    this.service = undefined;
    if (service) this.house.hotlines.agentLost(this.start.tenantId, service.personId, this.id);
  }

  publish(facts: CallEvent): void {
    const { tenantId, unrecorded } = this.start;
    if (!unrecorded) this.house.events.write(tenantId, facts);
  }

  /** Ends whatever is left of the call. Only the first end counts. */
  end({ outcome, by, failure }: CallEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#attempt(() => this.#leaveStage());
    this.#stage = undefined;
    this.talk.stop();
    this.#attempt(() => this.house.hotlines.leave(this.start.tenantId, this.id));
    const verdict = failure === undefined ? undefined : callFailures[failure];
    for (const leg of [...this.#legs]) this.#attempt(() => this.hangUp(leg, verdict));
    this.#attempt(() => this.charges.releaseAll());
    this.#attempt(() =>
      this.publish({
        kind: 'call-ended',
        callId: this.id,
        outcome: this.talk.everConnected && outcome !== 'interrupted' ? 'answered' : outcome,
        by,
        ...(failure === undefined ? {} : { failure }),
        totalMilliseconds: Math.round(this.house.clock.monotonic() - this.#arrivedMonotonic),
        talkMilliseconds: this.talk.milliseconds,
      }),
    );
    for (const personId of [...this.#people]) this.#attempt(() => this.vacate(personId));
    this.#attempt(() => this.house.hotlines.callOver(this.start.tenantId, this.id));
  }

  /** Told by the media or, should it forget, by the watchdog. */
  #playbackEnded(leg: LegId, playbackId: string): void {
    const playback = this.#playbacks.get(leg);
    if (playback?.playbackId !== playbackId) return;
    this.#playbacks.delete(leg);
    playback.watchdog.cancel();
    playback.done();
  }

  #leaveStage(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    this.#playbacks.clear();
    this.#stage?.leave();
  }

  #crash(error: unknown): void {
    this.house.logger.error('call ended by an exception', { callId: this.id, error: String(error) });
    this.end({ outcome: 'failed', by: 'system', failure: 'interrupted' });
    this.#attempt(() => this.#observer.changed(this));
  }

  #attempt(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.house.logger.error('call could not be tidied up', { callId: this.id, error: String(error) });
    }
  }
}

/** Announcements are shorter; a media engine that forgets to tell must not hold a caller for ever. */
const longestPlayback = 60_000;

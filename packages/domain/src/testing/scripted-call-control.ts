import type { CallControl, DialOptions, DialTarget, LegEvent, LegId, PlayItem } from '../calls/call-control.ts';
import { callFailures, type CallFailure, type CallFailureKind } from '../calls/call-failure.ts';

/** One leg as the scripted network knows it. */
export interface ScriptedLeg {
  readonly id: LegId;
  readonly target?: DialTarget;
  readonly options?: DialOptions;
  answered: boolean;
  ringing: boolean;
  gone: boolean;
  failure?: CallFailure;
  /** What the leg hears. */
  hears: LegId | readonly PlayItem[] | undefined;
  playbackId?: string;
  loops: boolean;
  recordingId?: string;
  digits: string;
}

export interface ScriptedCommand {
  readonly name: keyof CallControl;
  readonly leg: LegId;
}

/**
 * A network without a network: records what call control is told and lets a test say what happens. Events of our own
 * hang-ups come with `settle`, as they come later on a real line.
 */
export class ScriptedCallControl implements CallControl {
  readonly commands: ScriptedCommand[] = [];
  readonly legs = new Map<LegId, ScriptedLeg>();
  /** A command that throws, to see what an exception does. */
  broken: keyof CallControl | undefined;
  #handler: (event: LegEvent) => void = () => {};
  #later: LegEvent[] = [];
  #count = 0;

  connectTo(handler: (event: LegEvent) => void): void {
    this.#handler = handler;
  }

  fire(event: LegEvent): void {
    const leg = this.legs.get(event.leg);
    if (leg && event.kind === 'answered') leg.answered = true;
    if (leg && (event.kind === 'ended' || event.kind === 'failed')) leg.gone = true;
    this.#handler(event);
  }

  /** A new incoming leg; returns its id. */
  incoming(event: Omit<Extract<LegEvent, { kind: 'incoming' }>, 'kind' | 'leg'>): LegId {
    const leg = `in-${++this.#count}`;
    this.legs.set(leg, newLeg(leg));
    this.fire({ kind: 'incoming', leg, ...event });
    return leg;
  }

  /** Delivers the events of our own commands. */
  settle(): void {
    for (let event = this.#later.shift(); event; event = this.#later.shift()) this.#handler(event);
  }

  pickUp(leg: LegId): void {
    this.fire({ kind: 'answered', leg });
  }

  fail(leg: LegId, kind: CallFailureKind): void {
    this.fire({ kind: 'failed', leg, failure: callFailures[kind] });
  }

  hangsUp(leg: LegId, by: 'remote' | 'lost' = 'remote'): void {
    this.fire({ kind: 'ended', leg, by });
  }

  /** What is being played to the leg comes to its end. */
  playedOut(leg: LegId): void {
    const { playbackId, loops } = this.leg(leg);
    if (playbackId !== undefined && !loops) this.fire({ kind: 'playback-ended', leg, playbackId });
  }

  /** What was recorded is voice from end to end unless told otherwise. */
  recorded(leg: LegId, milliseconds: number, file = 'messages/one.wav', voiceMilliseconds = milliseconds): void {
    const { recordingId } = this.leg(leg);
    if (recordingId === undefined) throw new Error(`${leg} is not recorded`);
    this.fire({ kind: 'recording-ended', leg, recordingId, file, milliseconds, voiceMilliseconds });
  }

  leg(id: LegId): ScriptedLeg {
    const leg = this.legs.get(id);
    if (!leg) throw new Error(`no leg ${id}`);
    return leg;
  }

  /** Legs to a person that ring or talk, oldest first. */
  legsTo(personId: string): readonly ScriptedLeg[] {
    return [...this.legs.values()].filter(
      ({ target, gone }) => !gone && target?.kind === 'person' && target.personId === personId,
    );
  }

  /** The one leg that rings this person. */
  ringingAt(personId: string): LegId {
    const [leg, ...more] = this.legsTo(personId).filter(({ answered }) => !answered);
    if (!leg || more.length > 0) throw new Error(`${personId} is rung by ${leg ? more.length + 1 : 0} legs`);
    return leg.id;
  }

  trunkLegs(): readonly ScriptedLeg[] {
    return [...this.legs.values()].filter(({ target, gone }) => !gone && target?.kind === 'trunk');
  }

  /** Names of the prompts the leg hears now; `music`, `ringback` and numbers included. */
  heard(leg: LegId): readonly string[] {
    const { hears } = this.leg(leg);
    if (!hears || typeof hears === 'string') return [];
    return hears.map((item) => {
      if (item.kind === 'prompt' || item.kind === 'tone') return item.name;
      return item.kind === 'number' ? String(item.value) : item.kind;
    });
  }

  areBridged(left: LegId, right: LegId): boolean {
    return this.leg(left).hears === right && this.leg(right).hears === left;
  }

  ring(leg: LegId): void {
    this.#note('ring', leg, (known) => (known.ringing = true));
  }

  progress(leg: LegId): void {
    this.#note('progress', leg, () => {});
  }

  answer(leg: LegId): void {
    this.#note('answer', leg, (known) => (known.answered = true));
  }

  reject(leg: LegId, failure: CallFailure): void {
    this.#note('reject', leg, (known) => this.#close(known, failure));
  }

  dial(leg: LegId, target: DialTarget, options: DialOptions): void {
    this.legs.set(leg, { ...newLeg(leg), target, options });
    this.#note('dial', leg, () => {});
  }

  bridge(left: LegId, right: LegId): void {
    this.#note('bridge', left, (known) => this.#hear(known, right));
    this.#note('bridge', right, (known) => this.#hear(known, left));
  }

  park(leg: LegId): void {
    this.#note('park', leg, (known) => this.#hear(known, undefined));
  }

  play(leg: LegId, playbackId: string, items: readonly PlayItem[], loop = false): void {
    this.#note('play', leg, (known) => this.#hear(known, items, playbackId, loop));
  }

  stop(leg: LegId): void {
    this.#note('stop', leg, (known) => this.#hear(known, undefined));
  }

  transferFailed(leg: LegId): void {
    this.#note('transferFailed', leg, () => {});
  }

  sendDigits(leg: LegId, digits: string): void {
    this.#note('sendDigits', leg, (known) => (known.digits += digits));
  }

  record(leg: LegId, recordingId: string): void {
    this.#note('record', leg, (known) => (known.recordingId = recordingId));
  }

  stopRecording(leg: LegId): void {
    this.#note('stopRecording', leg, () => {});
  }

  hangUp(leg: LegId, failure?: CallFailure): void {
    this.#note('hangUp', leg, (known) => this.#close(known, failure));
  }

  #note(name: keyof CallControl, id: LegId, change: (leg: ScriptedLeg) => void): void {
    this.commands.push({ name, leg: id });
    if (this.broken === name) throw new Error(`${name} is broken`);
    const leg = this.legs.get(id);
    if (leg && !leg.gone) change(leg);
  }

  #hear(leg: ScriptedLeg, hears: ScriptedLeg['hears'], playbackId?: string, loops = false): void {
    Object.assign(leg, { hears, playbackId, loops });
  }

  #close(leg: ScriptedLeg, failure: CallFailure | undefined): void {
    leg.gone = true;
    if (failure) leg.failure = failure;
    this.#later.push({ kind: 'ended', leg: leg.id, by: 'local' });
  }
}

const newLeg = (id: LegId): ScriptedLeg => ({
  ...{ id, answered: false, ringing: false, gone: false, hears: undefined, loops: false, digits: '' },
});

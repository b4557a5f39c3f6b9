import { newId } from '@amtsleitung/base';
import type { LegEvent, PlayItem } from '../calls/call-control.ts';
import { callFailures } from '../calls/call-failure.ts';
import type { Destination } from '../numbering/head-number.ts';
import type { Call } from './call.ts';
import type { CommandFailure } from './phone-state.ts';
import { callerView, hungUpBy } from './phone-views.ts';
import type { Side } from './side.ts';
import type { MessageReason, PersonView, PhoneCommand, Stage } from './stage.ts';

const longestMessage = 180_000;
/** Nobody speaks for so long: the message is over. */
const longestPause = 8_000;
/** With less voice in it, it is a hang-up at the tone. */
const shortestMessage = 1_000;
/** For the end of the recording to arrive. */
const recordingSlack = 15_000;

type Step = 'announcing' | 'recording' | 'thanking';

/** Announcement, tone, recorded message for the box; `#`, silence or hanging up ends it. */
export class MessageStage implements Stage {
  readonly #call: Call;
  readonly #side: Side;
  readonly #box: Destination;
  readonly #why: MessageReason;
  #step: Step = 'announcing';
  #hungUp: 'caller' | 'callee' | 'system' | undefined;
  #saved = false;

  constructor(call: Call, side: Side, box: Destination, why: MessageReason) {
    this.#call = call;
    this.#side = side;
    this.#box = box;
    this.#why = why;
  }

  enter(): void {
    const { language, prompt, greeting } = this.#why;
    const say = (name: MessagePrompt): PlayItem => ({ kind: 'prompt', name, language });
    const items: readonly PlayItem[] = [
      ...(greeting ? [say('greeting')] : []),
      say(prompt),
      say('leave-message-after-tone'),
      { kind: 'tone', name: 'message-beep' },
    ];
    this.#call.answer(this.#side.leg);
    this.#call.play(this.#side.leg, items, () => this.#record());
  }

  onLegEvent(event: LegEvent): void {
    if (event.leg !== this.#side.leg) return;
    if (event.kind === 'ended') this.#callerGone(hungUpBy(this.#side, event.by));
    else if (event.kind === 'recording-ended') this.#recorded(event);
    else if (event.kind === 'digit' && event.digit === '#' && this.#step === 'recording') {
      this.#call.house.control.stopRecording(this.#side.leg);
    }
  }

  command(personId: string, command: PhoneCommand): CommandFailure | undefined {
    if (personId !== this.#side.personId) return 'no-such-call';
    if (command.kind !== 'hang-up') return 'wrong-state';
    // Not forgotten by `call.hangUp`: the end of the recording is still to come on this leg.
    this.#call.house.control.hangUp(this.#side.leg);
    this.#callerGone('caller');
    return undefined;
  }

  views(): readonly PersonView[] {
    return this.#hungUp ? [] : callerView(this.#call, this.#side);
  }

  leave(): void {}

  #record(): void {
    this.#step = 'recording';
    const { random, clock, control } = this.#call.house;
    const limits = { maxMilliseconds: longestMessage, silentMilliseconds: longestPause };
    control.record(this.#side.leg, newId(clock, random), limits);
    this.#call.after(longestMessage + recordingSlack, () => this.#end());
  }

  #recorded({ file, milliseconds, voiceMilliseconds }: Extract<LegEvent, { kind: 'recording-ended' }>): void {
    if (this.#step !== 'recording') return;
    this.#step = 'thanking';
    if (file !== '' && voiceMilliseconds >= shortestMessage) this.#save(file, milliseconds);
    else if (file !== '') this.#call.house.discardRecording(file);
    if (this.#hungUp || !this.#call.isLive(this.#side.leg)) return this.#end();
    const { language } = this.#why;
    const items = this.#farewell(file).map((name): PlayItem => ({ kind: 'prompt', name, language }));
    this.#call.play(this.#side.leg, items, () => this.#end());
  }

  /** Nothing was kept: the disk took none of it, and who spoke has to know. */
  #farewell(file: string): readonly MessagePrompt[] {
    if (this.#saved) return ['message-saved', 'goodbye'];
    return file === '' ? ['interrupted-apology'] : ['goodbye'];
  }

  #save(file: string, milliseconds: number): void {
    this.#saved = true;
    const { random, clock } = this.#call.house;
    const { partyId } = this.#call.start;
    this.#call.publish({
      kind: 'message-recorded',
      callId: this.#call.id,
      messageId: newId(clock, random),
      box: this.#box,
      ...(partyId === undefined ? {} : { partyId }),
      file,
      milliseconds: Math.round(milliseconds),
    });
  }

  /** A hang-up while recording ends the recording; its file is told of in a moment. */
  #callerGone(by: 'caller' | 'callee' | 'system'): void {
    if (this.#hungUp) return;
    this.#hungUp = by;
    if (this.#step !== 'recording') return this.#end();
    if (this.#side.personId !== undefined) this.#call.vacate(this.#side.personId);
    this.#call.after(recordingSlack, () => this.#end());
  }

  #end(): void {
    const by = this.#hungUp ?? 'system';
    if (this.#saved) this.#call.end({ outcome: 'message', by });
    else if (this.#hungUp) this.#call.end({ outcome: 'abandoned', by });
    else this.#call.end({ outcome: 'failed', by, failure: callFailures['no-answer'].kind });
  }
}

type MessagePrompt =
  | 'greeting'
  | 'leave-message-after-tone'
  | 'message-saved'
  | 'goodbye'
  | 'interrupted-apology'
  | MessageReason['prompt'];

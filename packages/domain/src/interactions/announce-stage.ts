import type { LegEvent, PlayItem } from '../calls/call-control.ts';
import type { CallFailure } from '../calls/call-failure.ts';
import type { Call } from './call.ts';
import { callerView, hungUpBy } from './phone-views.ts';
import type { CommandFailure } from './phone-state.ts';
import type { Side } from './side.ts';
import type { PersonView, PhoneCommand, Stage } from './stage.ts';

/** A phone whose sound cannot be opened early hears nothing, and shall not wait long for its answer. */
const longestEarly = 12_000;

/**
 * Says why it does not go on, then ends the call: nobody hears silence (R33). A colleague's phone hears it before it is
 * answered (183) and gets the true status, so that it shows why; a citizen's provider may pass no early sound on.
 */
export class AnnounceStage implements Stage {
  readonly #call: Call;
  readonly #side: Side;
  readonly #items: readonly PlayItem[];
  readonly #failure: CallFailure;

  constructor(call: Call, side: Side, items: readonly PlayItem[], failure: CallFailure) {
    this.#call = call;
    this.#side = side;
    this.#items = items;
    this.#failure = failure;
  }

  enter(): void {
    const { leg, personId } = this.#side;
    const isEarly = personId !== undefined && !this.#call.isAnswered(leg);
    if (isEarly) this.#call.progress(leg);
    else this.#call.answer(leg);
    this.#call.play(leg, this.#items, () => this.#over(isEarly));
    if (isEarly) this.#call.after(longestEarly, () => this.#over(isEarly));
  }

  onLegEvent(event: LegEvent): void {
    if (event.leg === this.#side.leg && event.kind === 'ended') this.#end(hungUpBy(this.#side, event.by));
  }

  command(personId: string, command: PhoneCommand): CommandFailure | undefined {
    if (personId !== this.#side.personId) return 'no-such-call';
    if (command.kind !== 'hang-up') return 'wrong-state';
    this.#end('caller');
    return undefined;
  }

  views(): readonly PersonView[] {
    return callerView(this.#call, this.#side);
  }

  leave(): void {}

  #over(isEarly: boolean): void {
    if (isEarly) this.#call.reject(this.#side.leg, this.#failure);
    else this.#call.hangUp(this.#side.leg, this.#failure);
    this.#end('system');
  }

  #end(by: 'caller' | 'callee' | 'system'): void {
    this.#call.end({ outcome: 'failed', by, failure: this.#failure.kind });
  }
}

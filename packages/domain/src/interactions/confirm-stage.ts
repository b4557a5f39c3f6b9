import type { LegEvent, PlayItem } from '../calls/call-control.ts';
import type { Call } from './call.ts';
import type { CommandFailure } from './phone-state.ts';
import type { Side } from './side.ts';
import type { PersonView, Stage } from './stage.ts';

/** Says what a dialled code has done, then hangs up. */
export class ConfirmStage implements Stage {
  readonly #call: Call;
  readonly #side: Side;
  readonly #items: readonly PlayItem[];

  constructor(call: Call, side: Side, items: readonly PlayItem[]) {
    this.#call = call;
    this.#side = side;
    this.#items = items;
  }

  enter(): void {
    this.#call.answer(this.#side.leg);
    this.#call.play(this.#side.leg, this.#items, () => this.#end());
  }

  onLegEvent(event: LegEvent): void {
    if (event.leg === this.#side.leg && event.kind === 'ended') this.#end();
  }

  command(): CommandFailure {
    return 'no-such-call';
  }

  views(): readonly PersonView[] {
    return [];
  }

  leave(): void {}

  #end(): void {
    this.#call.end({ outcome: 'answered', by: 'system' });
  }
}

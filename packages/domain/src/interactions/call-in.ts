import type { LegEvent, ShownParty } from '../calls/call-control.ts';
import type { Person } from '../directory/person.ts';
import type { Call } from './call.ts';
import type { CommandFailure } from './phone-state.ts';
import { viewOf } from './phone-views.ts';
import { personRing, Ringer } from './ringer.ts';
import type { Side } from './side.ts';
import type { PersonView } from './stage.ts';

/** A colleague takes a call by screen: their own browser is called and answers by itself. One at a time. */
export class CallIn {
  readonly #call: Call;
  readonly #shown: ShownParty;
  readonly #answered: (side: Side) => void;
  #ringer: Ringer | undefined;
  #person: Person | undefined;

  /** `shown`: whom the colleague takes over. */
  constructor(call: Call, shown: ShownParty, answered: (side: Side) => void) {
    this.#call = call;
    this.#shown = shown;
    this.#answered = answered;
  }

  start(person: Person): CommandFailure | undefined {
    if (this.#ringer) return 'busy';
    if (!this.#call.house.reachability.isReachable(person.id)) return 'not-reachable';
    const options = { caller: this.#shown, isCaller: false, ringMilliseconds: personRing, autoAnswer: true };
    this.#person = person;
    this.#ringer = new Ringer(this.#call, { kind: 'person', person }, options, {
      answered: (side) => {
        this.#forget();
        this.#answered(side);
      },
      failed: () => this.#forget(),
    });
    this.#ringer.start();
    return undefined;
  }

  onLegEvent(event: LegEvent): void {
    this.#ringer?.onLegEvent(event);
  }

  isOf(personId: string): boolean {
    return this.#person?.id === personId;
  }

  cancel(): void {
    const ringer = this.#ringer;
    this.#forget();
    ringer?.cancel();
  }

  views(): readonly PersonView[] {
    return viewOf(this.#call, this.#person?.id, 'dialling', this.#shown);
  }

  #forget(): void {
    this.#ringer = undefined;
    this.#person = undefined;
  }
}

/** The colleague's leg is part of the call from now on. */
export function takeCall(call: Call, { leg, personId }: Side): void {
  call.answer(leg);
  if (personId !== undefined) call.occupy(personId, 'talking');
}

import type { LegEvent } from '../calls/call-control.ts';
import { shownToColleagues } from '../dialplan/office-number.ts';
import type { Person } from '../directory/person.ts';
import type { Call } from './call.ts';
import type { CommandFailure } from './phone-state.ts';
import { viewOf } from './phone-views.ts';
import type { Way } from './ring-target.ts';
import { personRing, Ringer } from './ringer.ts';
import type { PersonView, PhoneCommand, Stage } from './stage.ts';

/** A call dialled on a screen: the person's own browser is called first and answers by itself, then the target. */
export class OwnPhoneStage implements Stage {
  readonly #call: Call;
  readonly #person: Person;
  readonly #ringer: Ringer;

  constructor(call: Call, person: Person, way: Way) {
    this.#call = call;
    this.#person = person;
    const options = { caller: call.target, isCaller: true, ringMilliseconds: personRing, autoAnswer: true };
    this.#ringer = new Ringer(call, { kind: 'person', person }, options, {
      answered: (side) => call.flow.follow({ ...side, shown: shownToColleagues(call.directory, person) }, way),
      failed: ({ kind: failure }) => call.end({ outcome: 'failed', by: 'system', failure }),
    });
  }

  enter(): void {
    this.#ringer.start();
  }

  onLegEvent(event: LegEvent): void {
    this.#ringer.onLegEvent(event);
  }

  command(personId: string, command: PhoneCommand): CommandFailure | undefined {
    if (personId !== this.#person.id) return 'no-such-call';
    if (command.kind !== 'hang-up') return 'wrong-state';
    this.#ringer.cancel();
    this.#call.end({ outcome: 'abandoned', by: 'caller' });
    return undefined;
  }

  views(): readonly PersonView[] {
    return viewOf(this.#call, this.#person.id, 'dialling', this.#call.target);
  }

  leave(): void {
    this.#ringer.cancel();
  }
}

import type { LegEvent } from '../calls/call-control.ts';
import { callFailures } from '../calls/call-failure.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { Person } from '../directory/person.ts';
import type { Call } from './call.ts';
import { CallIn, takeCall } from './call-in.ts';
import { hungUpBy, viewOf } from './phone-views.ts';
import type { CommandFailure } from './phone-state.ts';
import { personRing, Ringer } from './ringer.ts';
import type { Side } from './side.ts';
import type { PersonView, PhoneCommand, Stage } from './stage.ts';

/** Milliseconds in an orbit until the phone of whoever parked the call rings, and between two such recalls. */
const recallAfter = 120_000;
const recallAgainAfter = 30_000;
/** Then nobody will come: a citizen leaves a message. */
const mostRecalls = 3;

/** Somebody hears music in an orbit until a colleague fetches them. */
export class ParkStage implements Stage {
  readonly #call: Call;
  readonly #parked: Side;
  readonly #by: Side & { readonly personId: string };
  readonly #orbit: string;
  readonly #callIn: CallIn;
  #recall: Ringer | undefined;
  #recalls = 0;

  constructor(call: Call, parked: Side, by: Side & { readonly personId: string }, orbit: string) {
    this.#call = call;
    this.#parked = parked;
    this.#by = by;
    this.#orbit = orbit;
    this.#callIn = new CallIn(call, parked.shown, (side) => this.pickUp(side));
  }

  enter(): void {
    this.#call.house.control.park(this.#parked.leg);
    this.#call.loop(this.#parked.leg, { kind: 'music' });
    this.#call.after(recallAfter, () => this.#recallNow());
  }

  onLegEvent(event: LegEvent): void {
    if (event.leg !== this.#parked.leg) {
      this.#recall?.onLegEvent(event);
      this.#callIn.onLegEvent(event);
    } else if (event.kind === 'ended') this.#gone(hungUpBy(this.#parked, event.by));
  }

  command(personId: string, command: PhoneCommand): CommandFailure | undefined {
    const isCalledIn = this.#callIn.isOf(personId);
    const isParker = personId === this.#by.personId;
    if (!isCalledIn && !isParker && personId !== this.#parked.personId) return 'no-such-call';
    if (command.kind !== 'hang-up') return 'wrong-state';
    if (isCalledIn) this.#callIn.cancel();
    else if (!isParker) this.#gone(this.#parked.isCaller ? 'caller' : 'callee');
    else if (this.#recall) this.#recall.decline();
    else return 'wrong-state';
    return undefined;
  }

  views(): readonly PersonView[] {
    const { personId, shown } = this.#by;
    const state = this.#recall ? 'ringing' : 'parked';
    return [
      ...viewOf(this.#call, this.#parked.personId, 'connected', shown),
      ...viewOf(this.#call, personId, state, this.#parked.shown, { orbit: this.#orbit }),
      ...this.#callIn.views(),
    ];
  }

  leave(): void {
    this.#recall?.cancel();
    this.#callIn.cancel();
    this.#call.house.parking.leave(this.#call.start.tenantId, this.#orbit);
  }

  pickUp(colleague: Side): boolean {
    if (colleague.personId === this.#parked.personId) return false;
    this.#recall?.cancel(callFailures['answered-elsewhere']);
    takeCall(this.#call, colleague);
    this.#call.flow.connect(this.#parked, { ...colleague, isCaller: !this.#parked.isCaller });
    return true;
  }

  callIn(person: Person): CommandFailure | undefined {
    return person.id === this.#parked.personId ? 'no-such-call' : this.#callIn.start(person);
  }

  #recallNow(): void {
    const person = indexOf(this.#call.directory).person(this.#by.personId);
    if (!person || this.#recalls++ >= mostRecalls) return this.#giveUp(person);
    const options = { caller: this.#parked.shown, isCaller: !this.#parked.isCaller, ringMilliseconds: personRing };
    this.#recall = new Ringer(this.#call, { kind: 'person', person }, options, {
      answered: (side) => this.#call.flow.connect(this.#parked, side),
      failed: () => {
        this.#recall = undefined;
        this.#call.after(recallAgainAfter, () => this.#recallNow());
      },
    });
    this.#recall.start();
  }

  /** A citizen may leave a message; a colleague is told nobody came. */
  #giveUp(person: Person | undefined): void {
    const { language } = this.#call.directory.tenant;
    const box = { kind: 'person', personId: this.#by.personId } as const;
    if (person) this.#call.flow.message(this.#parked, box, { prompt: 'nobody-available', greeting: false, language });
    else this.#call.end({ outcome: 'answered', by: 'system' });
  }

  #gone(by: 'caller' | 'callee' | 'system'): void {
    this.#call.end({ outcome: 'answered', by });
  }
}

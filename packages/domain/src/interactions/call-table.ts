import type { LegId } from '../calls/call-control.ts';
import { Call, type CallObserver, type CallStart } from './call.ts';
import type { CallHouse, Consultation, Taker } from './call-house.ts';
import { handOver } from './hand-over.ts';
import type { HandedOver } from './handed-over.ts';
import type { PhoneStates } from './phone-states.ts';
import { Stages } from './stages.ts';

interface Entry {
  readonly call: Call;
  readonly legs: Set<LegId>;
  /** Who sees the call on their screen. */
  people: readonly string[];
}

/** All calls of the house, by id, by leg and by who sees them. */
export class CallTable {
  readonly #legs = new Map<LegId, Call>();
  readonly #calls = new Map<string, Entry>();
  readonly #states: PhoneStates;
  readonly #observer: CallObserver = {
    legOpened: (leg, call) => {
      this.#legs.set(leg, call);
      this.#calls.get(call.id)?.legs.add(leg);
    },
    legClosed: (leg) => this.#legs.delete(leg),
    changed: (call) => this.#changed(call),
  };

  constructor(states: PhoneStates) {
    this.#states = states;
  }

  get size(): number {
    return this.#calls.size;
  }

  open(start: CallStart, house: CallHouse): Call {
    const call: Call = new Call(start, house, this.#observer, () => stages);
    const stages = new Stages(call);
    this.#calls.set(call.id, { call, legs: new Set(), people: [] });
    return call;
  }

  all(): readonly Call[] {
    return [...this.#calls.values()].map(({ call }) => call);
  }

  byId(callId: string): Call | undefined {
    return this.#calls.get(callId)?.call;
  }

  ofLeg(leg: LegId): Call | undefined {
    return this.#legs.get(leg);
  }

  /** The call that this person has on hold; undefined when there is none, or several. */
  heldBy(personId: string): Call | undefined {
    const held = this.#states.stateOf(personId).calls.filter(({ state }) => state === 'held');
    return held.length === 1 && held[0] ? this.byId(held[0].callId) : undefined;
  }

  /** Takes a partner out of the call named, for another one. */
  handOver(from: Consultation, personId: string, to: Taker): HandedOver | undefined {
    const call = 'leg' in from ? this.#legs.get(from.leg) : this.byId(from.callId);
    if (!call || call.id === to.callId || call.start.tenantId !== this.byId(to.callId)?.start.tenantId)
      return undefined;
    let handed: HandedOver | undefined;
    call.post(() => {
      handed = handOver(call, personId, to.personId);
    });
    return handed;
  }

  forget(call: Call): void {
    for (const leg of this.#calls.get(call.id)?.legs ?? []) if (this.#legs.get(leg) === call) this.#legs.delete(leg);
    this.#calls.delete(call.id);
  }

  #changed(call: Call): void {
    const entry = this.#calls.get(call.id);
    if (!entry) return;
    const views = call.ended ? [] : (call.stage?.views() ?? []);
    entry.people = this.#states.showCall(call.start.tenantId, call.id, entry.people, views);
    if (call.ended) this.forget(call);
  }
}

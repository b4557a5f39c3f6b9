import { newId } from '@amtsleitung/base';
import type { LegId } from '../calls/call-control.ts';
import type { OutsideLine } from '../dialplan/outside-lines.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { OutsideRoute } from '../dialplan/route-call.ts';
import type { SpendEvent } from '../events/spend-events.ts';
import type { Charge } from './charge.ts';
import type { CallHouse } from './call-house.ts';
import type { OutsideTarget } from './ring-target.ts';

/** What the outgoing legs of one call are charged with. */
export class Charges {
  readonly #house: CallHouse;
  readonly #call: { readonly id: string; readonly tenantId: string };
  readonly #charges = new Map<string, Charge>();

  constructor(house: CallHouse, call: { readonly id: string; readonly tenantId: string }) {
    this.#house = house;
    this.#call = call;
  }

  /**
   * Reserves a call that `personId` pays for, on the best trunk with room: those that work first. Undefined: over a limit.
   * Whoever hides their number hides it however the call came about: dialled, transferred or forwarded.
   */
  reserve(personId: string, route: OutsideRoute): OutsideTarget | undefined {
    const { guard, clock, random } = this.#house;
    const lines = this.#usableFirst(route.lines);
    const chargeId = newId(clock, random);
    const common = { chargeId, tenantId: this.#call.tenantId, personId, diallingClass: route.diallingClass };
    for (const [position, { trunkId }] of lines.entries()) {
      const request = { ...common, trunkId };
      const reached = guard.admit(request);
      if (reached?.scope === 'person') return undefined;
      if (reached) continue;
      this.#charges.set(chargeId, { chargeId, personId, trunkId });
      const { diallingClass } = route;
      const reservedCents = guard.reservedCents(request);
      this.#write({ kind: 'trunk-call-started', chargeId, trunkId, personId, diallingClass, reservedCents });
      const hidden = this.#hidesNumber(personId) ? { hideNumber: true } : {};
      return { kind: 'outside', number: route.number, lines: lines.slice(position), chargeId, ...hidden };
    }
    return undefined;
  }

  /** The call goes out over this trunk now. False: the trunk is full. */
  dial(chargeId: string | undefined, trunkId: string, leg: LegId): boolean {
    const charge = this.#charges.get(chargeId ?? '');
    if (!charge) return true;
    if (this.#house.guard.move(charge.chargeId, trunkId)) return false;
    this.#charges.set(charge.chargeId, { ...charge, trunkId, leg });
    return true;
  }

  connected(chargeId: string | undefined): void {
    if (chargeId !== undefined) this.#house.guard.connected(chargeId);
  }

  /** The call did not come about, or is over. */
  release(chargeId: string | undefined): void {
    const charge = this.#charges.get(chargeId ?? '');
    if (!charge) return;
    this.#charges.delete(charge.chargeId);
    const spent = this.#house.guard.release(charge.chargeId);
    const { personId, trunkId } = charge;
    if (spent) this.#write({ kind: 'trunk-call-ended', chargeId: charge.chargeId, personId, trunkId, ...spent });
  }

  releaseAll(): void {
    for (const chargeId of [...this.#charges.keys()]) this.release(chargeId);
  }

  /** Takes the charge of a leg out, because the leg goes to another call. */
  handOver(leg: LegId): Charge | undefined {
    const charge = [...this.#charges.values()].find((one) => one.leg === leg);
    if (charge) this.#charges.delete(charge.chargeId);
    return charge;
  }

  takeOver(charge: Charge | undefined): void {
    if (charge) this.#charges.set(charge.chargeId, charge);
  }

  #hidesNumber(personId: string): boolean {
    const directory = this.#house.directory.byTenant(this.#call.tenantId);
    return (directory && indexOf(directory).person(personId)?.phone.hideNumber) ?? false;
  }

  #usableFirst(lines: readonly OutsideLine[]): readonly OutsideLine[] {
    const { trunkStates } = this.#house;
    const rank = ({ trunkId }: OutsideLine) => Number(!trunkStates.isUsable(trunkId));
    return [...lines].sort((left, right) => rank(left) - rank(right));
  }

  #write(facts: WithoutCall<SpendEvent>): void {
    this.#house.events.write(this.#call.tenantId, { ...facts, callId: this.#call.id });
  }
}

type WithoutCall<Event> = Event extends unknown ? Omit<Event, 'callId'> : never;

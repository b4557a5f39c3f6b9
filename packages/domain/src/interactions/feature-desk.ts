import { newId } from '@amtsleitung/base';
import type { LegEvent, LegId, PlayItem, PromptName } from '../calls/call-control.ts';
import { callFailures } from '../calls/call-failure.ts';
import { shownToColleagues } from '../dialplan/office-number.ts';
import type { Person } from '../directory/person.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { Feature } from '../features/feature-codes.ts';
import type { HotDesk, LogInResult } from '../features/hot-desk.ts';
import type { PhoneSettings } from '../features/phone-settings.ts';
import { AnnounceStage } from './announce-stage.ts';
import type { Call } from './call.ts';
import type { CallHouse } from './call-house.ts';
import type { CallTable } from './call-table.ts';
import { ConfirmStage } from './confirm-stage.ts';
import { LogInStage } from './log-in-stage.ts';
import { callToPickUp, colleagueRungBy } from './pick-up.ts';
import type { Side } from './side.ts';

export type IncomingLeg = Extract<LegEvent, { kind: 'incoming' }>;

/** Who dials a code, on which phone. */
export interface FeatureCaller {
  readonly event: IncomingLeg;
  readonly directory: TownDirectory;
  readonly person: Person;
  /** Undefined for browsers. */
  readonly deviceId?: string;
}

export interface FeatureDeskParts {
  readonly house: CallHouse;
  readonly table: CallTable;
  readonly settings: PhoneSettings;
  readonly hotDesk: HotDesk;
}

/** Carries out what phones ask for by codes and by taking over a call (RFC 3891), and says aloud what came of it. */
export class FeatureDesk {
  readonly #parts: FeatureDeskParts;

  constructor(parts: FeatureDeskParts) {
    this.#parts = parts;
  }

  /** `hide-number` is a way to dial and no business of this desk. */
  carryOut(caller: FeatureCaller, feature: Exclude<Feature, { kind: 'hide-number' }>): void {
    const { settings, hotDesk } = this.#parts;
    const { person, deviceId } = caller;
    switch (feature.kind) {
      case 'pick-up':
        return this.#pickUp(caller, feature.extension);
      case 'park':
        return feature.orbit === undefined ? this.#parkHeld(caller) : this.#fetch(caller, feature.orbit);
      case 'do-not-disturb':
        settings.setDoNotDisturb(person.id, feature.on);
        return this.#confirm(caller, feature.on ? 'feature-on' : 'feature-off');
      case 'forwarding':
        if (settings.setForwarding(person.id, feature.when, feature.to)) return this.#refuse(caller, 'feature-refused');
        return this.#confirm(caller, feature.to === '' ? 'feature-off' : 'feature-on');
      case 'log-out':
        return hotDesk.logOut(deviceId) ? this.#confirm(caller, 'logged-out') : this.#refuse(caller, 'feature-refused');
      case 'log-in':
        return this.#logIn(caller, feature);
    }
  }

  /** A phone takes over a leg: a call that rings at a colleague, or its own person's call on another device. */
  replace(caller: FeatureCaller, replaces: NonNullable<IncomingLeg['replaces']>): void {
    const { event, directory, person } = caller;
    const call = this.#parts.table.ofLeg(replaces.leg);
    const isHere = call?.start.tenantId === event.tenantId;
    if (isHere && replaces.state === 'talking') {
      const moved = this.#take(
        call,
        event.leg,
        () => call.stage?.moveTo?.(person.id, replaces.leg, event.leg) ?? false,
      );
      if (moved) return;
    } else if (isHere && colleagueRungBy(directory, call, person)) {
      if (this.#join(call, caller)) return;
    }
    this.#refuse(caller, 'nothing-to-fetch');
  }

  #pickUp(caller: FeatureCaller, extension: string | undefined): void {
    const { table, house } = this.#parts;
    const found = callToPickUp({ table, ...house }, caller.directory, caller.person, extension);
    if (!found || !this.#join(found, caller)) this.#refuse(caller, 'nothing-to-fetch');
  }

  #fetch(caller: FeatureCaller, orbit: string): void {
    const { table, house } = this.#parts;
    const callId = house.parking.callIn(caller.directory.tenant.id, orbit);
    const call = callId === undefined ? undefined : table.byId(callId);
    if (!call || !this.#join(call, caller)) this.#refuse(caller, 'nothing-to-fetch');
  }

  #parkHeld(caller: FeatureCaller): void {
    const { table, house } = this.#parts;
    const { person, directory } = caller;
    const held = table.heldBy(person.id);
    held?.post(() => void held.stage?.command(person.id, { kind: 'park' }));
    const orbit = held && house.parking.orbitOf(directory.tenant.id, held.id);
    if (orbit === undefined) return this.#refuse(caller, 'feature-refused');
    this.#confirm(caller, 'parked-at', [{ kind: 'number', value: Number(orbit), language: person.language }]);
  }

  #logIn(caller: FeatureCaller, given: Extract<Feature, { kind: 'log-in' }>): void {
    const { hotDesk } = this.#parts;
    const { person, deviceId } = caller;
    const { code, extension, pin } = given;
    if (code !== undefined) return this.#tellLogIn(caller, hotDesk.logInByCode(deviceId, code));
    const byPin = (typed: string, typedPin: string) => hotDesk.logInByPin(deviceId, typed, typedPin);
    if (extension === undefined || pin === undefined) {
      return this.#answer(caller, (call, side) => call.enter(new LogInStage(call, side, person.language, byPin)));
    }
    const tell = (result: LogInResult) => this.#tellLogIn(caller, result);
    void byPin(extension, pin).then(tell, () => tell('refused'));
  }

  #tellLogIn(caller: FeatureCaller, result: LogInResult): void {
    if (result === 'logged-in') this.#confirm(caller, 'logged-in');
    else this.#refuse(caller, 'log-in-refused');
  }

  /** The leg becomes a part of that call. False: too late. */
  #join(call: Call, { event, directory, person }: FeatureCaller): boolean {
    const side = { leg: event.leg, personId: person.id, shown: shownToColleagues(directory, person), isCaller: false };
    return this.#take(call, event.leg, () => call.stage?.pickUp?.(side) ?? false);
  }

  #take(call: Call, leg: LegId, take: () => boolean): boolean {
    let taken = false;
    call.post(() => {
      call.openLeg(leg);
      taken = take();
      if (!taken) call.giveUp(leg);
    });
    return taken;
  }

  #confirm(caller: FeatureCaller, name: PromptName, more: readonly PlayItem[] = []): void {
    const items: readonly PlayItem[] = [{ kind: 'prompt', name, language: caller.person.language }, ...more];
    this.#answer(caller, (call, side) => call.enter(new ConfirmStage(call, side, items)));
  }

  #refuse(caller: FeatureCaller, name: PromptName): void {
    const items: readonly PlayItem[] = [{ kind: 'prompt', name, language: caller.person.language }];
    const failure = callFailures[name === 'nothing-to-fetch' ? 'not-in-service' : 'forbidden'];
    this.#answer(caller, (call, side) => call.enter(new AnnounceStage(call, side, items, failure)));
  }

  /** A call with the house itself: on nobody's list. */
  #answer({ event, directory, person }: FeatureCaller, begin: (call: Call, side: Side) => void): void {
    const { house, table } = this.#parts;
    const id = newId(house.clock, house.random);
    const call = table.open({ id, tenantId: directory.tenant.id, direction: 'internal', unrecorded: true }, house);
    call.post(() => {
      call.openLeg(event.leg);
      begin(call, { leg: event.leg, personId: person.id, shown: shownToColleagues(directory, person), isCaller: true });
    });
  }
}

import { silentLogger } from '@amtsleitung/base';
import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import { LineOccupancy } from '../calls/line-occupancy.ts';
import type { LegId } from '../calls/call-control.ts';
import { DirectoryHolder } from '../directory/directory-holder.ts';
import { DirectoryWriter } from '../directory/directory-writer.ts';
import type { Device } from '../directory/device.ts';
import type { Person } from '../directory/person.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import { HotDesk } from '../features/hot-desk.ts';
import { ParkingLot } from '../features/parking-lot.ts';
import { PhoneSettings } from '../features/phone-settings.ts';
import { HotlineService } from '../hotline/hotline-service.ts';
import { CallDirector } from '../interactions/call-director.ts';
import { PresenceService } from '../presence/presence-service.ts';
import { MemoryAgentLogins } from './memory-agent-logins.ts';
import { MemoryEventLog } from './memory-event-log.ts';
import { sampleTown } from './sample-town.ts';
import { ScriptedCallControl } from './scripted-call-control.ts';
import { ScriptedReachability } from './scripted-reachability.ts';

export interface SampleHouseOptions {
  readonly town?: TownDirectory;
  readonly seed?: number;
  /** People with a device; default: all. */
  readonly reachable?: readonly string[];
  readonly logins?: MemoryAgentLogins;
}

/** The whole domain on a virtual clock and a scripted network. */
export class SampleHouse {
  readonly clock = new VirtualClock();
  readonly control = new ScriptedCallControl();
  readonly log = new MemoryEventLog();
  readonly directory = new DirectoryHolder();
  readonly logins: MemoryAgentLogins;
  readonly reachability: ScriptedReachability;
  readonly lines = new LineOccupancy(rethrow);
  readonly hotlines: HotlineService;
  readonly director: CallDirector;
  readonly presence: PresenceService;
  readonly writer: DirectoryWriter;
  readonly settings: PhoneSettings;
  readonly hotDesk: HotDesk;
  readonly parking = new ParkingLot(rethrow);
  /** Trunks that do not work. */
  readonly downTrunks = new Set<string>();
  readonly saved: Person[] = [];
  readonly savedDevices: Device[] = [];
  readonly discarded: string[] = [];
  /** What was logged as an error: a call or a listener that threw. */
  readonly errors: string[] = [];

  constructor({ town = sampleTown(), seed = 1, reachable, logins }: SampleHouseOptions = {}) {
    this.directory.replace(town);
    this.reachability = new ScriptedReachability(reachable ?? town.people.map(({ id }) => id));
    this.logins = logins ?? new MemoryAgentLogins();
    const { clock, control, directory, reachability, lines } = this;
    const logger = { ...silentLogger, error: (message: string) => void this.errors.push(message) };
    const shared = {
      ...{ clock, timers: clock, random: seededRandom(seed), logger },
      ...{ directory, reachability, lines, events: this.log },
    };
    this.writer = new DirectoryWriter({
      ...{ directory, timers: clock, logger: silentLogger },
      store: {
        savePerson: async (person) => void this.saved.push(person),
        saveDevice: async (device) => void this.savedDevices.push(device),
        load: (tenantId) => Promise.resolve(directory.byTenant(tenantId)),
      },
    });
    const { writer, parking } = this;
    const settings = new PhoneSettings({ clock, directory, writer });
    this.settings = settings;
    this.hotDesk = new HotDesk({ ...shared, writer, settings, pins: plainPins });
    this.hotlines = new HotlineService({ ...shared, logins: this.logins });
    this.director = new CallDirector({
      ...shared,
      control,
      hotlines: this.hotlines,
      ...{ parking, settings, hotDesk: this.hotDesk },
      trunkStates: { isUsable: (trunkId) => !this.downTrunks.has(trunkId) },
      discardRecording: (file) => this.discarded.push(file),
    });
    control.connectTo((event) => this.director.handle(event));
    this.presence = new PresenceService({
      ...{ directory, reachability, lines, hotlines: this.hotlines, logger: silentLogger, writer },
    });
  }

  /** A citizen calls `dialled` over the trunk. */
  citizenCalls(dialled: string, number: string | undefined = '+4917139200000'): LegId {
    return this.control.incoming({
      ...{ origin: { kind: 'trunk', trunkId: 'line' }, tenantId: 'town', dialled },
      caller: number === undefined ? {} : { number },
    });
  }

  /** A colleague dials on a desk phone. */
  phoneDials(personId: string, dialled: string, deviceId?: string): LegId {
    const device = deviceId === undefined ? {} : { deviceId };
    return this.control.incoming({
      ...{ origin: { kind: 'device', personId, siteId: 'townhall', ...device }, tenantId: 'town', dialled, caller: {} },
    });
  }

  /** A phone takes over a leg. */
  phoneReplaces(personId: string, leg: LegId, state: 'ringing' | 'talking'): LegId {
    const origin = { kind: 'device', personId, siteId: 'townhall' } as const;
    return this.control.incoming({ origin, tenantId: 'town', dialled: '', caller: {}, replaces: { leg, state } });
  }

  /** A citizen in the queue of `service`, greeting over. */
  citizenQueues(dialled = '+496205210', number?: string): LegId {
    const leg = this.citizenCalls(dialled, number);
    this.control.playedOut(leg);
    return leg;
  }

  logIn(hotlineId: string, ...people: readonly string[]): void {
    for (const personId of people) {
      if (!this.hotlines.setLogin(personId, hotlineId, true)) throw new Error(`${personId} is no member`);
      this.clock.advance(1);
    }
  }

  /** The call a person's screen shows first. */
  callOf(personId: string): string {
    const call = this.director.phoneState(personId).calls[0];
    if (!call) throw new Error(`${personId} has no call`);
    return call.callId;
  }

  stateOf(personId: string): readonly string[] {
    return this.director.phoneState(personId).calls.map(({ state }) => state);
  }
}

function rethrow(error: unknown): never {
  throw error;
}

/** Hashes that are none: fast, and as long for a missing one. */
const plainPins = {
  hash: (pin: string) => Promise.resolve(`hash of ${pin}`),
  verify: (hash: string | undefined, pin: string) => Promise.resolve(hash === `hash of ${pin}`),
};

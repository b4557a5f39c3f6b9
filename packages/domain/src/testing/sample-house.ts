import { silentLogger } from '@amtsleitung/base';
import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import { LineOccupancy } from '../calls/line-occupancy.ts';
import type { LegId } from '../calls/call-control.ts';
import { DirectoryHolder } from '../directory/directory-holder.ts';
import type { Person } from '../directory/person.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
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
  readonly saved: Person[] = [];
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
    this.hotlines = new HotlineService({ ...shared, logins: this.logins });
    this.director = new CallDirector({
      ...shared,
      control,
      hotlines: this.hotlines,
      discardRecording: (file) => this.discarded.push(file),
    });
    control.connectTo((event) => this.director.handle(event));
    this.presence = new PresenceService({
      ...{ directory, reachability, lines, hotlines: this.hotlines, logger: silentLogger },
      store: {
        savePerson: async (person) => {
          this.saved.push(person);
        },
      },
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
  phoneDials(personId: string, dialled: string): LegId {
    return this.control.incoming({
      ...{ origin: { kind: 'device', personId, siteId: 'townhall' }, tenantId: 'town', dialled, caller: {} },
    });
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

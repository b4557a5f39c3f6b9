import type { Clock, Logger, RandomSource, Timers } from '@amtsleitung/base';
import type { CallControl, LegId, Reachability } from '../calls/call-control.ts';
import type { LineOccupancy } from '../calls/line-occupancy.ts';
import type { CallGuard } from '../dialplan/call-guard.ts';
import type { DirectorySource } from '../directory/town-directory.ts';
import type { EventWriter } from '../events/event-writer.ts';
import type { ParkingLot } from '../features/parking-lot.ts';
import type { HotlineService } from '../hotline/hotline-service.ts';
import type { TrunkStates } from '../trunks/trunk-state.ts';
import type { HandedOver } from './handed-over.ts';

/** What every call of the house works with. */
export interface CallHouse {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  readonly control: CallControl;
  readonly directory: DirectorySource;
  readonly reachability: Reachability;
  readonly hotlines: HotlineService;
  readonly lines: LineOccupancy;
  readonly events: EventWriter;
  readonly guard: CallGuard;
  readonly trunkStates: Pick<TrunkStates, 'isUsable'>;
  readonly parking: ParkingLot;
  /**
   * Takes whoever `personId` talks with out of another call. Undefined: there is nobody that this person could pass on.
   */
  readonly handOver: (from: Consultation, personId: string, to: Taker) => HandedOver | undefined;
  /** Deletes the file of a recording that nobody will ever find. */
  readonly discardRecording: (file: string) => void;
}

/** The call that a colleague makes to ask before they pass another one on, as their phone or their screen names it. */
export type Consultation = { readonly leg: LegId } | { readonly callId: string };

/** The call that takes somebody over, and the person they shall talk with there. */
export interface Taker {
  readonly callId: string;
  readonly personId?: string;
}

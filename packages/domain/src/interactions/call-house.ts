import type { Clock, Logger, RandomSource, Timers } from '@amtsleitung/base';
import type { CallControl, Reachability } from '../calls/call-control.ts';
import type { LineOccupancy } from '../calls/line-occupancy.ts';
import type { CallGuard } from '../dialplan/call-guard.ts';
import type { DirectorySource } from '../directory/town-directory.ts';
import type { EventWriter } from '../events/event-writer.ts';
import type { HotlineService } from '../hotline/hotline-service.ts';

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
  /** Deletes the file of a recording that nobody will ever find. */
  readonly discardRecording: (file: string) => void;
}

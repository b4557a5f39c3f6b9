import type { Clock, Logger, Timers } from '@amtsleitung/base';
import type { Store } from '@amtsleitung/store';

const firstAfter = 60_000;
const everyDay = 86_400_000;
const retryAfter = 600_000;

/** Runs the retention job a minute after the start and then daily; a failed run is tried again after ten minutes. */
export function enforceRetentionDaily(
  retention: Store['retention'],
  house: { readonly clock: Clock; readonly timers: Timers; readonly logger: Logger },
): { stop(): void } {
  let stopped = false;
  let timer = house.timers.after(firstAfter, run);
  function run(): void {
    retention
      .enforce(house.clock.now())
      .then((report) => {
        house.logger.info('retention enforced', { ...report });
        return everyDay;
      })
      .catch((error: unknown) => {
        house.logger.warn('retention could not run, trying again', { reason: (error as Error).message });
        return retryAfter;
      })
      .then((wait) => {
        if (!stopped) timer = house.timers.after(wait, run);
      });
  }
  return {
    stop: () => {
      stopped = true;
      timer.cancel();
    },
  };
}

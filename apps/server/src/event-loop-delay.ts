import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { DelayMonitor } from '@amtsleitung/softswitch';

const resolutionMilliseconds = 10;
const nanosecondsPerMillisecond = 1e6;

/** How late this process gets round to its work. Measures from now on until it ends. */
export function eventLoopDelay(): DelayMonitor {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMilliseconds });
  histogram.enable();
  return {
    read: () => {
      // Each value holds the interval of the measuring timer itself.
      const late =
        histogram.count === 0 ? 0 : histogram.percentile(90) / nanosecondsPerMillisecond - resolutionMilliseconds;
      histogram.reset();
      return Math.max(0, late);
    },
  };
}

/** The server speaks at least every 10 s; half of that again is the network's. */
const freshFor = 15_000;

/** Whether figures on the wall may be old: nobody standing there should believe a frozen picture. */
export const isStale = (line: 'connecting' | 'live' | 'broken', heardAt: number, now: number): boolean =>
  line !== 'live' || now - heardAt > freshFor;

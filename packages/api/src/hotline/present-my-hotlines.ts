import type { MyHotlinesView } from '@amtsleitung/contract';
import { indexOf, type HotlineLive, type MyHotlines, type TownDirectory } from '@amtsleitung/domain';

/** A person's own hotlines with what waits in them. */
export function presentMyHotlines(
  { paused, hotlines }: MyHotlines,
  live: readonly HotlineLive[],
  directory: TownDirectory,
): MyHotlinesView {
  const index = indexOf(directory);
  const open = new Map(live.map((one) => [one.hotlineId, one.open]));
  return {
    paused,
    hotlines: hotlines.flatMap(({ hotlineId, loggedIn, waiting, longestSince }) => {
      const hotline = index.hotline(hotlineId);
      if (!hotline) return [];
      return {
        hotlineId,
        name: hotline.name,
        extension: extensionOf(hotlineId, directory),
        open: open.get(hotlineId) ?? false,
        loggedIn,
        waiting,
        longestSince,
        promiseSeconds: hotline.serviceLevel.seconds,
      };
    }),
  };
}

/** The hotline's own extension; `0` is the house's and stands only where there is no other. */
const extensionOf = (hotlineId: string, { numbers }: TownDirectory): string | undefined =>
  numbers
    .filter(({ destination }) => destination.kind === 'hotline' && destination.hotlineId === hotlineId)
    .map(({ extension }) => extension)
    .toSorted((left, right) => right.length - left.length || left.localeCompare(right))[0];

import type { BoardHotlineView, BoardView } from '@amtsleitung/contract';
import {
  boardView,
  serviceLevelPercent,
  type Hotline,
  type HotlineFigures,
  type HotlineLive,
} from '@amtsleitung/domain';
import { viewerOf, type Actor } from '../session/actor.ts';
import type { Today } from './today-figures.ts';

/** The board as this person may see it, hotlines in the directory's order. */
export function presentBoard(actor: Actor, live: readonly HotlineLive[], today: Today): BoardView {
  const liveOf = new Map(live.map((one) => [one.hotlineId, one]));
  const viewer = viewerOf(actor);
  return {
    at: today.at,
    hotlines: actor.directory.hotlines.flatMap((hotline) => {
      const view = boardView(viewer, hotline);
      if (view === 'nothing') return [];
      const row = presentHotline(hotline, liveOf.get(hotline.id), today.figures.get(hotline.id));
      return view === 'everything' ? row : { ...row, agents: undefined };
    }),
  };
}

function presentHotline(
  hotline: Hotline,
  live: HotlineLive | undefined,
  figures: HotlineFigures | undefined,
): BoardHotlineView {
  return {
    hotlineId: hotline.id,
    name: hotline.name,
    open: live?.open ?? false,
    promise: hotline.serviceLevel,
    waiting: (live?.waiting ?? []).map(({ since, ringing }) => ({ since, ringing })),
    agents: live?.agents ?? { ready: 0, onCall: 0, notReady: 0 },
    today: figures ? presentFigures(figures) : nothingYet,
  };
}

const nothingYet = { offered: 0, answered: 0, lost: 0, shortAbandoned: 0, outsideHours: 0 };

const presentFigures = (figures: HotlineFigures): BoardHotlineView['today'] => ({
  offered: figures.offered,
  answered: figures.answered,
  lost: figures.abandoned + figures.overflowed,
  shortAbandoned: figures.shortAbandoned,
  outsideHours: figures.outsideHours,
  serviceLevel: serviceLevelPercent(figures),
  averageWaitMilliseconds: figures.answered > 0 ? figures.waitMillisecondsOfAnswered / figures.answered : undefined,
});

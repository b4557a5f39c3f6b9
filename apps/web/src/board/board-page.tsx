import './board.css';
import type { BoardHotlineView } from '@amtsleitung/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { clockTime } from '../shared/format/formats.ts';
import { useFormats } from '../shared/format/use-formats.ts';
import { Icon } from '../shared/icons/icon.tsx';
import { useWords } from '../shared/language/words.ts';
import { useLastHeard, useLive, useLiveLine } from '../shared/live/live-store.ts';
import { useDensity } from '../shared/look/density.ts';
import { usePageTitle } from '../shared/look/page-title.ts';
import { BrandMark } from '../shared/parts/brand.tsx';
import { IconButton } from '../shared/parts/button.tsx';
import { Chips } from '../shared/parts/chips.tsx';
import { IdleLine } from '../shared/parts/line.tsx';
import { Empty } from '../shared/parts/message.tsx';
import { useIsAllowed } from '../shared/session/session.tsx';
import { useNow } from '../shared/time/wall-clock.ts';
import { AgentsCard, LevelCard, LongestCard, WaitingCard } from './board-cards.tsx';
import { isStale } from './stale.ts';
import { TodayCard } from './today-card.tsx';

/** One hotline at a glance, to be read from across the room. No names, no numbers. */
export function BoardPage() {
  const w = useWords();
  useDensity('komfortabel');
  usePageTitle(w('nav.board'));
  const isAdmin = useIsAllowed('admin');
  const { board } = useLive();
  const { hotline: wanted } = useSearch({ from: '/staff/board' });
  const hotlines = board?.hotlines ?? [];
  const shown = hotlines.find((hotline) => hotline.hotlineId === wanted) ?? hotlines.at(0);
  if (shown === undefined)
    return (
      <div className="al-page">
        <h1>{w('nav.board')}</h1>
        <div className="al-panel board-empty" aria-busy={board === undefined}>
          {board !== undefined && (
            <>
              <IdleLine waiting />
              <Empty title={w('board.none')}>
                <p className="al-s">{w(isAdmin ? 'board.noneAdmin' : 'board.noneText')}</p>
              </Empty>
            </>
          )}
        </div>
      </div>
    );
  return <Board hotline={shown} all={hotlines} />;
}

interface BoardProps {
  readonly hotline: BoardHotlineView;
  readonly all: readonly BoardHotlineView[];
}

function Board({ hotline, all }: BoardProps) {
  const w = useWords();
  const now = useNow();
  const formats = useFormats();
  const { wall } = useSearch({ from: '/staff/board' });
  // Moves the whole picture by two pixels an hour, so that no screen keeps its shadow.
  const shift = wall === true ? (new Date(now).getHours() % 3) - 1 : 0;
  return (
    <div className="bd-room">
      <div className="bd" style={{ transform: `translate(${String(shift * 2)}px, ${String(shift * 2)}px)` }}>
        <BoardTop hotline={hotline} all={all} now={now} />
        <div className="bd-grid">
          <WaitingCard hotline={hotline} />
          <LongestCard hotline={hotline} now={now} />
          <LevelCard hotline={hotline} />
          <AgentsCard hotline={hotline} />
          <TodayCard hotline={hotline} />
        </div>
        <p className="bd-bottom">
          {w('board.footer', { day: formats.longDay(now), seconds: hotline.promise.seconds })}
        </p>
      </div>
    </div>
  );
}

function BoardTop({ hotline, all, now }: BoardProps & { readonly now: number }) {
  const w = useWords();
  const navigate = useNavigate();
  const { wall } = useSearch({ from: '/staff/board' });
  const setWall = (on: boolean): void => {
    if (on) document.documentElement.requestFullscreen?.().catch(() => undefined);
    else if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined);
    void navigate({
      to: '/board',
      search: ({ hotline: kept }) => ({
        ...(kept === undefined ? {} : { hotline: kept }),
        ...(on ? { wall: true } : {}),
      }),
    });
  };
  useFullscreenEnd(wall === true, () => setWall(false));
  return (
    <header className="bd-top">
      <span className="bd-logo">
        <BrandMark />
      </span>
      <h1>{hotline.name}</h1>
      <span className="bd-sub">{w(hotline.open ? 'board.open' : 'board.closed')}</span>
      <span className="al-grow" />
      {wall !== true && all.length > 1 && (
        <Chips
          label={w('board.choose')}
          value={hotline.hotlineId}
          onChange={(id) => void navigate({ to: '/board', search: { hotline: id } })}
          chips={all.map((one) => ({ id: one.hotlineId, label: one.name }))}
        />
      )}
      <BoardLive now={now} />
      <time className="bd-clock">{clockTime(now)}</time>
      <IconButton
        icon={wall === true ? 'fullscreen_exit' : 'fullscreen'}
        label={w(wall === true ? 'board.leaveWall' : 'board.wall')}
        onPress={() => setWall(wall !== true)}
      />
    </header>
  );
}

/** The browser's own way out of the full screen also brings the rail back. */
function useFullscreenEnd(wall: boolean, leave: () => void): void {
  useEffect(() => {
    if (!wall) return undefined;
    const changed = (): void => {
      if (document.fullscreenElement === null) leave();
    };
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  });
}

function BoardLive({ now }: { readonly now: number }) {
  const w = useWords();
  const line = useLiveLine();
  const { board } = useLive();
  const heardAt = useLastHeard();
  if (isStale(line.kind, heardAt, Date.now()))
    return (
      <span className="bd-live bd-live--stale">
        <Icon name="wifi_off" size={32} />
        {w('board.stale', { time: clockTime(board?.at ?? now) })}
      </span>
    );
  return (
    <span className="bd-live">
      <Icon name="sensors" size={32} />
      {w('board.live')}
    </span>
  );
}

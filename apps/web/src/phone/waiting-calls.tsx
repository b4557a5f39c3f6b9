import type { BoardView, MyHotlinesView } from '@amtsleitung/contract';
import { useMemo } from 'react';
import { runningTime } from '../shared/format/formats.ts';
import { Icon } from '../shared/icons/icon.tsx';
import { useWords } from '../shared/language/words.ts';
import { useLive } from '../shared/live/live-store.ts';
import { Empty } from '../shared/parts/message.tsx';
import { Count, Panel } from '../shared/parts/panel.tsx';
import { waitLook } from '../shared/parts/wait-look.ts';
import { WaitMeter } from '../shared/parts/wait-meter.tsx';
import { useNow } from '../shared/time/wall-clock.ts';

interface Waiting {
  readonly key: string;
  readonly since: number;
  readonly ringing: boolean;
  readonly hotlineName: string;
  readonly promiseSeconds: number;
}
const mostShown = 8;

/** Calls in this person's hotlines, longest wait first; the same order for everybody. */
export function waitingIn(board: BoardView | undefined, mine: MyHotlinesView | undefined): readonly Waiting[] {
  const ids = new Set(mine?.hotlines.map((hotline) => hotline.hotlineId));
  return (board?.hotlines ?? [])
    .filter((hotline) => ids.has(hotline.hotlineId))
    .flatMap((hotline) =>
      hotline.waiting.map(({ since, ringing }, index) => ({
        key: `${hotline.hotlineId} ${String(since)} ${String(index)}`,
        since,
        ringing,
        hotlineName: hotline.name,
        promiseSeconds: hotline.promise.seconds,
      })),
    )
    .sort((left, right) => left.since - right.since);
}

export function WaitingCalls() {
  const w = useWords();
  const { board, hotlines } = useLive();
  const waiting = useMemo(() => waitingIn(board, hotlines), [board, hotlines]);
  const promises = new Set(waiting.map((one) => one.promiseSeconds));
  return (
    <Panel title={w('waiting.title')} beside={<Count value={waiting.length} />}>
      {waiting.length === 0 ? (
        <Empty icon="done_all" title={w('waiting.none')}>
          <p className="al-s">{w('waiting.noneText')}</p>
        </Empty>
      ) : (
        <>
          <ol className="al-list">
            {waiting.slice(0, mostShown).map((one, index) => (
              <WaitingRow key={one.key} waiting={one} place={index + 1} />
            ))}
          </ol>
          {waiting.length > mostShown && (
            <p className="al-panel__foot">{w('waiting.more', { count: waiting.length - mostShown })}</p>
          )}
          <p className="al-panel__foot">
            {promises.size === 1 ? w('waiting.promise', { seconds: [...promises].at(0) ?? 0 }) : w('waiting.promises')}
          </p>
        </>
      )}
    </Panel>
  );
}

function WaitingRow({ waiting, place }: { readonly waiting: Waiting; readonly place: number }) {
  const w = useWords();
  const now = useNow();
  const waited = now - waiting.since;
  const look = waitLook(waited, waiting.promiseSeconds);
  return (
    <li>
      <span className="al-num al-muted phone-place">{place}</span>
      <span className="al-grow">
        <span className="al-row al-between">
          <b className="al-ellipsis">{waiting.hotlineName}</b>
          {look === 'ink' ? (
            <b className="al-num">{runningTime(waited)}</b>
          ) : (
            <span className={`al-state al-num ${look === 'late' ? 'al-state--late' : 'al-state--hold'}`}>
              <Icon name={look === 'late' ? 'alarm' : 'timer'} size={16} />
              {runningTime(waited)}
            </span>
          )}
        </span>
        <WaitMeter waitedMilliseconds={waited} promiseSeconds={waiting.promiseSeconds} />
        <small className="al-muted">{w(waiting.ringing ? 'waiting.rings' : 'waiting.waits')}</small>
      </span>
    </li>
  );
}

import type { BoardHotlineView } from '@amtsleitung/contract';
import type { CSSProperties } from 'react';
import { percent, runningTime } from '../shared/format/formats.ts';
import { Icon } from '../shared/icons/icon.tsx';
import { useWords } from '../shared/language/words.ts';
import { waitLook } from '../shared/parts/wait-look.ts';

interface CardProps {
  readonly hotline: BoardHotlineView;
}

export function WaitingCard({ hotline: { waiting } }: CardProps) {
  const w = useWords();
  const ringing = waiting.filter((call) => call.ringing).length;
  return (
    <section className="bd-card">
      <h2>{w('board.waiting')}</h2>
      <p className="bd-huge">{waiting.length}</p>
      <p className="bd-foot">{ringing > 0 ? w('board.ringing', { count: ringing }) : w('board.noneRinging')}</p>
    </section>
  );
}

export function LongestCard({ hotline, now }: CardProps & { readonly now: number }) {
  const w = useWords();
  const [first] = hotline.waiting;
  const waited = first === undefined ? 0 : now - first.since;
  const look = waitLook(waited, hotline.promise.seconds);
  const sentence =
    first === undefined
      ? 'board.nobody'
      : look === 'ink'
        ? 'board.inPromise'
        : look === 'warn'
          ? 'board.past'
          : 'board.farPast';
  return (
    <section className={`bd-card bd-card--${look}`}>
      <h2>{w('board.longest')}</h2>
      <p className="bd-huge bd-huge--time">{first === undefined ? '–' : runningTime(waited)}</p>
      <p className="bd-foot">
        {look !== 'ink' && <Icon name={look === 'late' ? 'alarm' : 'timer'} size={40} />}
        <span>{w(sentence)}</span>
      </p>
    </section>
  );
}

export function LevelCard({ hotline: { promise, today } }: CardProps) {
  const w = useWords();
  const level = today.serviceLevel;
  const kept = level === undefined || level >= promise.percent;
  return (
    <section className="bd-card">
      <h2>{w('board.level', { seconds: promise.seconds })}</h2>
      <div className="bd-row">
        <p className="bd-huge">
          {level === undefined ? '–' : Math.round(level)}
          {level !== undefined && <small>%</small>}
        </p>
        <p className="bd-promise">
          {w('board.promise')}
          <br />
          <b>{percent(promise.percent)}</b>
        </p>
      </div>
      <div
        className={`bd-meter ${kept ? '' : 'bd-meter--missed'}`}
        style={{ '--v': `${String(level ?? 0)}%`, '--p': `${String(promise.percent)}%` } as CSSProperties}
        aria-hidden="true"
      >
        <i />
        <s />
      </div>
      <p className="bd-foot">{w(level === undefined ? 'board.noCalls' : kept ? 'board.kept' : 'board.missed')}</p>
    </section>
  );
}

export function AgentsCard({ hotline: { agents } }: CardProps) {
  const w = useWords();
  if (agents === undefined)
    return (
      <section className="bd-card">
        <h2>{w('board.team')}</h2>
        <p className="bd-foot bd-foot--text">{w('board.suppressed')}</p>
      </section>
    );
  return (
    <section className="bd-card">
      <h2>
        {w('board.team')}
        <span>{w('board.loggedIn', { count: agents.ready + agents.onCall + agents.notReady })}</span>
      </h2>
      <ul className="bd-states">
        <li className="is-live">
          <Icon name="check_circle-fill" size={40} />
          <b>{agents.ready}</b>
          {w('presence.free')}
        </li>
        <li>
          <Icon name="phone_in_talk-fill" size={40} />
          <b>{agents.onCall}</b>
          {w('presence.onPhone')}
        </li>
        <li>
          <Icon name="do_not_disturb_on" size={40} />
          <b>{agents.notReady}</b>
          {w('board.notReady')}
        </li>
      </ul>
    </section>
  );
}

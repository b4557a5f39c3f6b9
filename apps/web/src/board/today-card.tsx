import type { BoardHotlineView } from '@amtsleitung/contract';
import type { CSSProperties } from 'react';
import { runningTime } from '../shared/format/formats.ts';
import { useFormats } from '../shared/format/use-formats.ts';
import { useWords } from '../shared/language/words.ts';

const parts = ['answered', 'lost', 'shortAbandoned', 'outsideHours'] as const;

/** What became of today's calls: one bar that is all of them, and the sums. */
export function TodayCard({ hotline: { today } }: { readonly hotline: BoardHotlineView }) {
  const w = useWords();
  const formats = useFormats();
  const all = parts.reduce((sum, part) => sum + today[part], 0);
  return (
    <section className="bd-card bd-card--today">
      <h2>
        {w('board.today')}
        <span>{w('board.offered', { count: formats.count(today.offered) })}</span>
      </h2>
      <div className="bd-share" aria-hidden="true">
        {parts
          .filter((part) => today[part] > 0)
          .map((part) => (
            <i key={part} className={`bd-part bd-part--${part}`} style={{ '--n': today[part] } as CSSProperties} />
          ))}
        {all === 0 && <i className="bd-part bd-part--none" />}
      </div>
      <dl className="bd-sums">
        {parts.map((part) => (
          <div key={part}>
            <dt>
              <i className={`bd-part bd-part--${part}`} aria-hidden="true" />
              {w(`board.${part}`)}
            </dt>
            <dd>{formats.count(today[part])}</dd>
          </div>
        ))}
        <div>
          <dt>{w('board.averageWait')}</dt>
          <dd>{today.averageWaitMilliseconds === undefined ? '–' : runningTime(today.averageWaitMilliseconds)}</dd>
        </div>
      </dl>
    </section>
  );
}

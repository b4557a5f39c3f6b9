import './line.css';
import type { ReactNode } from 'react';

export interface Stop {
  readonly id: string;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** Hollow: not reached yet. */
  readonly open?: boolean;
  /** The piece towards the next stop: solid = connected, dashed = ringing or next, dotted = on hold. */
  readonly towardsNext?: 'solid' | 'next' | 'held';
}

interface LineProps {
  readonly stops: readonly Stop[];
  readonly label: string;
  readonly look?: 'live' | 'ring' | 'wrap' | 'idle' | 'late';
  readonly direction?: 'across' | 'down';
}

/** The one ornament of the product: a contact's way, drawn as a line with stops. */
export function Line({ stops, label, look = 'live', direction = 'across' }: LineProps) {
  return (
    <ol className={`al-line al-line--${look} al-line--${direction}`} aria-label={label}>
      {stops.map((stop) => (
        <li
          key={stop.id}
          className={`${stop.open === true ? 'is-open' : ''} ${stop.towardsNext === undefined ? '' : `is-${stop.towardsNext}`}`}
        >
          <b>{stop.title}</b>
          {stop.detail !== undefined && <small>{stop.detail}</small>}
        </li>
      ))}
    </ol>
  );
}

/** The line without words, above an empty state. */
export function IdleLine({ waiting = false }: { readonly waiting?: boolean }) {
  return (
    <span className="al-line al-line--idle al-line--bare" aria-hidden="true">
      <span className={waiting ? 'is-next' : ''} />
      <span className="is-open" />
    </span>
  );
}

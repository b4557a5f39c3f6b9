import './skeleton.css';
import { useEffect, useState } from 'react';

interface SkeletonRowsProps {
  readonly rows: number;
  /** Widths in percent, one per column. */
  readonly columns: readonly (20 | 40 | 60)[];
}

/** Rows of the real height, shown only when loading takes longer than a blink. */
export function SkeletonRows({ rows, columns }: SkeletonRowsProps) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={`sk ${late ? 'is-late' : ''}`} aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="sk__row">
          {columns.map((width, column) => (
            <span key={column} className={`sk__bar sk__bar--${String(width)}`} />
          ))}
        </div>
      ))}
    </div>
  );
}

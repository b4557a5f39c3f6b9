import './panel.css';
import { useId, type ReactNode } from 'react';

interface PanelProps {
  readonly title: string;
  /** What stands right of the title. */
  readonly beside?: ReactNode;
  readonly busy?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A flat sheet with a heading. */
export function Panel({ title, beside, busy = false, className = '', children }: PanelProps) {
  const heading = useId();
  return (
    <section className={`al-panel ${className}`} aria-labelledby={heading} aria-busy={busy}>
      <div className="al-panel__head">
        <h2 id={heading}>{title}</h2>
        {beside}
      </div>
      {children}
    </section>
  );
}

export const Count = ({ value }: { readonly value: number }) => (
  <span className="al-count al-count--quiet">{value}</span>
);

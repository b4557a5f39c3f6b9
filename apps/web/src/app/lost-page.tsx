import '../shared/parts/button.css';
import { IdleLine } from '../shared/parts/line.tsx';
import { useWords } from '../shared/language/words.ts';
import './lost-page.css';

/** An address that leads nowhere. */
export function LostPage() {
  const w = useWords();
  return (
    <main className="lost">
      <IdleLine waiting />
      <h1>{w('lost.title')}</h1>
      <p className="al-muted">{w('lost.text')}</p>
      <a className="kern-btn kern-btn--primary" href="/phone">
        <span className="kern-label">{w('lost.back')}</span>
      </a>
    </main>
  );
}

/** A page that broke: what still works, and what to do. */
export function OverPage({ error }: { readonly error: unknown }) {
  const w = useWords();
  return (
    <main className="lost">
      <IdleLine waiting />
      <h1>{w('over.title')}</h1>
      <p className="al-muted">{w('over.text')}</p>
      <a className="kern-btn kern-btn--primary" href={location.pathname}>
        <span className="kern-label">{w('over.reload')}</span>
      </a>
      <p className="al-xs al-muted">{w('over.forIt', { code: error instanceof Error ? error.name : 'unknown' })}</p>
    </main>
  );
}

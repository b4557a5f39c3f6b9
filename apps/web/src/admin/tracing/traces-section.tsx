import './ladder.css';
import { useSearch } from '@tanstack/react-router';
import { useWords } from '../../shared/language/words.ts';
import { AdminSection } from '../admin-section.tsx';
import { TraceList } from './trace-list.tsx';
import { TraceView } from './trace-view.tsx';

/** Calls with their signalling, or one of them. */
export function TracesSection() {
  const w = useWords();
  const { call } = useSearch({ from: '/staff/admin/$section' });
  return (
    <AdminSection title={w('admin.traces')} lead={w('trace.lead')}>
      {call === undefined ? <TraceList /> : <TraceView key={call} callId={call} />}
    </AdminSection>
  );
}

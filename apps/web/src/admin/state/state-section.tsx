import { Link } from '@tanstack/react-router';
import { useWords } from '../../shared/language/words.ts';
import { useLive } from '../../shared/live/live-store.ts';
import { Empty } from '../../shared/parts/message.tsx';
import { Panel } from '../../shared/parts/panel.tsx';
import { AdminSection } from '../admin-section.tsx';
import type { SectionProps } from '../section-props.ts';
import { LastError, TrunkStateWord } from '../trunks/trunk-state-facts.tsx';
import { AlertPanel } from './alert-panel.tsx';
import { CertificatePanel } from './certificate-panel.tsx';

/** Whether the house can be reached, what its guard has stopped, and what runs out. */
export function StateSection({ overview }: SectionProps) {
  const w = useWords();
  return (
    <AdminSection title={w('admin.state')} lead={w('state.lead')}>
      <TrunkPanel overview={overview} />
      <AlertPanel />
      <CertificatePanel />
    </AdminSection>
  );
}

function TrunkPanel({ overview }: SectionProps) {
  const w = useWords();
  const { trunks } = useLive();
  return (
    <Panel
      title={w('admin.trunks')}
      beside={
        <Link to="/admin/$section" params={{ section: 'trunks' }}>
          {w('state.toTrunks')}
        </Link>
      }
    >
      {overview.trunks.length === 0 ? (
        <Empty icon="route" title={w('trunks.none')}>
          <p className="al-s">{w('trunks.noneText')}</p>
        </Empty>
      ) : (
        <ul className="ad-list ad-list--padded">
          {overview.trunks.map((trunk) => {
            const state = trunks.get(trunk.id);
            return (
              <li key={trunk.id} className="ad-trunk">
                <div className="al-row al-between">
                  <b>{trunk.name}</b>
                  <TrunkStateWord trunk={trunk} />
                </div>
                {state?.status === 'down' && state.lastError !== undefined && (
                  <LastError error={state.lastError} isDown />
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

import './team.css';
import type { ColleagueView } from '@amtsleitung/contract';
import { useDeferredValue, useMemo, useState } from 'react';
import { problemSentence } from '../shared/api/api-problem.ts';
import { Icon } from '../shared/icons/icon.tsx';
import { useWords } from '../shared/language/words.ts';
import { useDensity } from '../shared/look/density.ts';
import { usePageTitle } from '../shared/look/page-title.ts';
import { useMedia } from '../shared/look/use-media.ts';
import { Button } from '../shared/parts/button.tsx';
import { Chips } from '../shared/parts/chips.tsx';
import { Dialog } from '../shared/parts/dialog.tsx';
import { Empty, Note } from '../shared/parts/message.tsx';
import { SearchBox } from '../shared/parts/search-box.tsx';
import { SkeletonRows } from '../shared/parts/skeleton.tsx';
import { matchPeople } from '../shared/team/match-people.ts';
import { useColleagues } from '../shared/team/use-colleagues.ts';
import { byDepartment } from './by-department.ts';
import { DepartmentPanel } from './department-panel.tsx';
import { PersonCard } from './person-card.tsx';

/** Everybody with an extension, and whether they can be reached: four words, the same for all. */
export function TeamPage() {
  const w = useWords();
  useDensity('kompakt');
  usePageTitle(w('nav.team'));
  const { people, query } = useColleagues();
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState<'all' | 'free'>('all');
  const [chosenId, setChosenId] = useState<string>();
  const search = useDeferredValue(typed);
  const found = useMemo(() => matchPeople(people, search), [people, search]);
  const shown = filter === 'free' ? found.filter((person) => person.presence === 'free') : found;
  const groups = useMemo(() => byDepartment(shown), [shown]);
  const chosen = people.find((person) => person.personId === chosenId);
  return (
    <div className="al-page team-grid">
      <div className="al-stack">
        <div className="al-row al-row--wrap team-head">
          <h1>{w('nav.team')}</h1>
          <SearchBox label={w('team.search')} value={typed} onChange={setTyped} ofPage />
          <TeamFilter value={filter} onChange={setFilter} count={people.length} />
        </div>
        {query.error !== null && (
          <Note look="late" icon="warning">
            <p>{problemSentence(query.error, w)}</p>
            <Button look="tertiary" icon="refresh" onPress={() => void query.refetch()}>
              {w('action.again')}
            </Button>
          </Note>
        )}
        {query.isPending && (
          <div className="al-panel" aria-busy>
            <SkeletonRows rows={8} columns={[60, 20, 40]} />
          </div>
        )}
        {query.isSuccess && groups.length === 0 && (
          <div className="al-panel">
            <Empty icon="search" title={w(search.trim() === '' ? 'team.nobodyFree' : 'team.none', { search })}>
              <p className="al-s">{w('team.noneText')}</p>
            </Empty>
          </div>
        )}
        <div className="team-cols">
          {groups.map((group) => (
            <DepartmentPanel key={group.name} group={group} chosenId={chosenId} onChoose={setChosenId} />
          ))}
        </div>
      </div>
      <TeamSide chosen={chosen} onClose={() => setChosenId(undefined)} />
    </div>
  );
}

interface TeamFilterProps {
  readonly value: 'all' | 'free';
  readonly onChange: (filter: 'all' | 'free') => void;
  readonly count: number;
}

function TeamFilter({ value, onChange, count }: TeamFilterProps) {
  const w = useWords();
  return (
    <Chips
      label={w('team.filter')}
      value={value}
      onChange={onChange}
      chips={[
        {
          id: 'all',
          label: (
            <>
              {w('team.all')} <b>{count}</b>
            </>
          ),
        },
        {
          id: 'free',
          label: (
            <>
              <Icon name="check_circle" size={16} />
              {w('team.onlyFree')}
            </>
          ),
        },
      ]}
    />
  );
}

function TeamSide({ chosen, onClose }: { readonly chosen: ColleagueView | undefined; readonly onClose: () => void }) {
  const w = useWords();
  const narrow = useMedia('(max-width: 1100px)');
  return (
    <aside className="al-stack team-side" aria-label={w('team.details')}>
      {chosen !== undefined &&
        (narrow ? (
          <Dialog title={chosen.name} isOpen onClose={onClose}>
            <PersonCard person={chosen} inDialog />
          </Dialog>
        ) : (
          <section className="al-panel al-panel__body" aria-live="off">
            <PersonCard person={chosen} />
          </section>
        ))}
      <Note icon="shield_person">{w('team.privacy')}</Note>
    </aside>
  );
}

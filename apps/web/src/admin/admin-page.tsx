import '../shared/parts/side-sheet.css';
import '../shared/parts/table.css';
import './admin.css';
import { Link, useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { problemSentence } from '../shared/api/api-problem.ts';
import { useWords } from '../shared/language/words.ts';
import { useDensity } from '../shared/look/density.ts';
import { usePageTitle } from '../shared/look/page-title.ts';
import { Button } from '../shared/parts/button.tsx';
import { Empty, Note } from '../shared/parts/message.tsx';
import { SkeletonRows } from '../shared/parts/skeleton.tsx';
import { useIsAllowed } from '../shared/session/session.tsx';
import { DevicesSection } from './devices/devices-section.tsx';
import { HotlinesSection } from './hotlines/hotlines-section.tsx';
import { HouseSection } from './house/house-section.tsx';
import { NumbersSection } from './numbers/numbers-section.tsx';
import { PeopleSection } from './people/people-section.tsx';
import { RightsSection } from './rights/rights-section.tsx';
import { StateSection } from './state/state-section.tsx';
import { TracesSection } from './tracing/traces-section.tsx';
import { TrunksSection } from './trunks/trunks-section.tsx';
import type { SectionProps } from './section-props.ts';
import { useOverview } from './use-overview.ts';

const sections: Readonly<Record<SectionName, ComponentType<SectionProps>>> = {
  state: StateSection,
  people: PeopleSection,
  devices: DevicesSection,
  numbers: NumbersSection,
  hotlines: HotlinesSection,
  trunks: TrunksSection,
  rights: RightsSection,
  traces: TracesSection,
  house: HouseSection,
};
const sectionNames = [
  'state',
  'people',
  'devices',
  'numbers',
  'hotlines',
  'trunks',
  'rights',
  'traces',
  'house',
] as const;
type SectionName = (typeof sectionNames)[number];

/** Everything about the house that can be set here, one section at a time. */
export function AdminPage() {
  const w = useWords();
  useDensity('kompakt');
  usePageTitle(w('nav.admin'));
  const allowed = useIsAllowed('admin');
  const { section } = useParams({ from: '/staff/admin/$section' });
  const name = sectionNames.find((one) => one === section) ?? 'people';
  if (!allowed)
    return (
      <div className="al-page">
        <h1>{w('nav.admin')}</h1>
        <Empty icon="shield_person" title={w('admin.forbidden')}>
          <p className="al-s">{w('admin.forbiddenText')}</p>
        </Empty>
      </div>
    );
  return (
    <div className="ad">
      <nav className="ad-tabs" aria-label={w('nav.admin')}>
        {sectionNames.map((one) => (
          <Link
            key={one}
            to="/admin/$section"
            params={{ section: one }}
            aria-current={one === name ? 'page' : undefined}
          >
            {w(`admin.${one}`)}
          </Link>
        ))}
      </nav>
      <Section key={name} name={name} />
    </div>
  );
}

function Section({ name }: { readonly name: SectionName }) {
  const w = useWords();
  const { data, error, refetch } = useOverview();
  const Shown = sections[name];
  if (data !== undefined) return <Shown overview={data} />;
  return (
    <div className="al-page al-stack">
      <h1>{w(`admin.${name}`)}</h1>
      {error === null ? (
        <div className="al-panel" aria-busy>
          <SkeletonRows rows={8} columns={[60, 20, 40, 40]} />
        </div>
      ) : (
        <Note look="late" icon="warning">
          <p>{problemSentence(error, w)}</p>
          <Button look="tertiary" icon="refresh" onPress={() => void refetch()}>
            {w('action.again')}
          </Button>
        </Note>
      )}
    </div>
  );
}

import { rightsRoutes, townSettings, type AdminOverview, type TownSettingsView } from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { centsOf, euroText } from '../../shared/format/euros.ts';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Checkbox } from '../../shared/parts/checkbox.tsx';
import { TextField } from '../../shared/parts/field.tsx';
import { Panel } from '../../shared/parts/panel.tsx';
import { AdminSection } from '../admin-section.tsx';
import type { SectionProps } from '../section-props.ts';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';
import { useRecordForm, type RecordForm } from '../use-record-form.ts';
import { ClassChoices } from './class-choices.tsx';
import { OwnRights } from './own-rights.tsx';

const draftOf = (settings: TownSettingsView) => ({
  diallingClasses: settings.diallingClasses,
  concurrentPerPerson: String(settings.concurrentPerPerson),
  callsPerMinute: String(settings.callsPerMinute),
  dailyEuros: euroText(settings.dailyCentsPerPerson),
  traceCalls: settings.traceCalls,
});
type RightsDraft = ReturnType<typeof draftOf>;

const inputOf = ({ dailyEuros, ...draft }: RightsDraft): TownSettingsView => ({
  ...draft,
  concurrentPerPerson: Number.parseInt(draft.concurrentPerPerson, 10),
  callsPerMinute: Number.parseInt(draft.callsPerMinute, 10),
  dailyCentsPerPerson: centsOf(dailyEuros),
});

/** What the house may dial, what limits costs, and who differs from it. */
export function RightsSection({ overview }: SectionProps) {
  const w = useWords();
  return (
    <AdminSection title={w('admin.rights')} lead={w('rights.lead')}>
      <TownRights key={JSON.stringify(overview.settings)} overview={overview} />
      <OwnRights overview={overview} />
    </AdminSection>
  );
}

function TownRights({ overview }: { readonly overview: AdminOverview }) {
  const w = useWords();
  const form = useRecordForm({
    record: { id: 'settings', ...overview.settings },
    draftOf: (record) => draftOf(record ?? overview.settings),
    inputOf,
    schema: townSettings,
    update: (body) => callRoute(rightsRoutes.updateSettings, { body }),
    created: w('admin.saved'),
  });
  const { draft } = form;
  return (
    <Panel title={w('rights.town')}>
      <div className="ad-panelform">
        <ClassChoices
          label={w('rights.may')}
          hint={w('rights.townHint')}
          value={draft.value.diallingClasses}
          onChange={(classes) => draft.set('diallingClasses', classes)}
        />
        <LimitFields form={form} />
        <div>
          <Checkbox isSelected={draft.value.traceCalls} onChange={(kept) => draft.set('traceCalls', kept)}>
            {w('rights.tracing')}
          </Checkbox>
          <p className="al-hint">{w('rights.tracingHint')}</p>
        </div>
        <div className="al-row">
          <Button look="primary" isPending={form.busy} onPress={() => void form.store()}>
            {w('admin.save')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function LimitFields({ form: { draft, problems } }: { readonly form: RecordForm<RightsDraft> }) {
  const w = useWords();
  const sentence = useFieldSentences(problems);
  const { value, set } = draft;
  return (
    <section className="ad-form" aria-labelledby="limits">
      <h3 id="limits">{w('rights.guard')}</h3>
      <p className="al-hint">{w('rights.guardHint')}</p>
      <div className="ad-triple">
        <TextField
          label={w('rights.concurrent')}
          inputMode="numeric"
          value={value.concurrentPerPerson}
          onChange={(text) => set('concurrentPerPerson', text)}
          problem={sentence('concurrentPerPerson')}
        />
        <TextField
          label={w('rights.perMinute')}
          inputMode="numeric"
          value={value.callsPerMinute}
          onChange={(text) => set('callsPerMinute', text)}
          problem={sentence('callsPerMinute')}
        />
        <TextField
          label={w('rights.daily')}
          inputMode="decimal"
          after={w('unit.euro')}
          value={value.dailyEuros}
          onChange={(text) => set('dailyEuros', text)}
          problem={sentence('dailyCentsPerPerson')}
        />
      </div>
    </section>
  );
}

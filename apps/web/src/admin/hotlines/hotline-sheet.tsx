import {
  adminRoutes,
  hotlineInput,
  type AdminHotline,
  type AdminOverview,
  type HotlineInput,
} from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { RecordSheet } from '../record-sheet.tsx';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';
import { useRecordForm } from '../use-record-form.ts';
import { ClosureFields } from './closure-fields.tsx';
import { MemberFields } from './member-fields.tsx';
import { OpeningHoursFields } from './opening-hours-fields.tsx';
import { TimingFields, timingNames, type TimingName } from './timing-fields.tsx';

interface HotlineSheetProps {
  readonly overview: AdminOverview;
  readonly hotline: AdminHotline | undefined;
  readonly onClose: () => void;
}

const usual: Readonly<Record<TimingName, number>> = {
  ringSeconds: 20,
  retryPauseSeconds: 30,
  wrapUpSeconds: 60,
  maxWaitSeconds: 600,
  percent: 80,
  seconds: 20,
};

const timingOf = (hotline: AdminHotline | undefined, name: TimingName): number => {
  if (hotline === undefined) return usual[name];
  return name === 'percent' || name === 'seconds' ? hotline.serviceLevel[name] : hotline[name];
};

const draftOf = (hotline: AdminHotline | undefined) => ({
  name: hotline?.name ?? '',
  language: hotline?.language ?? ('de' as const),
  memberIds: hotline?.memberIds ?? [],
  intervals:
    hotline?.openingHours.intervals ?? [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '16:00' })),
  closures: hotline?.openingHours.closures ?? [],
  timing: Object.fromEntries(timingNames.map((name) => [name, String(timingOf(hotline, name))])) as Record<
    TimingName,
    string
  >,
});
type HotlineDraft = ReturnType<typeof draftOf>;

function inputOf({ name, language, memberIds, intervals, closures, timing }: HotlineDraft): HotlineInput {
  const number = (field: TimingName): number => Number.parseInt(timing[field], 10);
  return {
    name: name.trim(),
    language,
    memberIds: [...memberIds],
    openingHours: { intervals: [...intervals], closures: [...closures] },
    ringSeconds: number('ringSeconds'),
    retryPauseSeconds: number('retryPauseSeconds'),
    wrapUpSeconds: number('wrapUpSeconds'),
    maxWaitSeconds: number('maxWaitSeconds'),
    serviceLevel: { percent: number('percent'), seconds: number('seconds') },
  };
}

export function HotlineSheet({ overview, hotline, onClose }: HotlineSheetProps) {
  const w = useWords();
  const form = useRecordForm({
    record: hotline,
    draftOf,
    inputOf,
    schema: hotlineInput,
    create: (body) => callRoute(adminRoutes.createHotline, { body }),
    update: (body, id) => callRoute(adminRoutes.updateHotline, { params: { id }, body }),
    remove: (id) => callRoute(adminRoutes.deleteHotline, { params: { id } }),
    created: w('hotline.created'),
  });
  const { problems } = form;
  const { value, set } = form.draft;
  const sentence = useFieldSentences(problems);
  return (
    <RecordSheet
      title={hotline?.name ?? w('hotline.new')}
      form={form}
      onClose={onClose}
      removal={{
        title: w('hotline.removeTitle', { name: hotline?.name ?? '' }),
        text: w('hotline.removeText', { count: hotline?.memberIds.length ?? 0 }),
      }}
    >
      <div className="ad-form">
        <TextField
          label={w('hotline.name')}
          hint={w('hotline.nameHint')}
          value={value.name}
          onChange={(text) => set('name', text)}
          problem={sentence('name')}
        />
        <Select
          label={w('hotline.language')}
          choices={[
            { id: 'de', label: w('look.de') },
            { id: 'en', label: w('look.en') },
          ]}
          value={value.language}
          onChange={(id) => set('language', id === 'en' ? 'en' : 'de')}
        />
        <MemberFields
          people={overview.people}
          memberIds={value.memberIds}
          onChange={(ids) => set('memberIds', ids)}
          problems={problems}
        />
        <OpeningHoursFields
          intervals={value.intervals}
          onChange={(intervals) => set('intervals', intervals)}
          problems={problems}
        />
        <ClosureFields
          closures={value.closures}
          onChange={(closures) => set('closures', closures)}
          problems={problems}
        />
        <TimingFields
          timing={value.timing}
          onChange={(name, text) => set('timing', { ...value.timing, [name]: text })}
          problems={problems}
        />
      </div>
    </RecordSheet>
  );
}

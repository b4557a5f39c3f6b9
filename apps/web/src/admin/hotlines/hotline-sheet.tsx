import {
  adminRoutes,
  hotlineInput,
  type AdminHotline,
  type AdminOverview,
  type HotlineInput,
} from '@amtsleitung/contract';
import { useState } from 'react';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Confirm } from '../../shared/parts/dialog.tsx';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { SideSheet } from '../../shared/parts/side-sheet.tsx';
import { SheetActions } from '../admin-section.tsx';
import { checkInput } from '../check-input.ts';
import { useDraft, useFieldSentences } from '../use-draft.ts';
import { useSaving } from '../use-saving.ts';
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
  const draft = useDraft(draftOf(hotline));
  const { busy, problems, setProblems, save } = useSaving();
  const sentence = useFieldSentences(problems);
  const [removing, setRemoving] = useState(false);
  const store = async (): Promise<void> => {
    const body = inputOf(draft.value);
    const found = checkInput(hotlineInput, body);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const done =
      hotline === undefined
        ? await save(() => callRoute(adminRoutes.createHotline, { body }), { done: w('hotline.created') })
        : await save(() => callRoute(adminRoutes.updateHotline, { params: { id: hotline.id }, body }), {
            done: w('admin.saved'),
            undo: () =>
              callRoute(adminRoutes.updateHotline, { params: { id: hotline.id }, body: inputOf(draftOf(hotline)) }),
          });
    if (done) onClose();
  };
  const remove = async (): Promise<void> => {
    setRemoving(false);
    if (hotline === undefined) return;
    const removed = await save(() => callRoute(adminRoutes.deleteHotline, { params: { id: hotline.id } }), {
      done: w('admin.removed'),
    });
    if (removed) onClose();
  };
  const { value, set } = draft;
  return (
    <SideSheet
      title={hotline?.name ?? w('hotline.new')}
      onClose={onClose}
      actions={
        <SheetActions
          changed={draft.changed}
          busy={busy}
          onSave={() => void store()}
          onDiscard={onClose}
          onRemove={hotline === undefined ? undefined : () => setRemoving(true)}
        />
      }
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
      <Confirm
        title={w('hotline.removeTitle', { name: hotline?.name ?? '' })}
        isOpen={removing}
        action={w('admin.remove')}
        keep={w('admin.keep')}
        onConfirm={() => void remove()}
        onClose={() => setRemoving(false)}
      >
        {w('hotline.removeText', { count: hotline?.memberIds.length ?? 0 })}
      </Confirm>
    </SideSheet>
  );
}

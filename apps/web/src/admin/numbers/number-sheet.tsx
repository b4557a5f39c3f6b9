import {
  adminRoutes,
  numberInput,
  type AdminNumber,
  type AdminOverview,
  type DestinationView,
} from '@amtsleitung/contract';
import { useState } from 'react';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Chips } from '../../shared/parts/chips.tsx';
import { Confirm } from '../../shared/parts/dialog.tsx';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { SideSheet } from '../../shared/parts/side-sheet.tsx';
import { SheetActions } from '../admin-section.tsx';
import { checkInput } from '../check-input.ts';
import { useDraft, useFieldSentences } from '../use-draft.ts';
import { useSaving } from '../use-saving.ts';

interface NumberSheetProps {
  readonly overview: AdminOverview;
  readonly number: AdminNumber | undefined;
  readonly onClose: () => void;
}

interface NumberDraft {
  readonly headNumberId: string;
  readonly extension: string;
  readonly kind: DestinationView['kind'];
  readonly targetId: string;
}

const draftOf = (number: AdminNumber | undefined, overview: AdminOverview): NumberDraft => ({
  headNumberId: number?.headNumberId ?? overview.headNumbers.at(0)?.id ?? '',
  extension: number?.extension ?? '',
  kind: number?.destination.kind ?? 'person',
  targetId:
    number === undefined
      ? ''
      : number.destination.kind === 'person'
        ? number.destination.personId
        : number.destination.hotlineId,
});

const inputOf = ({ headNumberId, extension, kind, targetId }: NumberDraft) => ({
  headNumberId,
  extension: extension.trim(),
  destination: kind === 'person' ? ({ kind, personId: targetId } as const) : ({ kind, hotlineId: targetId } as const),
});

export function NumberSheet({ overview, number, onClose }: NumberSheetProps) {
  const w = useWords();
  const draft = useDraft(draftOf(number, overview));
  const { busy, problems, setProblems, save } = useSaving();
  const [removing, setRemoving] = useState(false);
  const store = async (): Promise<void> => {
    const body = inputOf(draft.value);
    const found = checkInput(numberInput, body);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const done =
      number === undefined
        ? await save(() => callRoute(adminRoutes.createNumber, { body }), { done: w('numbers.created') })
        : await save(() => callRoute(adminRoutes.updateNumber, { params: { id: number.id }, body }), {
            done: w('admin.saved'),
            undo: () =>
              callRoute(adminRoutes.updateNumber, {
                params: { id: number.id },
                body: inputOf(draftOf(number, overview)),
              }),
          });
    if (done) onClose();
  };
  const remove = async (): Promise<void> => {
    setRemoving(false);
    if (number === undefined) return;
    const body = inputOf(draftOf(number, overview));
    const removed = await save(() => callRoute(adminRoutes.deleteNumber, { params: { id: number.id } }), {
      done: w('admin.removed'),
      undo: () => callRoute(adminRoutes.createNumber, { body }),
    });
    if (removed) onClose();
  };
  return (
    <SideSheet
      title={number?.text ?? w('numbers.new')}
      onClose={onClose}
      actions={
        <SheetActions
          changed={draft.changed}
          busy={busy}
          onSave={() => void store()}
          onDiscard={onClose}
          onRemove={number === undefined ? undefined : () => setRemoving(true)}
        />
      }
    >
      <NumberFields overview={overview} draft={draft} sentence={useFieldSentences(problems)} />
      <Confirm
        title={w('numbers.removeTitle', { number: number?.text ?? '' })}
        isOpen={removing}
        action={w('admin.remove')}
        keep={w('admin.keep')}
        onConfirm={() => void remove()}
        onClose={() => setRemoving(false)}
      >
        {w('numbers.removeText')}
      </Confirm>
    </SideSheet>
  );
}

interface NumberFieldsProps {
  readonly overview: AdminOverview;
  readonly draft: ReturnType<typeof useDraft<NumberDraft>>;
  readonly sentence: (path: string) => string | undefined;
}

function NumberFields({ overview, draft: { value, set }, sentence }: NumberFieldsProps) {
  const w = useWords();
  const targets =
    value.kind === 'person'
      ? overview.people.map((person) => ({ id: person.id, label: `${person.lastName}, ${person.firstName}` }))
      : overview.hotlines.map((hotline) => ({ id: hotline.id, label: hotline.name }));
  targets.sort((left, right) => left.label.localeCompare(right.label, 'de'));
  const head = overview.headNumbers.find((one) => one.id === value.headNumberId)?.text;
  return (
    <div className="ad-form">
      {overview.headNumbers.length > 1 && (
        <Select
          label={w('numbers.head')}
          choices={overview.headNumbers.map((one) => ({ id: one.id, label: one.text }))}
          value={value.headNumberId}
          onChange={(id) => set('headNumberId', id)}
          problem={sentence('headNumberId')}
        />
      )}
      <TextField
        label={w('people.extension')}
        {...(head === undefined ? {} : { before: `${head}-` })}
        inputMode="numeric"
        value={value.extension}
        onChange={(text) => set('extension', text)}
        problem={sentence('extension')}
      />
      <div>
        <p className="al-label">{w('numbers.kind')}</p>
        <Chips
          label={w('numbers.kind')}
          value={value.kind}
          onChange={(kind) => {
            set('kind', kind);
            set('targetId', '');
          }}
          chips={[
            { id: 'person', label: w('numbers.kind.person') },
            { id: 'hotline', label: w('numbers.kind.hotline') },
          ]}
        />
      </div>
      <Select
        key={value.kind}
        label={w('numbers.target')}
        choices={targets}
        value={value.targetId === '' ? undefined : value.targetId}
        onChange={(id) => set('targetId', id)}
        placeholder={w('admin.choose')}
        problem={sentence('destination') ?? sentence('destination.personId') ?? sentence('destination.hotlineId')}
      />
    </div>
  );
}

import {
  adminRoutes,
  numberInput,
  type AdminNumber,
  type AdminOverview,
  type DestinationView,
} from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Chips } from '../../shared/parts/chips.tsx';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { RecordSheet } from '../record-sheet.tsx';
import { useFieldSentences, type Draft } from '../../shared/forms/use-draft.ts';
import { useRecordForm } from '../use-record-form.ts';

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
  const form = useRecordForm({
    record: number,
    draftOf: (record) => draftOf(record, overview),
    inputOf,
    schema: numberInput,
    create: (body) => callRoute(adminRoutes.createNumber, { body }),
    update: (body, id) => callRoute(adminRoutes.updateNumber, { params: { id }, body }),
    remove: (id) => callRoute(adminRoutes.deleteNumber, { params: { id } }),
    created: w('numbers.created'),
    canRestore: true,
  });
  return (
    <RecordSheet
      title={number?.text ?? w('numbers.new')}
      form={form}
      onClose={onClose}
      removal={{ title: w('numbers.removeTitle', { number: number?.text ?? '' }), text: w('numbers.removeText') }}
    >
      <NumberFields overview={overview} draft={form.draft} sentence={useFieldSentences(form.problems)} />
    </RecordSheet>
  );
}

interface NumberFieldsProps {
  readonly overview: AdminOverview;
  readonly draft: Draft<NumberDraft>;
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

import { adminRoutes, headNumberInput, type AdminOverview } from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { RecordSheet } from '../record-sheet.tsx';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';
import { useRecordForm } from '../use-record-form.ts';

type HeadNumber = AdminOverview['headNumbers'][number];

interface HeadNumberSheetProps {
  readonly overview: AdminOverview;
  readonly head: HeadNumber | undefined;
  readonly onClose: () => void;
}

const draftOf = (head: HeadNumber | undefined, overview: AdminOverview) => ({
  e164: head?.e164 ?? '+49',
  areaCodeLength: String(head?.areaCodeLength ?? 4),
  trunkId: head?.trunkId ?? overview.trunks.at(0)?.id ?? '',
});
type HeadDraft = ReturnType<typeof draftOf>;

const inputOf = (draft: HeadDraft) => ({
  ...draft,
  e164: draft.e164.replace(/[\s/()-]/g, ''),
  areaCodeLength: Number.parseInt(draft.areaCodeLength, 10),
});

/** The number in front of all extensions. */
export function HeadNumberSheet({ overview, head, onClose }: HeadNumberSheetProps) {
  const w = useWords();
  const form = useRecordForm({
    record: head,
    draftOf: (record) => draftOf(record, overview),
    inputOf,
    schema: headNumberInput,
    create: (body) => callRoute(adminRoutes.createHeadNumber, { body }),
    update: (body, id) => callRoute(adminRoutes.updateHeadNumber, { params: { id }, body }),
    created: w('numbers.headCreated'),
  });
  const { draft } = form;
  const sentence = useFieldSentences(form.problems);
  return (
    <RecordSheet title={head?.text ?? w('numbers.newHead')} form={form} onClose={onClose}>
      <div className="ad-form">
        <TextField
          label={w('numbers.head')}
          hint={w('numbers.headHint')}
          inputMode="tel"
          value={draft.value.e164}
          onChange={(text) => draft.set('e164', text)}
          problem={sentence('e164')}
        />
        <TextField
          label={w('numbers.areaCodeLength')}
          hint={w('numbers.areaCodeHint')}
          inputMode="numeric"
          value={draft.value.areaCodeLength}
          onChange={(text) => draft.set('areaCodeLength', text)}
          problem={sentence('areaCodeLength')}
        />
        <Select
          label={w('numbers.trunk')}
          choices={overview.trunks.map((trunk) => ({ id: trunk.id, label: trunk.name }))}
          value={draft.value.trunkId}
          onChange={(id) => draft.set('trunkId', id)}
          problem={sentence('trunkId')}
        />
      </div>
    </RecordSheet>
  );
}

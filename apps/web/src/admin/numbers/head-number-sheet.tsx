import { adminRoutes, headNumberInput, type AdminOverview } from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { SideSheet } from '../../shared/parts/side-sheet.tsx';
import { SheetActions } from '../admin-section.tsx';
import { checkInput } from '../check-input.ts';
import { useDraft, useFieldSentences } from '../use-draft.ts';
import { useSaving } from '../use-saving.ts';

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
  const draft = useDraft(draftOf(head, overview));
  const { busy, problems, setProblems, save } = useSaving();
  const sentence = useFieldSentences(problems);
  const store = async (): Promise<void> => {
    const body = inputOf(draft.value);
    const found = checkInput(headNumberInput, body);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const update = (next: typeof body) =>
      callRoute(adminRoutes.updateHeadNumber, { params: { id: head?.id ?? '' }, body: next });
    const done =
      head === undefined
        ? await save(() => callRoute(adminRoutes.createHeadNumber, { body }), { done: w('numbers.headCreated') })
        : await save(() => update(body), {
            done: w('admin.saved'),
            undo: () => update(inputOf(draftOf(head, overview))),
          });
    if (done) onClose();
  };
  return (
    <SideSheet
      title={head?.text ?? w('numbers.newHead')}
      onClose={onClose}
      actions={<SheetActions changed={draft.changed} busy={busy} onSave={() => void store()} onDiscard={onClose} />}
    >
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
    </SideSheet>
  );
}

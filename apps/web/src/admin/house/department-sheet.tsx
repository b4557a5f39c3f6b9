import { adminRoutes, departmentInput, type AdminOverview, type DepartmentInput } from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { SideSheet } from '../../shared/parts/side-sheet.tsx';
import { SheetActions } from '../admin-section.tsx';
import { checkInput } from '../check-input.ts';
import { useDraft, useFieldSentences } from '../use-draft.ts';
import { useSaving } from '../use-saving.ts';

type Department = AdminOverview['departments'][number];

interface DepartmentSheetProps {
  readonly overview: AdminOverview;
  readonly department: Department | undefined;
  readonly onClose: () => void;
}

const draftOf = (department: Department | undefined, overview: AdminOverview): DepartmentInput => ({
  name: department?.name ?? '',
  siteId: department?.siteId ?? overview.sites.at(0)?.id ?? '',
});

export function DepartmentSheet({ overview, department, onClose }: DepartmentSheetProps) {
  const w = useWords();
  const draft = useDraft(draftOf(department, overview));
  const { busy, problems, setProblems, save } = useSaving();
  const sentence = useFieldSentences(problems);
  const store = async (): Promise<void> => {
    const body = draft.value;
    const found = checkInput(departmentInput, body);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const update = (next: DepartmentInput) =>
      callRoute(adminRoutes.updateDepartment, { params: { id: department?.id ?? '' }, body: next });
    const done =
      department === undefined
        ? await save(() => callRoute(adminRoutes.createDepartment, { body }), { done: w('house.departmentCreated') })
        : await save(() => update(body), {
            done: w('admin.saved'),
            undo: () => update(draftOf(department, overview)),
          });
    if (done) onClose();
  };
  return (
    <SideSheet
      title={department?.name ?? w('house.newDepartment')}
      onClose={onClose}
      actions={<SheetActions changed={draft.changed} busy={busy} onSave={() => void store()} onDiscard={onClose} />}
    >
      <div className="ad-form">
        <TextField
          label={w('house.departmentName')}
          value={draft.value.name}
          onChange={(text) => draft.set('name', text)}
          problem={sentence('name')}
        />
        <Select
          label={w('house.site')}
          choices={overview.sites.map((site) => ({ id: site.id, label: site.name }))}
          value={draft.value.siteId}
          onChange={(id) => draft.set('siteId', id)}
          problem={sentence('siteId')}
        />
      </div>
    </SideSheet>
  );
}

import { adminRoutes, departmentInput, type AdminOverview, type DepartmentInput } from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { InheritedClasses } from '../rights/class-choices.tsx';
import { RecordSheet } from '../record-sheet.tsx';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';
import { useRecordForm } from '../use-record-form.ts';

type Department = AdminOverview['departments'][number];

interface DepartmentSheetProps {
  readonly overview: AdminOverview;
  readonly department: Department | undefined;
  readonly onClose: () => void;
}

const draftOf = (department: Department | undefined, overview: AdminOverview): DepartmentInput => ({
  name: department?.name ?? '',
  siteId: department?.siteId ?? overview.sites.at(0)?.id ?? '',
  diallingClasses: department?.diallingClasses,
});

export function DepartmentSheet({ overview, department, onClose }: DepartmentSheetProps) {
  const w = useWords();
  const form = useRecordForm({
    record: department,
    draftOf: (record) => draftOf(record, overview),
    inputOf: (draft) => draft,
    schema: departmentInput,
    create: (body) => callRoute(adminRoutes.createDepartment, { body }),
    update: (body, id) => callRoute(adminRoutes.updateDepartment, { params: { id }, body }),
    created: w('house.departmentCreated'),
  });
  const { draft } = form;
  const sentence = useFieldSentences(form.problems);
  return (
    <RecordSheet title={department?.name ?? w('house.newDepartment')} form={form} onClose={onClose}>
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
        <InheritedClasses
          label={w('rights.may')}
          inherited={w('rights.inheritTown')}
          inheritedClasses={overview.settings.diallingClasses}
          value={draft.value.diallingClasses}
          onChange={(classes) => draft.set('diallingClasses', classes)}
        />
      </div>
    </RecordSheet>
  );
}

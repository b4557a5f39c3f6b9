import {
  adminRoutes,
  personInput,
  type AdminOverview,
  type AdminPerson,
  type PersonInput,
} from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { RecordSheet } from '../record-sheet.tsx';
import { useRecordForm } from '../use-record-form.ts';
import { PersonFields, type PersonDraft } from './person-fields.tsx';

interface PersonSheetProps {
  readonly overview: AdminOverview;
  /** Undefined: a new one. */
  readonly person: AdminPerson | undefined;
  readonly onClose: () => void;
}

const draftOf = (person: AdminPerson | undefined, overview: AdminOverview): PersonDraft => ({
  firstName: person?.firstName ?? '',
  lastName: person?.lastName ?? '',
  departmentId: person?.departmentId ?? overview.departments.at(0)?.id ?? '',
  siteId: person?.siteId ?? overview.sites.at(0)?.id ?? '',
  duties: person?.duties ?? '',
  extension: person?.extension ?? '',
  login: person?.login ?? '',
  password: '',
  roles: person?.roles ?? ['person'],
  language: person?.language ?? 'de',
  diallingClasses: person?.diallingClasses,
});

/** Empty fields are left out: they mean "none". */
const inputOf = ({ extension, login, password, ...rest }: PersonDraft): PersonInput => ({
  ...rest,
  ...(extension.trim() === '' ? {} : { extension: extension.trim() }),
  ...(login.trim() === '' ? {} : { login: login.trim() }),
  ...(password === '' ? {} : { password }),
});

export function PersonSheet({ overview, person, onClose }: PersonSheetProps) {
  const w = useWords();
  const form = useRecordForm({
    record: person,
    draftOf: (record) => draftOf(record, overview),
    inputOf,
    schema: personInput,
    create: (body) => callRoute(adminRoutes.createPerson, { body }),
    update: (body, id) => callRoute(adminRoutes.updatePerson, { params: { id }, body }),
    remove: (id) => callRoute(adminRoutes.deletePerson, { params: { id } }),
    created: w('people.created'),
  });
  const name = person === undefined ? w('people.new') : `${person.firstName} ${person.lastName}`;
  return (
    <RecordSheet
      title={name}
      form={form}
      onClose={onClose}
      removal={{ title: w('people.removeTitle', { name }), text: w('people.removeText') }}
    >
      <PersonFields overview={overview} person={person} draft={form.draft} problems={form.problems} />
    </RecordSheet>
  );
}

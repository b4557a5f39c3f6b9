import {
  adminRoutes,
  personInput,
  type AdminOverview,
  type AdminPerson,
  type PersonInput,
} from '@amtsleitung/contract';
import { useState } from 'react';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Confirm } from '../../shared/parts/dialog.tsx';
import { SideSheet } from '../../shared/parts/side-sheet.tsx';
import { SheetActions } from '../admin-section.tsx';
import { checkInput } from '../check-input.ts';
import { useDraft } from '../use-draft.ts';
import { useSaving } from '../use-saving.ts';
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
  const draft = useDraft(draftOf(person, overview));
  const { busy, problems, setProblems, save } = useSaving();
  const [removing, setRemoving] = useState(false);
  const name = person === undefined ? w('people.new') : `${person.firstName} ${person.lastName}`;
  const store = async (): Promise<void> => {
    const body = inputOf(draft.value);
    const found = checkInput(personInput, body);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const done =
      person === undefined
        ? await save(() => callRoute(adminRoutes.createPerson, { body }), { done: w('people.created') })
        : await save(() => callRoute(adminRoutes.updatePerson, { params: { id: person.id }, body }), {
            done: w('admin.saved'),
            undo: () =>
              callRoute(adminRoutes.updatePerson, {
                params: { id: person.id },
                body: inputOf(draftOf(person, overview)),
              }),
          });
    if (done) onClose();
  };
  const remove = async (): Promise<void> => {
    setRemoving(false);
    if (person === undefined) return;
    const removed = await save(() => callRoute(adminRoutes.deletePerson, { params: { id: person.id } }), {
      done: w('admin.removed'),
    });
    if (removed) onClose();
  };
  return (
    <SideSheet
      title={name}
      onClose={onClose}
      actions={
        <SheetActions
          changed={draft.changed}
          busy={busy}
          onSave={() => void store()}
          onDiscard={onClose}
          onRemove={person === undefined ? undefined : () => setRemoving(true)}
        />
      }
    >
      <PersonFields overview={overview} person={person} draft={draft} problems={problems} />
      <Confirm
        title={w('people.removeTitle', { name })}
        isOpen={removing}
        action={w('admin.remove')}
        keep={w('admin.keep')}
        onConfirm={() => void remove()}
        onClose={() => setRemoving(false)}
      >
        {w('people.removeText')}
      </Confirm>
    </SideSheet>
  );
}

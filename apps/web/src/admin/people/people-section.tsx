import type { AdminPerson } from '@amtsleitung/contract';
import { useState } from 'react';
import { extensionText } from '../../shared/format/formats.ts';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Empty, Tag } from '../../shared/parts/message.tsx';
import { SearchBox } from '../../shared/parts/search-box.tsx';
import { fold } from '../../shared/team/match-people.ts';
import type { SectionProps } from '../section-props.ts';
import { AdminSection } from '../admin-section.tsx';
import { AdminTable } from '../admin-table.tsx';
import { PersonSheet } from './person-sheet.tsx';

const nameOf = (person: AdminPerson): string => `${person.firstName} ${person.lastName}`;
const matches = (person: AdminPerson, typed: string): boolean =>
  [nameOf(person), person.extension ?? '', person.login ?? ''].some((field) =>
    fold(field).includes(fold(typed.trim())),
  );

export function PeopleSection({ overview }: SectionProps) {
  const w = useWords();
  const [typed, setTyped] = useState('');
  const [openId, setOpenId] = useState<string>();
  const close = (): void => setOpenId(undefined);
  const people = [...overview.people]
    .filter((person) => matches(person, typed))
    .sort((left, right) => left.lastName.localeCompare(right.lastName, 'de'));
  const departments = new Map(overview.departments.map((department) => [department.id, department.name]));
  const hotlinesOf = (id: string): string =>
    overview.hotlines
      .filter((hotline) => hotline.memberIds.includes(id))
      .map((hotline) => hotline.name)
      .join(', ');
  return (
    <AdminSection
      title={w('admin.people')}
      lead={w('people.lead', { count: overview.people.length })}
      actions={
        <Button look="primary" icon="person_add" onPress={() => setOpenId('new')}>
          {w('people.create')}
        </Button>
      }
      sheet={
        openId !== undefined && (
          <PersonSheet
            key={openId}
            overview={overview}
            person={overview.people.find((one) => one.id === openId)}
            onClose={close}
          />
        )
      }
    >
      <SearchBox label={w('people.search')} value={typed} onChange={setTyped} ofPage />
      <AdminTable
        label={w('admin.people')}
        rows={people}
        idOf={(person) => person.id}
        nameOf={nameOf}
        nameTitle={w('people.name')}
        columns={[
          {
            title: w('people.extension'),
            cell: ({ extension }) => (
              <span className="al-num">{extension === undefined ? '–' : extensionText(extension)}</span>
            ),
          },
          {
            title: w('people.department'),
            cell: ({ departmentId }) => departments.get(departmentId) ?? '–',
            wide: true,
          },
          { title: w('people.hotlines'), cell: ({ id }) => hotlinesOf(id) || '–', wide: true },
          { title: w('people.account'), cell: (person) => <AccountTag person={person} /> },
        ]}
        openId={openId}
        onOpen={setOpenId}
        empty={<Empty icon="group" title={w('people.none')} />}
      />
    </AdminSection>
  );
}

function AccountTag({ person }: { readonly person: AdminPerson }) {
  const w = useWords();
  if (person.login === undefined) return <span className="al-muted">{w('people.noAccount')}</span>;
  const role = person.roles.includes('admin') ? 'admin' : person.roles.includes('lead') ? 'lead' : 'person';
  return <Tag icon={role === 'person' ? 'check_circle' : 'shield_person'}>{w(`role.${role}`)}</Tag>;
}

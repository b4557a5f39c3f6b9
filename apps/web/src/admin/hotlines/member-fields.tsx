import type { AdminPerson } from '@amtsleitung/contract';
import { useState } from 'react';
import { CheckboxGroup } from 'react-aria-components';
import { useWords } from '../../shared/language/words.ts';
import { Checkbox } from '../../shared/parts/checkbox.tsx';
import { SearchBox } from '../../shared/parts/search-box.tsx';
import { fold } from '../../shared/team/match-people.ts';
import type { FieldProblems } from '../../shared/forms/check-input.ts';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';

interface MemberFieldsProps {
  readonly people: readonly AdminPerson[];
  readonly memberIds: readonly string[];
  readonly onChange: (ids: string[]) => void;
  readonly problems: FieldProblems;
}

const mostShown = 12;

/** Only people with an account can log in to a hotline; members come first, then who matches the search. */
export function MemberFields({ people, memberIds, onChange, problems }: MemberFieldsProps) {
  const w = useWords();
  const sentence = useFieldSentences(problems);
  const [typed, setTyped] = useState('');
  const [first] = useState(memberIds);
  const able = people
    .filter((person) => person.login !== undefined || memberIds.includes(person.id))
    .filter((person) => fold(`${person.firstName} ${person.lastName}`).includes(fold(typed.trim())))
    .sort(
      (left, right) =>
        Number(first.includes(right.id)) - Number(first.includes(left.id)) ||
        left.lastName.localeCompare(right.lastName, 'de'),
    );
  const problem = Object.keys(problems).find((path) => path.startsWith('memberIds'));
  return (
    <section aria-labelledby="members" className="ad-form">
      <h3 id="members">{w('hotline.membersCount', { count: memberIds.length })}</h3>
      <SearchBox label={w('hotline.findPerson')} value={typed} onChange={setTyped} />
      <CheckboxGroup aria-labelledby="members" value={[...memberIds]} onChange={onChange} className="ad-members">
        {able.slice(0, mostShown).map((person) => (
          <Checkbox key={person.id} value={person.id}>
            {person.firstName} {person.lastName}
          </Checkbox>
        ))}
      </CheckboxGroup>
      {able.length > mostShown && (
        <p className="al-hint">{w('hotline.morePeople', { count: able.length - mostShown })}</p>
      )}
      {problem !== undefined && <p className="al-problem">{sentence(problem)}</p>}
    </section>
  );
}

import type { ColleagueView } from '@amtsleitung/contract';
import { memo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { extensionText } from '../shared/format/formats.ts';
import { useWords } from '../shared/language/words.ts';
import { IconButton } from '../shared/parts/button.tsx';
import { Panel } from '../shared/parts/panel.tsx';
import { Presence } from '../shared/parts/presence.tsx';
import { startCall } from '../shared/phone/call-commands.ts';
import { useSession } from '../shared/session/session.tsx';
import type { DepartmentGroup } from './by-department.ts';

interface DepartmentPanelProps {
  readonly group: DepartmentGroup;
  readonly chosenId: string | undefined;
  readonly onChoose: (personId: string) => void;
}

export function DepartmentPanel({ group, chosenId, onChoose }: DepartmentPanelProps) {
  const w = useWords();
  return (
    <Panel
      title={group.name}
      beside={
        group.free !== undefined && (
          <span className="al-muted al-s">{w('team.freeOf', { free: group.free, all: group.people.length })}</span>
        )
      }
    >
      <ul>
        {group.people.map((person) => (
          <PersonRow key={person.personId} person={person} chosen={person.personId === chosenId} onChoose={onChoose} />
        ))}
      </ul>
    </Panel>
  );
}

interface PersonRowProps {
  readonly person: ColleagueView;
  readonly chosen: boolean;
  readonly onChoose: (personId: string) => void;
}

/** Several hundred stand on the page, and one changes at a time. */
const PersonRow = memo(function PersonRow({ person, chosen, onChoose }: PersonRowProps) {
  const w = useWords();
  const { personId } = useSession();
  const own = person.personId === personId;
  const { extension } = person;
  return (
    <li className={`tp ${chosen ? 'is-selected' : ''}`}>
      <AriaButton className="tp__name" aria-pressed={chosen} onPress={() => onChoose(person.personId)}>
        <b>{person.name}</b>
        {own && <span className="al-muted"> {w('team.you')}</span>}
      </AriaButton>
      <span className="al-muted al-num">{extension === undefined ? '' : extensionText(extension)}</span>
      <Presence state={person.presence} />
      {own || extension === undefined ? (
        <span className="tp__none" />
      ) : (
        <IconButton
          icon="call"
          label={w('team.callPerson', { name: person.name })}
          onPress={() => void startCall(extension)}
        />
      )}
    </li>
  );
});

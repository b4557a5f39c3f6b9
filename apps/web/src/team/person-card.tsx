import type { ColleagueView } from '@amtsleitung/contract';
import { extensionText, initials } from '../shared/format/formats.ts';
import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';
import { Avatar, Tag } from '../shared/parts/message.tsx';
import { Presence } from '../shared/parts/presence.tsx';
import { pickUpAt, startCall } from '../shared/phone/call-commands.ts';
import { useSession } from '../shared/session/session.tsx';

interface PersonCardProps {
  readonly person: ColleagueView;
  /** The dialog says the name already. */
  readonly inDialog?: boolean;
}

const dutiesOf = (person: ColleagueView): readonly string[] =>
  person.duties
    .split(/[,;]/)
    .map((duty) => duty.trim())
    .filter((duty) => duty !== '');

/** One colleague: reachable or not, responsible for what, and the call. */
export function PersonCard({ person, inDialog = false }: PersonCardProps) {
  const w = useWords();
  const { personId } = useSession();
  const { extension } = person;
  const duties = dutiesOf(person);
  return (
    <div className="person">
      <div className="al-row person__head">
        <Avatar letters={initials(person.name)} />
        <div>
          {!inDialog && <h2>{person.name}</h2>}
          <p className="al-muted">{person.departmentName}</p>
        </div>
      </div>
      <div className="al-row al-between">
        <Presence state={person.presence} />
        {extension !== undefined && <b className="al-num">{extensionText(extension)}</b>}
      </div>
      {person.personId === personId ? (
        <p className="al-s al-muted">{w('team.self')}</p>
      ) : extension === undefined ? (
        <p className="al-s al-muted">{w('team.noExtension')}</p>
      ) : (
        <Button look="primary" icon="call-fill" onPress={() => void startCall(extension)}>
          {w('team.call')}
        </Button>
      )}
      {person.mayPickUp && (
        <div>
          <Button look="secondary" icon="call_received" onPress={() => void pickUpAt(person)}>
            {w('team.pickUp')}
          </Button>
          <p className="al-s al-muted">{w('team.pickUpHint')}</p>
        </div>
      )}
      {duties.length > 0 && (
        <div>
          <h3>{w('team.duties')}</h3>
          <ul className="person__duties">
            {duties.map((duty) => (
              <li key={duty}>
                <Tag>{duty}</Tag>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

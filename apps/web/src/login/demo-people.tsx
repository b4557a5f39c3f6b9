import { sessionRoutes, type Entrance } from '@amtsleitung/contract';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { callRoute } from '../shared/api/api-client.ts';
import { problemSentence } from '../shared/api/api-problem.ts';
import { initials } from '../shared/format/formats.ts';
import { Icon } from '../shared/icons/icon.tsx';
import { useWords, type SentenceId } from '../shared/language/words.ts';
import { Avatar, Note, Tag } from '../shared/parts/message.tsx';
import { useSignedIn } from '../shared/session/session.tsx';

type DemoPerson = Entrance['demoPeople'][number];

const taskOf = ({ roles }: DemoPerson): SentenceId =>
  roles.includes('admin') ? 'login.taskAdmin' : roles.includes('lead') ? 'login.taskLead' : 'login.taskPerson';

/** The invented people of the demo town; one click is enough. */
export function DemoPeople({ people }: { readonly people: readonly DemoPerson[] }) {
  const w = useWords();
  const signedIn = useSignedIn();
  const [problem, setProblem] = useState<unknown>();
  const be = async (personId: string): Promise<void> => {
    try {
      signedIn(await callRoute(sessionRoutes.signInDemo, { body: { personId } }));
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <section className="lg-right" aria-labelledby="demo">
      <div className="al-row al-between al-row--wrap">
        <h2 id="demo">{w('login.demoTitle')}</h2>
        <Tag look="hold" icon="science">
          {w('login.demoOnly')}
        </Tag>
      </div>
      <p className="al-muted lg-demolead">{w('login.demoLead')}</p>
      {problem !== undefined && (
        <Note look="late" icon="warning">
          {problemSentence(problem, w)}
        </Note>
      )}
      <ul className="lg-cards">
        {people.map((person) => (
          <li key={person.personId}>
            <AriaButton className="lg-card" onPress={() => void be(person.personId)}>
              <Avatar letters={initials(person.name)} />
              <span className="al-grow">
                <b>{person.name}</b>
                <small>{person.departmentName}</small>
                <em>{w(taskOf(person))}</em>
              </span>
              <Icon name="arrow_forward" />
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

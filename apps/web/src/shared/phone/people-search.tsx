import '../parts/field.css';
import type { ColleagueView } from '@amtsleitung/contract';
import { useMemo, useRef, useState, type RefObject } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { extensionText } from '../format/formats.ts';
import { Icon } from '../icons/icon.tsx';
import { useCommand } from '../keys/use-command.ts';
import { useWords } from '../language/words.ts';
import { Kbd } from '../parts/kbd.tsx';
import { Presence } from '../parts/presence.tsx';
import { isDialable, matchPeople } from '../team/match-people.ts';
import { useColleagues } from '../team/use-colleagues.ts';

const mostHits = 8;

interface Hit {
  readonly id: string;
  readonly text: string;
  readonly person?: ColleagueView;
}

/** People first; what looks like a number can be dialled as it stands. */
function hitsFor(people: readonly ColleagueView[], typed: string): readonly Hit[] {
  if (typed.trim() === '') return [];
  const hits = matchPeople(people, typed)
    .filter((person) => person.extension !== undefined)
    .slice(0, mostHits)
    .map((person): Hit => ({ id: person.extension ?? '', text: person.name, person }));
  if (!isDialable(typed) || hits.some((hit) => hit.id === typed.trim())) return hits;
  return [...hits, { id: typed.trim(), text: typed.trim() }];
}

interface PeopleSearchProps {
  /** Called with the extension or number that was chosen. */
  readonly onChoose: (to: string) => void;
}

/** One search over colleagues and numbers; choosing a hit calls it. */
export function PeopleSearch({ onChoose }: PeopleSearchProps) {
  const w = useWords();
  const input = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const { people } = useColleagues();
  const hits = useMemo(() => hitsFor(people, typed), [people, typed]);
  useCommand('search', () => input.current?.focus());
  return (
    <ComboBox
      className="al-search"
      aria-label={w('search.label')}
      items={hits}
      inputValue={typed}
      onInputChange={setTyped}
      allowsCustomValue
      allowsEmptyCollection={typed.trim() !== ''}
      menuTrigger="input"
      value={null}
      onChange={(key) => {
        if (key === null) return;
        onChoose(String(key));
        setTyped('');
        input.current?.blur();
      }}
    >
      <SearchInput input={input} box={box} />
      <Popover className="al-popover al-search__hits" placement="bottom start" triggerRef={box}>
        <ListBox className="al-menu" renderEmptyState={() => <p className="al-menu__head">{w('search.none')}</p>}>
          {(hit: Hit) => (
            <ListBoxItem className="al-menu__item" id={hit.id} textValue={hit.text}>
              <HitRow hit={hit} />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

interface SearchInputProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly box: RefObject<HTMLDivElement | null>;
}

function SearchInput({ input, box }: SearchInputProps) {
  const w = useWords();
  return (
    <div className="al-search__box" ref={box}>
      <Icon name="search" />
      <Input ref={input} placeholder={w('search.placeholder')} />
      <Kbd quiet>{w('keys.controlK')}</Kbd>
    </div>
  );
}

function HitRow({ hit }: { readonly hit: Hit }) {
  const w = useWords();
  if (hit.person === undefined)
    return (
      <>
        <Icon name="call" />
        <span className="al-num">{w('search.dial', { number: hit.text })}</span>
      </>
    );
  return (
    <>
      <span className="al-grow">
        <b className="al-block">
          {hit.person.name} <span className="al-muted al-num">{extensionText(hit.id)}</span>
        </b>
        <small className="al-muted">{hit.person.departmentName}</small>
      </span>
      <Presence state={hit.person.presence} />
    </>
  );
}

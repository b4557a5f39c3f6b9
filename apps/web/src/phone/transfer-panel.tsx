import { useMemo, useState } from 'react';
import { Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components';
import type { ColleagueView } from '@amtsleitung/contract';
import { extensionText } from '../shared/format/formats.ts';
import { Icon } from '../shared/icons/icon.tsx';
import { useCommand } from '../shared/keys/use-command.ts';
import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';
import { Presence } from '../shared/parts/presence.tsx';
import type { CallCard } from '../shared/phone/call-cards.ts';
import { callPanel, transferCall } from '../shared/phone/call-commands.ts';
import { useSession } from '../shared/session/session.tsx';
import { isDialable, matchPeople } from '../shared/team/match-people.ts';
import { useColleagues } from '../shared/team/use-colleagues.ts';

const mostTargets = 6;

interface Target {
  readonly to: string;
  readonly person?: ColleagueView;
}

/** Alphabetical like every list of people; what looks like a number comes first, because it was typed on purpose. */
function targetsFor(people: readonly ColleagueView[], typed: string, ownId: string): readonly Target[] {
  const found = matchPeople(people, typed)
    .filter((person) => person.extension !== undefined && person.personId !== ownId)
    .slice(0, mostTargets)
    .map((person): Target => ({ to: person.extension ?? '', person }));
  const number = typed.trim();
  if (!isDialable(number) || found.some((target) => target.to === number)) return found;
  return [{ to: number }, ...found];
}

/** Type, choose, connect: the other side goes to somebody else at once. */
export function TransferPanel({ card }: { readonly card: Extract<CallCard, { kind: 'call' }> }) {
  const w = useWords();
  const { personId } = useSession();
  const { people } = useColleagues();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string>();
  const targets = useMemo(() => targetsFor(people, typed, personId), [people, typed, personId]);
  const target = targets.find((one) => one.to === chosen) ?? targets.at(0);
  const close = (): void => callPanel.set('none');
  const connect = async (): Promise<void> => {
    if (target !== undefined && (await transferCall(card, target.to))) close();
  };
  useCommand('close', close);
  useCommand('connect-directly', () => void connect());
  const move = (step: number): void => {
    const index = targets.findIndex((one) => one.to === target?.to);
    setChosen(targets.at((index + step + targets.length) % Math.max(1, targets.length))?.to);
  };
  return (
    <div className="phone-transfer">
      <h2 id="transfer">{w('transfer.title')}</h2>
      <SearchField className="al-search" aria-labelledby="transfer" value={typed} onChange={setTyped} autoFocus>
        <div className="al-search__box">
          <Icon name="search" />
          <Input
            placeholder={w('search.placeholder')}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                event.preventDefault();
                move(event.key === 'ArrowDown' ? 1 : -1);
              }
              if (event.key === 'Enter' && !event.ctrlKey) void connect();
            }}
          />
        </div>
      </SearchField>
      <ListBox
        className="phone-targets"
        aria-label={w('transfer.targets')}
        items={targets}
        dependencies={[target?.to]}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={target === undefined ? [] : [target.to]}
        onSelectionChange={(keys) => {
          if (keys !== 'all') setChosen([...keys].map(String).at(0));
        }}
        renderEmptyState={() => <p className="al-muted al-s">{w('search.none')}</p>}
      >
        {(one) => (
          <ListBoxItem className="phone-target" id={one.to} textValue={one.person?.name ?? one.to}>
            <TargetRow target={one} />
          </ListBoxItem>
        )}
      </ListBox>
      <div className="al-row al-row--wrap">
        <Button
          look="primary"
          icon="phone_forwarded"
          keys={`${w('keys.control')} ↵`}
          isDisabled={target === undefined}
          onPress={() => void connect()}
        >
          {w('transfer.connect')}
        </Button>
        <Button look="tertiary" onPress={close}>
          {w('dial.cancel')}
        </Button>
        {target === undefined && <span className="al-s al-muted">{w('transfer.chooseFirst')}</span>}
      </div>
    </div>
  );
}

function TargetRow({ target }: { readonly target: Target }) {
  const w = useWords();
  if (target.person === undefined) return <b className="al-num">{w('transfer.number', { number: target.to })}</b>;
  return (
    <>
      <span className="al-grow">
        <b>{target.person.name}</b> <span className="al-muted al-num">{extensionText(target.to)}</span>
        <small className="al-muted al-block al-ellipsis">{target.person.departmentName}</small>
      </span>
      <Presence state={target.person.presence} />
    </>
  );
}

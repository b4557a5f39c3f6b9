import './field.css';
import { useRef } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { useCommand } from '../keys/use-command.ts';
import { Icon } from '../icons/icon.tsx';
import { useWords } from '../language/words.ts';
import { Kbd } from './kbd.tsx';

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The page's own search takes over the search key; the one in the strip is not drawn then. */
  readonly ofPage?: boolean;
}

/** Narrows the list below it while typing. */
export function SearchBox({ label, value, onChange, ofPage = false }: SearchBoxProps) {
  const w = useWords();
  const input = useRef<HTMLInputElement>(null);
  useCommand('search', () => input.current?.focus(), ofPage);
  return (
    <SearchField className="al-search al-search--paper" aria-label={label} value={value} onChange={onChange}>
      <div className="al-search__box">
        <Icon name="search" />
        <Input ref={input} placeholder={label} />
        {ofPage && <Kbd quiet>{w('keys.controlK')}</Kbd>}
      </div>
    </SearchField>
  );
}

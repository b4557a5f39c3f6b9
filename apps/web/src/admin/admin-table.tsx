import { useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  /** Left out on telephones. */
  readonly wide?: boolean;
}

interface AdminTableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly idOf: (row: T) => string;
  /** The first column; its button opens the row. */
  readonly nameOf: (row: T) => string;
  readonly nameTitle: string;
  readonly columns: readonly Column<T>[];
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly empty: ReactNode;
}

const step = 100;

/** A list to open things from. Long ones grow by a hundred rows at a time. */
export function AdminTable<T>(props: AdminTableProps<T>) {
  const { label, rows, idOf, nameOf, nameTitle, columns, openId, onOpen, empty } = props;
  const w = useWords();
  const [limit, setLimit] = useState(step);
  const shown = rows.slice(0, limit);
  return (
    <section className="al-panel ad-table" aria-label={label}>
      {rows.length === 0 ? (
        empty
      ) : (
        <table className="al-table">
          <thead>
            <tr>
              <th scope="col">{nameTitle}</th>
              {columns.map((column) => (
                <th key={column.title} scope="col" className={column.wide === true ? 'al-wide' : ''}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr
                key={idOf(row)}
                className={`is-pressable ${idOf(row) === openId ? 'is-selected' : ''}`}
                onClick={() => onOpen(idOf(row))}
              >
                <td>
                  <AriaButton
                    className="al-rowbutton"
                    aria-expanded={idOf(row) === openId}
                    onPress={() => onOpen(idOf(row))}
                  >
                    {nameOf(row)}
                  </AriaButton>
                </td>
                {columns.map((column) => (
                  <td key={column.title} className={column.wide === true ? 'al-wide' : ''}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > limit && (
        <footer className="ad-foot">
          <span className="al-grow">{w('admin.shown', { shown: shown.length, all: rows.length })}</span>
          <Button look="tertiary" onPress={() => setLimit(limit + step)}>
            {w('admin.more')}
          </Button>
        </footer>
      )}
    </section>
  );
}

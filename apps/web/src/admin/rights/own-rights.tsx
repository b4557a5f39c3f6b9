import type { AdminOverview, DiallingClassView } from '@amtsleitung/contract';
import { useWords } from '../../shared/language/words.ts';
import { Empty } from '../../shared/parts/message.tsx';
import { Panel } from '../../shared/parts/panel.tsx';

interface OwnRight {
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'department';
  readonly classes: readonly DiallingClassView[];
}

/** Departments and people whose rights differ from the house's. */
const ownRightsOf = ({ departments, people }: AdminOverview): readonly OwnRight[] => [
  ...departments.flatMap(({ id, name, diallingClasses }) =>
    diallingClasses === undefined ? [] : [{ id, name, kind: 'department' as const, classes: diallingClasses }],
  ),
  ...people.flatMap(({ id, firstName, lastName, diallingClasses }) =>
    diallingClasses === undefined
      ? []
      : [{ id, name: `${firstName} ${lastName}`, kind: 'person' as const, classes: diallingClasses }],
  ),
];

export function OwnRights({ overview }: { readonly overview: AdminOverview }) {
  const w = useWords();
  const own = ownRightsOf(overview);
  return (
    <Panel title={w('rights.differing')}>
      {own.length === 0 ? (
        <Empty icon="shield_person" title={w('rights.differingNone')} />
      ) : (
        <table className="al-table">
          <thead>
            <tr>
              <th scope="col">{w('rights.whose')}</th>
              <th scope="col" className="al-wide">
                {w('numbers.kind')}
              </th>
              <th scope="col">{w('rights.may')}</th>
            </tr>
          </thead>
          <tbody>
            {own.map(({ id, name, kind, classes }) => (
              <tr key={id}>
                <td>{name}</td>
                <td className="al-wide">{w(`rights.${kind}`)}</td>
                <td>
                  {classes.length === 0 ? w('rights.nothing') : classes.map((one) => w(`class.${one}`)).join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

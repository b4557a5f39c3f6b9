import '../shared/parts/table.css';
import type { OwnPhoneView } from '@amtsleitung/contract';
import { useFormats } from '../shared/format/use-formats.ts';
import { useWords } from '../shared/language/words.ts';
import { Panel } from '../shared/parts/panel.tsx';

/** Everything a desk phone can dial besides numbers. */
export function CodeTable({ codes }: Pick<OwnPhoneView, 'codes'>) {
  const w = useWords();
  const { language } = useFormats();
  return (
    <Panel title={w('own.codes')}>
      <table className="al-table">
        <thead>
          <tr>
            <th scope="col">{w('own.codeColumn')}</th>
            <th scope="col">{w('own.codeMeaning')}</th>
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <tr key={code.written}>
              <td className="al-num">{code.written}</td>
              <td>{code[language]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

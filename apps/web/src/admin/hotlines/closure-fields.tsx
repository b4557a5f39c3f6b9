import type { HotlineInput } from '@amtsleitung/contract';
import { useState } from 'react';
import { useFormats } from '../../shared/format/use-formats.ts';
import { calendarDay } from '../../shared/format/formats.ts';
import { useWords } from '../../shared/language/words.ts';
import { Button, IconButton } from '../../shared/parts/button.tsx';
import { TextField } from '../../shared/parts/field.tsx';
import type { FieldProblems } from '../../shared/forms/check-input.ts';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';

type Closure = HotlineInput['openingHours']['closures'][number];

interface ClosureFieldsProps {
  readonly closures: readonly Closure[];
  readonly onChange: (closures: Closure[]) => void;
  readonly problems: FieldProblems;
}

/** Days on which nobody answers, with the reason people may be told. */
export function ClosureFields({ closures, onChange, problems }: ClosureFieldsProps) {
  const w = useWords();
  const { language } = useFormats();
  const sentence = useFieldSentences(problems);
  const [date, setDate] = useState('');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const add = (): void => {
    setMissing(date === '');
    if (date === '') return;
    onChange([...closures, { date, reason: reason.trim() }].sort((left, right) => left.date.localeCompare(right.date)));
    setDate('');
    setReason('');
  };
  return (
    <section aria-labelledby="closures" className="ad-form">
      <h3 id="closures">{w('hotline.closures')}</h3>
      {closures.length > 0 && (
        <ul className="ad-list">
          {closures.map((closure, index) => {
            const problem = sentence(`openingHours.closures.${String(index)}.date`);
            return (
              <li key={closure.date}>
                <b className="al-num">{calendarDay(closure.date, language)}</b>
                <span className="al-grow al-ellipsis">{closure.reason}</span>
                {problem !== undefined && <span className="al-problem">{problem}</span>}
                <IconButton
                  icon="close"
                  label={w('hotline.removeClosure', { day: calendarDay(closure.date, language) })}
                  onPress={() => onChange(closures.filter((_one, at) => at !== index))}
                />
              </li>
            );
          })}
        </ul>
      )}
      <div className="ad-pair">
        <TextField
          label={w('hotline.closureDay')}
          type="date"
          value={date}
          onChange={setDate}
          problem={missing ? w('field.required') : undefined}
        />
        <TextField label={w('hotline.closureReason')} value={reason} onChange={setReason} />
      </div>
      <Button icon="add" className="ad-add" onPress={add}>
        {w('hotline.addClosure')}
      </Button>
    </section>
  );
}

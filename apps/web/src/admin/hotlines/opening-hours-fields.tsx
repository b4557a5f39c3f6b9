import { Input, TextField } from 'react-aria-components';
import { useWords } from '../../shared/language/words.ts';
import { Button, IconButton } from '../../shared/parts/button.tsx';
import type { FieldProblems } from '../../shared/forms/check-input.ts';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';
import { likeMonday, nextTime, weekOf, type DayTimes, type Interval } from './week.ts';

interface OpeningHoursFieldsProps {
  /** Default: opening hours. */
  readonly title?: string;
  readonly intervals: readonly Interval[];
  readonly onChange: (intervals: Interval[]) => void;
  readonly problems: FieldProblems;
}

/** The week as a table: per day as many times as needed, none = closed. */
export function OpeningHoursFields({ title, intervals, onChange, problems }: OpeningHoursFieldsProps) {
  const w = useWords();
  return (
    <section aria-labelledby="hours" className="ad-form">
      <div className="al-row al-between">
        <h3 id="hours">{title ?? w('hotline.hours')}</h3>
        <Button look="tertiary" onPress={() => onChange([...likeMonday(intervals)])}>
          {w('hotline.likeMonday')}
        </Button>
      </div>
      <ul className="ad-week">
        {weekOf(intervals).map((day) => (
          <Day key={day.weekday} day={day} intervals={intervals} onChange={onChange} problems={problems} />
        ))}
      </ul>
    </section>
  );
}

function Day({ day, intervals, onChange, problems }: OpeningHoursFieldsProps & { readonly day: DayTimes }) {
  const w = useWords();
  const sentence = useFieldSentences(problems);
  const name = w(`weekday.${day.weekday}`);
  const replace = (index: number, change: Partial<Interval>): void =>
    onChange(intervals.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <li>
      <span className="ad-day">{name}</span>
      <div className="ad-times">
        {day.times.length === 0 && <span className="al-muted">{w('hotline.closedDay')}</span>}
        {day.times.map(({ from, to, index }, place) => {
          const path = `openingHours.intervals.${String(index)}`;
          const problem = sentence(`${path}.from`) ?? sentence(`${path}.to`);
          return (
            <div key={index} className="ad-time">
              <TimeInput
                label={w('hotline.from', { day: name, place: place + 1 })}
                value={from}
                onChange={(time) => replace(index, { from: time })}
              />
              <span aria-hidden="true">–</span>
              <TimeInput
                label={w('hotline.to', { day: name, place: place + 1 })}
                value={to}
                onChange={(time) => replace(index, { to: time })}
              />
              <IconButton
                icon="close"
                label={w('hotline.removeTime', { day: name, from, to })}
                onPress={() => onChange(intervals.filter((_one, at) => at !== index))}
              />
              {problem !== undefined && <p className="al-problem">{problem}</p>}
            </div>
          );
        })}
      </div>
      <IconButton
        icon="add"
        label={w('hotline.addTime', { day: name })}
        onPress={() => onChange([...intervals, nextTime(intervals, day.weekday)])}
      />
    </li>
  );
}

interface TimeInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (time: string) => void;
}

/** `24:00` is a valid end and no valid value of a time input: a text field takes both. */
const TimeInput = ({ label, value, onChange }: TimeInputProps) => (
  <TextField className="al-field ad-timefield" aria-label={label} value={value} onChange={onChange}>
    <div className="al-field__box">
      <Input inputMode="numeric" maxLength={5} placeholder="08:00" />
    </div>
  </TextField>
);

import { useWords } from '../../shared/language/words.ts';
import { TextField } from '../../shared/parts/field.tsx';
import type { FieldProblems } from '../../shared/forms/check-input.ts';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';

export const timingNames = [
  'ringSeconds',
  'retryPauseSeconds',
  'wrapUpSeconds',
  'maxWaitSeconds',
  'percent',
  'seconds',
] as const;
export type TimingName = (typeof timingNames)[number];

interface TimingFieldsProps {
  readonly timing: Readonly<Record<TimingName, string>>;
  readonly onChange: (name: TimingName, text: string) => void;
  readonly problems: FieldProblems;
}

/** How long things last, in seconds, and what is promised. */
export function TimingFields({ timing, onChange, problems }: TimingFieldsProps) {
  const w = useWords();
  const sentence = useFieldSentences(problems);
  const pathOf = (name: TimingName): string =>
    name === 'percent' || name === 'seconds' ? `serviceLevel.${name}` : name;
  return (
    <section aria-labelledby="timing" className="ad-form">
      <h3 id="timing">{w('hotline.timing')}</h3>
      <div className="ad-pair">
        {timingNames.map((name) => (
          <TextField
            key={name}
            label={w(`hotline.${name}`)}
            inputMode="numeric"
            value={timing[name]}
            onChange={(text) => onChange(name, text)}
            after={<span className="al-muted">{w(name === 'percent' ? 'unit.percent' : 'unit.seconds')}</span>}
            problem={sentence(pathOf(name))}
          />
        ))}
      </div>
    </section>
  );
}

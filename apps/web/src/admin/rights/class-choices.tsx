import type { DiallingClassView } from '@amtsleitung/contract';
import { CheckboxGroup } from 'react-aria-components';
import { useWords } from '../../shared/language/words.ts';
import { Checkbox } from '../../shared/parts/checkbox.tsx';
import { diallingClasses } from './dialling-classes.ts';

interface ClassChoicesProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: readonly DiallingClassView[];
  readonly onChange: (classes: DiallingClassView[]) => void;
}

/** Kinds of numbers, each given or not. */
export function ClassChoices({ label, hint, value, onChange }: ClassChoicesProps) {
  const w = useWords();
  return (
    <CheckboxGroup
      aria-label={label}
      value={[...value]}
      onChange={(chosen) => onChange(diallingClasses.filter((one) => chosen.includes(one)))}
    >
      <p className="al-label">{label}</p>
      {hint !== undefined && <p className="al-hint">{hint}</p>}
      <div className="ad-classes">
        {diallingClasses.map((one) => (
          <Checkbox key={one} value={one}>
            {w(`class.${one}`)}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}

interface InheritedClassesProps {
  readonly label: string;
  /** What holds when nothing of one's own is set, in a sentence. */
  readonly inherited: string;
  readonly inheritedClasses: readonly DiallingClassView[];
  readonly value: readonly DiallingClassView[] | undefined;
  readonly onChange: (classes: DiallingClassView[] | undefined) => void;
}

/** The same for somebody below an organisation: their own rights, or those of what they belong to. */
export function InheritedClasses({ label, inherited, inheritedClasses, value, onChange }: InheritedClassesProps) {
  const w = useWords();
  const shown = inheritedClasses.map((one) => w(`class.${one}`)).join(', ');
  return (
    <section className="ad-form" aria-label={label}>
      <h3>{label}</h3>
      <Checkbox
        isSelected={value === undefined}
        onChange={(inherits) => onChange(inherits ? undefined : [...inheritedClasses])}
      >
        {inherited}
      </Checkbox>
      {value === undefined ? (
        <p className="al-hint">{shown === '' ? w('rights.nothing') : shown}</p>
      ) : (
        <ClassChoices label={w('rights.may')} value={value} onChange={onChange} />
      )}
    </section>
  );
}

import type { Draft } from '../shared/forms/use-draft.ts';
import { useWords } from '../shared/language/words.ts';
import { Checkbox } from '../shared/parts/checkbox.tsx';
import { TextField } from '../shared/parts/field.tsx';
import type { LineDraft } from './line-draft.ts';

interface ForwardingFieldsProps {
  readonly draft: Draft<LineDraft>;
  readonly sentence: (path: string) => string | undefined;
}

/** Where calls go instead. */
export function ForwardingFields({ draft: { value, set }, sentence }: ForwardingFieldsProps) {
  const w = useWords();
  return (
    <div className="own-body">
      <p className="al-hint">{w('own.forwardingHint')}</p>
      <div className="own-targets">
        {(['always', 'busy', 'noAnswer'] as const).map((when) => (
          <TextField
            key={when}
            label={w(`own.forward.${when}`)}
            inputMode="tel"
            value={value[when]}
            onChange={(text) => set(when, text)}
            problem={sentence(`forwarding.${when}`)}
          />
        ))}
        <TextField
          label={w('own.noAnswerSeconds')}
          inputMode="numeric"
          after={w('unit.seconds')}
          value={value.noAnswerSeconds}
          onChange={(text) => set('noAnswerSeconds', text)}
          problem={sentence('forwarding.noAnswerSeconds')}
        />
      </div>
    </div>
  );
}

/** Whether it rings, and whether the number is shown. */
export function QuietFields({ draft: { value, set } }: Pick<ForwardingFieldsProps, 'draft'>) {
  const w = useWords();
  return (
    <div className="own-body">
      {(['doNotDisturb', 'hideNumber'] as const).map((name) => (
        <div key={name}>
          <Checkbox isSelected={value[name]} onChange={(on) => set(name, on)}>
            {w(`own.${name}`)}
          </Checkbox>
          <p className="al-hint own-under">{w(`own.${name}Hint`)}</p>
        </div>
      ))}
    </div>
  );
}

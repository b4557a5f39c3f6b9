import type { TrunkPresetView } from '@amtsleitung/contract';
import { useWords } from '../../shared/language/words.ts';
import { TextField } from '../../shared/parts/field.tsx';
import { hintOf, setHabit, type TrunkFieldsProps } from './trunk-form.ts';

export type Question = TrunkPresetView['asks'][number];
export const questions: readonly Question[] = [
  'host',
  'outboundProxy',
  'username',
  'authName',
  'password',
  'sourceAddresses',
];

interface AskedFieldsProps extends TrunkFieldsProps {
  /** Which of them are drawn here. */
  readonly asks: readonly Question[];
  readonly hasPassword: boolean;
}

/** What the contract with the provider tells, and nobody else knows. */
export function AskedFields(props: AskedFieldsProps) {
  const { asks } = props;
  return (
    <>
      {questions
        .filter((question) => asks.includes(question))
        .map((question) =>
          question === 'password' ? (
            <PasswordField key={question} {...props} />
          ) : (
            <AnswerField key={question} question={question} {...props} />
          ),
        )}
    </>
  );
}

function PasswordField({ draft: { value, set }, hasPassword, sentence }: AskedFieldsProps) {
  const w = useWords();
  return (
    <TextField
      label={w('trunks.password')}
      hint={hasPassword ? w('trunks.passwordStays') : undefined}
      type="password"
      autoComplete="new-password"
      value={value.password}
      onChange={(text) => set('password', text)}
      problem={sentence('password')}
    />
  );
}

type Answer = Exclude<Question, 'password'>;
const pathOf = (question: Answer): string =>
  question === 'outboundProxy' || question === 'authName' ? `settings.${question}` : question;

function AnswerField({ question, ...props }: AskedFieldsProps & { readonly question: Answer }) {
  const w = useWords();
  const { draft, sentence } = props;
  const path = pathOf(question);
  const isHabit = question === 'outboundProxy' || question === 'authName';
  // Who registers is known by name, never by address.
  const meaning = question === 'username' && props.preset?.kind === 'registering' ? '' : w(`trunks.${question}Hint`);
  const text = isHabit ? draft.value.habits[question] : draft.value[question];
  return (
    <TextField
      label={w(`trunks.${question}`)}
      hint={hintOf(props, w, path, text, meaning)}
      autoComplete="off"
      value={text}
      onChange={(next) => (isHabit ? setHabit(draft, question, next) : draft.set(question, next))}
      problem={sentence(path)}
    />
  );
}

import { isSentence, useWords, type Words } from '../../shared/language/words.ts';
import { Select } from '../../shared/parts/field.tsx';
import { hintOf, setHabit, type Habits, type TrunkFieldsProps } from './trunk-form.ts';

/** A value in words, or as the standard writes it. */
const valueWord = (w: Words, name: string, value: string): string => {
  const id = `trunkValue.${name}.${value}`;
  return isSentence(id) ? w(id) : value;
};

interface HabitChoiceProps<Value extends string> extends TrunkFieldsProps {
  readonly name: 'transport' | 'srtp' | 'digest' | 'incomingFormat' | 'outgoingFormat';
  readonly path: string;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of several habits. */
export function HabitChoice<Value extends string>({
  name,
  path,
  values,
  value,
  onChange,
  ...props
}: HabitChoiceProps<Value>) {
  const w = useWords();
  const family = name === 'incomingFormat' || name === 'outgoingFormat' ? 'format' : name;
  return (
    <Select
      label={w(`trunks.${name}`)}
      hint={hintOf(props, w, path, value)}
      choices={values.map((one) => ({ id: one, label: valueWord(w, family, one) }))}
      value={value}
      onChange={(id) => onChange(id as Value)}
      problem={props.sentence(path)}
    />
  );
}

type IdentityName = Exclude<keyof Habits['identity'], 'noScreening'>;

interface IdentityChoiceProps<Name extends IdentityName> extends TrunkFieldsProps {
  readonly name: Name;
  readonly values: readonly Habits['identity'][Name][];
}

/** One part of how a caller is told to the provider. */
export function IdentityChoice<Name extends IdentityName>({ name, values, ...props }: IdentityChoiceProps<Name>) {
  const w = useWords();
  const { identity } = props.draft.value.habits;
  return (
    <Select
      label={w(`trunks.${name}`)}
      hint={hintOf(props, w, `settings.identity.${name}`, identity[name])}
      choices={values.map((one) => ({ id: one, label: valueWord(w, name, one) }))}
      value={identity[name]}
      onChange={(id) => setHabit(props.draft, 'identity', { ...identity, [name]: id })}
    />
  );
}

interface HabitOrderProps<Value extends string> extends TrunkFieldsProps {
  readonly name: 'dialledFrom' | 'callerFrom';
  readonly values: readonly Value[];
  readonly value: readonly Value[];
  readonly onChange: (values: Value[]) => void;
}

const nowhere = 'nowhere';

/** Several places in order; the first that holds a number counts. */
export function HabitOrder<Value extends string>({ name, values, value, onChange, ...props }: HabitOrderProps<Value>) {
  const w = useWords();
  const put = (place: number, chosen: string): void => {
    const others = value.map((one, at) => (at === place ? undefined : one === chosen ? undefined : one));
    const next = [...others];
    next[place] = chosen === nowhere ? undefined : (chosen as Value);
    onChange(next.filter((one) => one !== undefined));
  };
  const places = values.slice(0, Math.min(values.length, value.length + 1));
  return (
    <div className="ad-form" role="group" aria-label={w(`trunks.${name}`)}>
      <p className="al-label">{w(`trunks.${name}`)}</p>
      <p className="al-hint">{hintOf(props, w, `settings.${name}`, value)}</p>
      {places.map((_place, place) => (
        <Select
          key={place}
          label={w('trunks.place', { place: place + 1 })}
          choices={[
            ...(place === 0 && value.length < 2 ? [] : [{ id: nowhere, label: w('trunks.nowhere') }]),
            ...values.map((one) => ({ id: one, label: valueWord(w, 'place', one) })),
          ]}
          value={value[place] ?? nowhere}
          onChange={(id) => put(place, id)}
        />
      ))}
    </div>
  );
}

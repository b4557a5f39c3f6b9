import { useWords } from '../../shared/language/words.ts';
import { Checkbox } from '../../shared/parts/checkbox.tsx';
import { TextField } from '../../shared/parts/field.tsx';
import { OpeningHoursFields } from '../hotlines/opening-hours-fields.tsx';
import { ClassChoices } from '../rights/class-choices.tsx';
import { diallingClasses } from '../rights/dialling-classes.ts';
import { setHabit, type TrunkFieldsProps } from './trunk-form.ts';

/** What the town decides about a trunk: whether, when and for which calls it is used. */
export function UseFields({ draft, sentence }: TrunkFieldsProps) {
  const w = useWords();
  const { value, set } = draft;
  return (
    <section className="ad-form" aria-labelledby="trunk-use">
      <h3 id="trunk-use">{w('trunks.use')}</h3>
      <Checkbox isSelected={value.habits.enabled} onChange={(enabled) => setHabit(draft, 'enabled', enabled)}>
        {w('trunks.enabled')}
      </Checkbox>
      <div className="ad-pair">
        <TextField
          label={w('trunks.capacity')}
          hint={w('trunks.capacityHint')}
          inputMode="numeric"
          value={value.outgoingCapacity}
          onChange={(text) => set('outgoingCapacity', text)}
          problem={sentence('outgoingCapacity')}
        />
        <TextField
          label={w('trunks.order')}
          hint={w('trunks.orderHint')}
          inputMode="numeric"
          value={value.order}
          onChange={(text) => set('order', text)}
          problem={sentence('settings.order')}
        />
      </div>
      <ClassChoices
        label={w('trunks.carries')}
        hint={w('trunks.carriesHint')}
        value={value.habits.carries}
        onChange={(classes) => setHabit(draft, 'carries', classes)}
      />
      <HourFields draft={draft} sentence={sentence} />
    </section>
  );
}

function HourFields({ draft, sentence }: Pick<TrunkFieldsProps, 'draft' | 'sentence'>) {
  const w = useWords();
  const { hours } = draft.value.habits;
  const problem = sentence('settings.hours');
  return (
    <div className="ad-form">
      <Checkbox
        isSelected={hours.length === 0}
        onChange={(always) =>
          setHabit(
            draft,
            'hours',
            always ? [] : [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '16:00' })),
          )
        }
      >
        {w('trunks.always')}
      </Checkbox>
      {hours.length > 0 && (
        <OpeningHoursFields
          title={w('trunks.hours')}
          intervals={hours}
          onChange={(intervals) => setHabit(draft, 'hours', intervals)}
          problems={{}}
        />
      )}
      {problem !== undefined && <p className="al-problem">{problem}</p>}
    </div>
  );
}

/** What stops a stolen account: calls a minute and money a day. Emergency calls pass always. */
export function GuardFields({ draft: { value, set }, sentence }: TrunkFieldsProps) {
  const w = useWords();
  return (
    <section className="ad-form" aria-labelledby="trunk-guard">
      <h3 id="trunk-guard">{w('trunks.guard')}</h3>
      <p className="al-hint">{w('trunks.guardHint')}</p>
      <div className="ad-pair">
        <TextField
          label={w('trunks.callsPerMinute')}
          inputMode="numeric"
          value={value.callsPerMinute}
          onChange={(text) => set('callsPerMinute', text)}
          problem={sentence('settings.guard.callsPerMinute')}
        />
        <TextField
          label={w('trunks.dailyEuros')}
          inputMode="decimal"
          after={w('unit.euro')}
          value={value.dailyEuros}
          onChange={(text) => set('dailyEuros', text)}
          problem={sentence('settings.guard.dailyCents')}
        />
      </div>
      <p className="al-label">{w('trunks.cents')}</p>
      <div className="ad-pair">
        {diallingClasses
          .filter((one) => one !== 'internal')
          .map((one) => (
            <TextField
              key={one}
              label={w(`class.${one}`)}
              inputMode="numeric"
              after={w('unit.cents')}
              value={value.cents[one]}
              onChange={(text) => set('cents', { ...value.cents, [one]: text })}
              problem={sentence(`settings.guard.centsPerMinute.${one}`)}
            />
          ))}
      </div>
    </section>
  );
}

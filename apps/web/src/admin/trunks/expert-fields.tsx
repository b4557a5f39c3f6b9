import { useWords } from '../../shared/language/words.ts';
import { Checkbox } from '../../shared/parts/checkbox.tsx';
import { TextField } from '../../shared/parts/field.tsx';
import { AskedFields, questions } from './asked-fields.tsx';
import { HabitChoice, HabitOrder, IdentityChoice } from './habit-choices.tsx';
import { hintOf, setHabit, type TrunkFieldsProps } from './trunk-form.ts';

interface ExpertFieldsProps extends TrunkFieldsProps {
  readonly hasPassword: boolean;
}

/** Everything the provider's data file has answered already. */
export function ExpertFields({ hasPassword, ...props }: ExpertFieldsProps) {
  const w = useWords();
  const asked = props.preset?.asks ?? [];
  return (
    <details className="ad-expert">
      <summary>{w('trunks.expert')}</summary>
      <div className="ad-form">
        <p className="al-hint">{w('trunks.expertHint')}</p>
        <AskedFields {...props} hasPassword={hasPassword} asks={questions.filter((one) => !asked.includes(one))} />
        <ConnectionFields {...props} />
        <NumberFields {...props} />
        <IdentityFields {...props} />
        <Sources preset={props.preset} />
      </div>
    </details>
  );
}

function ConnectionFields(props: TrunkFieldsProps) {
  const w = useWords();
  const { draft, sentence } = props;
  const { value, set } = draft;
  return (
    <>
      <TextField
        label={w('trunks.port')}
        hint={hintOf(props, w, 'port', value.port, w('trunks.portHint'))}
        inputMode="numeric"
        value={value.port}
        onChange={(text) => set('port', text)}
        problem={sentence('port')}
      />
      <HabitChoice
        {...props}
        name="transport"
        path="transport"
        values={['udp', 'tcp', 'tls']}
        value={value.transport}
        onChange={(transport) => set('transport', transport)}
      />
      <HabitChoice
        {...props}
        name="srtp"
        path="settings.srtp"
        values={['off', 'required']}
        value={value.habits.srtp}
        onChange={(srtp) => setHabit(draft, 'srtp', srtp)}
      />
      <HabitChoice
        {...props}
        name="digest"
        path="settings.digest"
        values={['sha-256-or-md5', 'md5', 'sha-256']}
        value={value.habits.digest}
        onChange={(digest) => setHabit(draft, 'digest', digest)}
      />
      {value.habits.srtp === 'required' && (
        <Checkbox
          isSelected={value.habits.mediasec === true}
          onChange={(mediasec) => setHabit(draft, 'mediasec', mediasec)}
        >
          {w('trunks.mediasec')}
        </Checkbox>
      )}
      <Checkbox
        isSelected={value.habits.largeOverTcp}
        onChange={(largeOverTcp) => setHabit(draft, 'largeOverTcp', largeOverTcp)}
      >
        {w('trunks.largeOverTcp')}
      </Checkbox>
      {(['registerSeconds', 'optionsSeconds'] as const).map((name) => (
        <TextField
          key={name}
          label={w(`trunks.${name}`)}
          hint={hintOf(props, w, `settings.${name}`, value[name], w(`trunks.${name}Hint`))}
          inputMode="numeric"
          after={w('unit.seconds')}
          value={value[name]}
          onChange={(text) => set(name, text)}
          problem={sentence(`settings.${name}`)}
        />
      ))}
    </>
  );
}

function NumberFields(props: TrunkFieldsProps) {
  const w = useWords();
  const { draft } = props;
  const { habits } = draft.value;
  return (
    <section className="ad-form" aria-labelledby="trunk-numbers">
      <h3 id="trunk-numbers">{w('trunks.numbers')}</h3>
      <HabitOrder
        {...props}
        name="dialledFrom"
        values={['request-uri', 'to', 'p-called-party-id']}
        value={habits.dialledFrom}
        onChange={(dialledFrom) => setHabit(draft, 'dialledFrom', dialledFrom)}
      />
      <HabitOrder
        {...props}
        name="callerFrom"
        values={['p-asserted-identity', 'p-preferred-identity', 'remote-party-id', 'from']}
        value={habits.callerFrom}
        onChange={(callerFrom) => setHabit(draft, 'callerFrom', callerFrom)}
      />
      <HabitChoice
        {...props}
        name="incomingFormat"
        path="settings.incomingFormat"
        values={['any', 'plus', 'zeros', 'bare', 'national']}
        value={habits.incomingFormat}
        onChange={(format) => setHabit(draft, 'incomingFormat', format)}
      />
      <HabitChoice
        {...props}
        name="outgoingFormat"
        path="settings.outgoingFormat"
        values={['plus', 'zeros', 'bare', 'national']}
        value={habits.outgoingFormat}
        onChange={(format) => setHabit(draft, 'outgoingFormat', format)}
      />
    </section>
  );
}

function IdentityFields(props: TrunkFieldsProps) {
  const w = useWords();
  const { draft } = props;
  const { identity } = draft.value.habits;
  return (
    <section className="ad-form" aria-labelledby="trunk-identity">
      <h3 id="trunk-identity">{w('trunks.identity')}</h3>
      <IdentityChoice {...props} name="fromUser" values={['number', 'account']} />
      <IdentityChoice
        {...props}
        name="header"
        values={['p-asserted-identity', 'p-preferred-identity', 'both', 'none']}
      />
      <IdentityChoice {...props} name="headerNumber" values={['caller', 'head']} />
      <IdentityChoice {...props} name="anonymous" values={['privacy', 'from', 'both']} />
      <IdentityChoice {...props} name="forwarding" values={['history-info', 'diversion', 'none']} />
      <Checkbox
        isSelected={identity.noScreening}
        onChange={(noScreening) => setHabit(draft, 'identity', { ...identity, noScreening })}
      >
        {w('trunks.noScreening')}
      </Checkbox>
      <p className="al-hint">{hintOf(props, w, 'settings.identity.noScreening', identity.noScreening)}</p>
    </section>
  );
}

/** What "documented" refers to. */
function Sources({ preset }: Pick<TrunkFieldsProps, 'preset'>) {
  const w = useWords();
  if (preset === undefined || preset.sources.length === 0) return null;
  return (
    <section aria-labelledby="trunk-sources">
      <h3 id="trunk-sources">{w('basis.sources')}</h3>
      <ol className="ad-sources">
        {preset.sources.map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
      </ol>
    </section>
  );
}

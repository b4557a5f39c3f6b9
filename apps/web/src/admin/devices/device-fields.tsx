import type { AdminOverview, DeviceSettingsView } from '@amtsleitung/contract';
import { useWords } from '../../shared/language/words.ts';
import { Checkbox } from '../../shared/parts/checkbox.tsx';
import { Select, TextField } from '../../shared/parts/field.tsx';
import type { Draft } from '../../shared/forms/use-draft.ts';
import { setDevice, type DeviceDraft } from './device-draft.ts';

const kinds: readonly DeviceSettingsView['kind'][] = [
  'desk-phone',
  'softphone',
  'analogue-adapter',
  'door-station',
  'alarm-dialler',
];

interface DeviceFieldsProps {
  readonly overview: AdminOverview;
  readonly draft: Draft<DeviceDraft>;
  readonly sentence: (path: string) => string | undefined;
}

/** What stands where, whose it is, and how it wants to be spoken to. */
export function DeviceFields({ overview, draft, sentence }: DeviceFieldsProps) {
  const w = useWords();
  const { value, set } = draft;
  const people = [...overview.people].sort((left, right) => left.lastName.localeCompare(right.lastName, 'de'));
  return (
    <div className="ad-form">
      <Select
        label={w('devices.kind')}
        hint={w(`devices.kindHint.${value.settings.kind}`)}
        choices={kinds.map((kind) => ({ id: kind, label: w(`devices.kind.${kind}`) }))}
        value={value.settings.kind}
        onChange={(kind) => setDevice(draft, 'kind', kind as DeviceSettingsView['kind'])}
      />
      <Select
        label={w('devices.person')}
        choices={people.map((person) => ({ id: person.id, label: `${person.firstName} ${person.lastName}` }))}
        value={value.personId === '' ? undefined : value.personId}
        onChange={(id) => set('personId', id)}
        placeholder={w('admin.choose')}
        problem={sentence('personId')}
      />
      <TextField
        label={w('devices.label')}
        hint={w('devices.labelHint')}
        value={value.label}
        onChange={(text) => set('label', text)}
        problem={sentence('label')}
      />
      <Select
        label={w('people.site')}
        choices={overview.sites.map((site) => ({ id: site.id, label: site.name }))}
        value={value.siteId}
        onChange={(id) => set('siteId', id)}
        hint={w('devices.siteHint')}
        problem={sentence('siteId')}
      />
      {value.settings.kind === 'door-station' && (
        <TextField
          label={w('devices.doorDigits')}
          hint={w('devices.doorDigitsHint')}
          value={value.settings.doorDigits ?? ''}
          onChange={(text) => setDevice(draft, 'doorDigits', text)}
          problem={sentence('settings.doorDigits')}
        />
      )}
      {value.settings.kind === 'alarm-dialler' && (
        <TextField
          label={w('devices.allowedNumbers')}
          hint={w('devices.allowedNumbersHint')}
          value={(value.settings.allowedNumbers ?? []).join(',')}
          onChange={(text) => setDevice(draft, 'allowedNumbers', text.split(','))}
          problem={sentence('settings.allowedNumbers')}
        />
      )}
      <SignallingFields draft={draft} />
    </div>
  );
}

function SignallingFields({ draft }: Pick<DeviceFieldsProps, 'draft'>) {
  const w = useWords();
  const { settings } = draft.value;
  const mayHostGuests = settings.kind === 'desk-phone' || settings.kind === 'softphone';
  return (
    <section className="ad-form" aria-label={w('trunks.expert')}>
      {mayHostGuests && (
        <Checkbox isSelected={settings.hotDesk} onChange={(hotDesk) => setDevice(draft, 'hotDesk', hotDesk)}>
          {w('devices.hotDesk')}
        </Checkbox>
      )}
      <Checkbox
        isSelected={settings.largeOverTcp}
        onChange={(largeOverTcp) => setDevice(draft, 'largeOverTcp', largeOverTcp)}
      >
        {w('devices.largeOverTcp')}
      </Checkbox>
      <Checkbox isSelected={settings.srtp ?? false} onChange={(srtp) => setDevice(draft, 'srtp', srtp)}>
        {w('devices.srtp')}
      </Checkbox>
      <Select
        label={w('devices.digest')}
        hint={w('devices.digestHint')}
        choices={(['house', 'md5', 'sha-256'] as const).map((id) => ({ id, label: w(`devices.digest.${id}`) }))}
        value={settings.digest ?? 'house'}
        onChange={(id) =>
          setDevice(draft, 'digest', id === 'house' ? undefined : (id as NonNullable<DeviceSettingsView['digest']>))
        }
      />
    </section>
  );
}

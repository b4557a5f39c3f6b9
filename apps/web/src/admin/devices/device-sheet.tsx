import {
  adminRoutes,
  deviceInput,
  type AdminDevice,
  type AdminOverview,
  type DeviceSecret,
} from '@amtsleitung/contract';
import { useState } from 'react';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Confirm } from '../../shared/parts/dialog.tsx';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { Note } from '../../shared/parts/message.tsx';
import { SideSheet } from '../../shared/parts/side-sheet.tsx';
import { SheetActions } from '../admin-section.tsx';
import { checkInput } from '../check-input.ts';
import { useDraft, useFieldSentences } from '../use-draft.ts';
import { useSaving } from '../use-saving.ts';

interface DeviceSheetProps {
  readonly overview: AdminOverview;
  readonly device: AdminDevice | undefined;
  readonly onClose: () => void;
  readonly onSecret: (secret: DeviceSecret) => void;
}

export function DeviceSheet({ device, ...rest }: DeviceSheetProps) {
  return device === undefined ? <NewDevice {...rest} /> : <ExistingDevice device={device} {...rest} />;
}

type NewDeviceProps = Omit<DeviceSheetProps, 'device'>;

function NewDevice({ overview, onClose, onSecret }: NewDeviceProps) {
  const w = useWords();
  const draft = useDraft({ personId: '', siteId: overview.sites.at(0)?.id ?? '', label: '' });
  const { busy, problems, setProblems, save } = useSaving();
  const sentence = useFieldSentences(problems);
  const store = async (): Promise<void> => {
    const found = checkInput(deviceInput, draft.value);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const created = await save(() => callRoute(adminRoutes.createDevice, { body: draft.value }).then(onSecret), {
      done: w('devices.created'),
    });
    if (created) onClose();
  };
  const people = [...overview.people].sort((left, right) => left.lastName.localeCompare(right.lastName, 'de'));
  return (
    <SideSheet
      title={w('devices.new')}
      onClose={onClose}
      actions={<SheetActions changed={draft.changed} busy={busy} onSave={() => void store()} onDiscard={onClose} />}
    >
      <div className="ad-form">
        <Select
          label={w('devices.person')}
          choices={people.map((person) => ({ id: person.id, label: `${person.firstName} ${person.lastName}` }))}
          value={draft.value.personId === '' ? undefined : draft.value.personId}
          onChange={(id) => draft.set('personId', id)}
          placeholder={w('admin.choose')}
          problem={sentence('personId')}
        />
        <TextField
          label={w('devices.label')}
          hint={w('devices.labelHint')}
          value={draft.value.label}
          onChange={(text) => draft.set('label', text)}
          problem={sentence('label')}
        />
        <Select
          label={w('people.site')}
          choices={overview.sites.map((site) => ({ id: site.id, label: site.name }))}
          value={draft.value.siteId}
          onChange={(id) => draft.set('siteId', id)}
          hint={w('devices.siteHint')}
          problem={sentence('siteId')}
        />
      </div>
    </SideSheet>
  );
}

type ExistingDeviceProps = NewDeviceProps & { readonly device: AdminDevice };

function ExistingDevice({ overview, device, onClose, onSecret }: ExistingDeviceProps) {
  const w = useWords();
  const { save } = useSaving();
  const [asking, setAsking] = useState<'renew' | 'remove'>();
  const params = { id: device.id };
  const renew = async (): Promise<void> => {
    setAsking(undefined);
    await save(() => callRoute(adminRoutes.renewDevice, { params }).then(onSecret), { done: w('devices.renewed') });
  };
  const remove = async (): Promise<void> => {
    setAsking(undefined);
    if (await save(() => callRoute(adminRoutes.deleteDevice, { params }), { done: w('admin.removed') })) onClose();
  };
  const site = overview.sites.find((one) => one.id === device.siteId)?.name ?? '–';
  const facts = [
    [w('devices.person'), device.personName],
    [w('devices.sipUser'), device.sipUser],
    [w('people.site'), site],
    [w('devices.state'), w(device.registered ? 'devices.ready' : 'devices.offline')],
  ] as const;
  return (
    <SideSheet
      title={device.label}
      onClose={onClose}
      actions={
        <>
          <Button look="danger" icon="delete" className="ad-remove" onPress={() => setAsking('remove')}>
            {w('admin.remove')}
          </Button>
          <Button icon="key" onPress={() => setAsking('renew')}>
            {w('devices.renew')}
          </Button>
        </>
      }
    >
      <dl className="ad-facts">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Note icon="key">{w('devices.secretHint')}</Note>
      <Confirm
        title={w('devices.renewTitle', { label: device.label })}
        isOpen={asking === 'renew'}
        action={w('devices.renew')}
        keep={w('devices.keepOld')}
        onConfirm={() => void renew()}
        onClose={() => setAsking(undefined)}
      >
        {w('devices.renewText')}
      </Confirm>
      <Confirm
        title={w('devices.removeTitle', { label: device.label })}
        isOpen={asking === 'remove'}
        action={w('admin.remove')}
        keep={w('admin.keep')}
        onConfirm={() => void remove()}
        onClose={() => setAsking(undefined)}
      >
        {w('devices.removeText')}
      </Confirm>
    </SideSheet>
  );
}

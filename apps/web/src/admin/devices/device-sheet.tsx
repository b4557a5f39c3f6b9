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
import { Note } from '../../shared/parts/message.tsx';
import { RecordSheet } from '../record-sheet.tsx';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';
import { useRecordForm } from '../use-record-form.ts';
import { useSaving } from '../../shared/forms/use-saving.ts';
import { deviceDraftOf, deviceInputOf } from './device-draft.ts';
import { DeviceFields } from './device-fields.tsx';

interface DeviceSheetProps {
  readonly overview: AdminOverview;
  readonly device: AdminDevice | undefined;
  readonly onClose: () => void;
  readonly onSecret: (secret: DeviceSecret) => void;
}

export function DeviceSheet({ overview, device, onClose, onSecret }: DeviceSheetProps) {
  const w = useWords();
  const form = useRecordForm({
    record: device,
    draftOf: (record) => deviceDraftOf(record, overview),
    inputOf: deviceInputOf,
    schema: deviceInput,
    create: (body) => callRoute(adminRoutes.createDevice, { body }).then(onSecret),
    update: (body, id) => callRoute(adminRoutes.updateDevice, { params: { id }, body }),
    remove: (id) => callRoute(adminRoutes.deleteDevice, { params: { id } }),
    created: w('devices.created'),
  });
  return (
    <RecordSheet
      title={device?.label ?? w('devices.new')}
      form={form}
      onClose={onClose}
      removal={{ title: w('devices.removeTitle', { label: device?.label ?? '' }), text: w('devices.removeText') }}
    >
      {device !== undefined && <DeviceFacts device={device} onSecret={onSecret} />}
      <DeviceFields overview={overview} draft={form.draft} sentence={useFieldSentences(form.problems)} />
    </RecordSheet>
  );
}

interface DeviceFactsProps {
  readonly device: AdminDevice;
  readonly onSecret: (secret: DeviceSecret) => void;
}

/** What is not typed in: who it signs in as, whether it is connected, who uses it. */
function DeviceFacts({ device, onSecret }: DeviceFactsProps) {
  const w = useWords();
  const { save } = useSaving();
  const [renewing, setRenewing] = useState(false);
  const params = { id: device.id };
  const renew = async (): Promise<void> => {
    setRenewing(false);
    await save(() => callRoute(adminRoutes.renewDevice, { params }).then(onSecret), { done: w('devices.renewed') });
  };
  const logOut = (): Promise<boolean> =>
    save(() => callRoute(adminRoutes.logOutGuest, { params }), { done: w('devices.guestGone') });
  const facts = [
    [w('devices.sipUser'), device.sipUser],
    [w('devices.state'), w(device.registered ? 'devices.ready' : 'devices.offline')],
  ] as const;
  return (
    <>
      <dl className="ad-facts">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {device.guestName !== undefined && (
        <Note look="wrap" icon="group">
          <div className="al-row al-between">
            <span>{w('devices.guest', { name: device.guestName })}</span>
            <Button icon="logout" onPress={() => void logOut()}>
              {w('devices.guestOut')}
            </Button>
          </div>
        </Note>
      )}
      <Note icon="key">
        <p>{w('devices.secretHint')}</p>
        <Button look="tertiary" icon="key" onPress={() => setRenewing(true)}>
          {w('devices.renew')}
        </Button>
      </Note>
      <Confirm
        title={w('devices.renewTitle', { label: device.label })}
        isOpen={renewing}
        action={w('devices.renew')}
        keep={w('devices.keepOld')}
        onConfirm={() => void renew()}
        onClose={() => setRenewing(false)}
      >
        {w('devices.renewText')}
      </Confirm>
    </>
  );
}

import type { AdminDevice, DeviceSecret } from '@amtsleitung/contract';
import { useState } from 'react';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Empty, StateWord } from '../../shared/parts/message.tsx';
import type { SectionProps } from '../section-props.ts';
import { AdminSection } from '../admin-section.tsx';
import { AdminTable } from '../admin-table.tsx';
import { DeviceSheet } from './device-sheet.tsx';
import { SecretDialog } from './secret-dialog.tsx';

export function DevicesSection({ overview }: SectionProps) {
  const w = useWords();
  const [openId, setOpenId] = useState<string>();
  const [secret, setSecret] = useState<DeviceSecret>();
  const create = (
    <Button look="primary" icon="add" onPress={() => setOpenId('new')}>
      {w('devices.create')}
    </Button>
  );
  return (
    <AdminSection
      title={w('admin.devices')}
      lead={w('devices.lead')}
      actions={create}
      sheet={
        openId !== undefined && (
          <DeviceSheet
            key={openId}
            overview={overview}
            device={overview.devices.find((one) => one.id === openId)}
            onClose={() => setOpenId(undefined)}
            onSecret={setSecret}
          />
        )
      }
    >
      <AdminTable
        label={w('admin.devices')}
        rows={overview.devices}
        idOf={(device) => device.id}
        nameOf={(device) => device.label}
        nameTitle={w('devices.label')}
        columns={[
          { title: w('devices.person'), cell: (device) => <DeviceUser device={device} /> },
          { title: w('devices.kind'), cell: (device) => w(`devices.kind.${device.settings.kind}`), wide: true },
          {
            title: w('devices.sipUser'),
            cell: (device) => <span className="al-num">{device.sipUser}</span>,
            wide: true,
          },
          { title: w('devices.state'), cell: (device) => <DeviceState device={device} /> },
        ]}
        openId={openId}
        onOpen={setOpenId}
        empty={
          <Empty icon="deskphone" title={w('devices.none')}>
            <p className="al-s">{w('devices.noneText')}</p>
          </Empty>
        }
      />
      <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
    </AdminSection>
  );
}

/** Its owner, and under it who has logged in on it. */
function DeviceUser({ device }: { readonly device: AdminDevice }) {
  const w = useWords();
  return (
    <>
      {device.personName}
      {device.guestName !== undefined && (
        <span className="al-block al-muted">{w('devices.guest', { name: device.guestName })}</span>
      )}
    </>
  );
}

function DeviceState({ device }: { readonly device: AdminDevice }) {
  const w = useWords();
  return device.registered ? (
    <StateWord look="live" icon="check_circle-fill">
      {w('devices.ready')}
    </StateWord>
  ) : (
    <StateWord look="ink" icon="radio_button_unchecked">
      {w('devices.offline')}
    </StateWord>
  );
}

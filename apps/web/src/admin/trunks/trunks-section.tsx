import { useState } from 'react';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { useLive } from '../../shared/live/live-store.ts';
import { Empty } from '../../shared/parts/message.tsx';
import type { SectionProps } from '../section-props.ts';
import { AdminSection } from '../admin-section.tsx';
import { AdminTable } from '../admin-table.tsx';
import { TrunkSheet } from './trunk-sheet.tsx';
import { TrunkStateWord } from './trunk-state-facts.tsx';

export function TrunksSection({ overview }: SectionProps) {
  const w = useWords();
  const [openId, setOpenId] = useState<string>();
  return (
    <AdminSection
      title={w('admin.trunks')}
      lead={w('trunks.lead')}
      actions={
        <Button look="primary" icon="add" onPress={() => setOpenId('new')}>
          {w('trunks.create')}
        </Button>
      }
      sheet={
        openId !== undefined && (
          <TrunkSheet
            key={openId}
            trunk={overview.trunks.find((one) => one.id === openId)}
            onClose={() => setOpenId(undefined)}
          />
        )
      }
    >
      <AdminTable
        label={w('admin.trunks')}
        rows={[...overview.trunks].sort((left, right) => left.settings.order - right.settings.order)}
        idOf={(trunk) => trunk.id}
        nameOf={(trunk) => trunk.name}
        nameTitle={w('trunks.name')}
        columns={[
          { title: w('devices.state'), cell: (trunk) => <TrunkStateWord trunk={trunk} /> },
          {
            title: w('trunks.address'),
            cell: (trunk) => (
              <span className="al-num">
                {trunk.port === undefined ? trunk.host : `${trunk.host}:${String(trunk.port)}`}
              </span>
            ),
            wide: true,
          },
          { title: w('trunks.callsNow'), cell: (trunk) => <CallsNow trunkId={trunk.id} />, wide: true },
          { title: w('trunks.transport'), cell: (trunk) => trunk.transport.toUpperCase(), wide: true },
          { title: w('trunks.order'), cell: (trunk) => trunk.settings.order, wide: true },
        ]}
        openId={openId}
        onOpen={setOpenId}
        empty={
          <Empty icon="route" title={w('trunks.none')}>
            <p className="al-s">{w('trunks.noneText')}</p>
          </Empty>
        }
      />
    </AdminSection>
  );
}

function CallsNow({ trunkId }: { readonly trunkId: string }) {
  const w = useWords();
  const calls = useLive().trunks.get(trunkId)?.calls ?? { incoming: 0, outgoing: 0 };
  return <span className="al-num">{w('trunks.callsInOut', calls)}</span>;
}

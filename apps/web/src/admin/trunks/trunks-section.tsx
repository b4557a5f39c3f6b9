import { useState } from 'react';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Empty } from '../../shared/parts/message.tsx';
import type { SectionProps } from '../section-props.ts';
import { AdminSection } from '../admin-section.tsx';
import { AdminTable } from '../admin-table.tsx';
import { TrunkSheet } from './trunk-sheet.tsx';

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
        rows={overview.trunks}
        idOf={(trunk) => trunk.id}
        nameOf={(trunk) => trunk.name}
        nameTitle={w('trunks.name')}
        columns={[
          {
            title: w('trunks.address'),
            cell: (trunk) => <span className="al-num">{`${trunk.host}:${String(trunk.port)}`}</span>,
          },
          { title: w('trunks.transport'), cell: (trunk) => trunk.transport.toUpperCase(), wide: true },
          { title: w('trunks.capacity'), cell: (trunk) => trunk.outgoingCapacity, wide: true },
          {
            title: w('trunks.proof'),
            cell: (trunk) => w(trunk.username === '' ? 'trunks.byAddress' : 'trunks.byPassword'),
            wide: true,
          },
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

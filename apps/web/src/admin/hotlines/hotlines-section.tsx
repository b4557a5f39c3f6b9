import type { AdminHotline } from '@amtsleitung/contract';
import { useState } from 'react';
import { useWords, type Words } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { IdleLine } from '../../shared/parts/line.tsx';
import { Empty } from '../../shared/parts/message.tsx';
import type { SectionProps } from '../section-props.ts';
import { AdminSection } from '../admin-section.tsx';
import { AdminTable } from '../admin-table.tsx';
import { HotlineSheet } from './hotline-sheet.tsx';
import { weekOf } from './week.ts';

const hoursOf = (hotline: AdminHotline, w: Words): string =>
  weekOf(hotline.openingHours.intervals)
    .filter((day) => day.times.length > 0)
    .map((day) => `${w(`weekday.short.${day.weekday}`)} ${day.times.map(({ from, to }) => `${from}–${to}`).join(', ')}`)
    .join(' · ');

export function HotlinesSection({ overview }: SectionProps) {
  const w = useWords();
  const [openId, setOpenId] = useState<string>();
  const create = (
    <Button look="primary" icon="add" onPress={() => setOpenId('new')}>
      {w('hotline.create')}
    </Button>
  );
  return (
    <AdminSection
      title={w('admin.hotlines')}
      lead={w('hotline.lead')}
      actions={create}
      sheet={
        openId !== undefined && (
          <HotlineSheet
            key={openId}
            overview={overview}
            hotline={overview.hotlines.find((one) => one.id === openId)}
            onClose={() => setOpenId(undefined)}
          />
        )
      }
    >
      <AdminTable
        label={w('admin.hotlines')}
        rows={overview.hotlines}
        idOf={(hotline) => hotline.id}
        nameOf={(hotline) => hotline.name}
        nameTitle={w('hotline.name')}
        columns={[
          { title: w('hotline.members'), cell: (hotline) => hotline.memberIds.length },
          { title: w('hotline.hours'), cell: (hotline) => hoursOf(hotline, w) || w('hotline.never'), wide: true },
          {
            title: w('hotline.promise'),
            cell: ({ serviceLevel }) => (
              <span className="al-num">{w('hotline.promiseShort', { ...serviceLevel })}</span>
            ),
            wide: true,
          },
        ]}
        openId={openId}
        onOpen={setOpenId}
        empty={
          <div className="ad-empty">
            <IdleLine waiting />
            <Empty title={w('hotline.none')}>
              <p>{w('hotline.noneText')}</p>
              {create}
            </Empty>
          </div>
        }
      />
    </AdminSection>
  );
}

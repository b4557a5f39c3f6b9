import { useState } from 'react';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Empty, Tag } from '../../shared/parts/message.tsx';
import { SearchBox } from '../../shared/parts/search-box.tsx';
import { fold } from '../../shared/team/match-people.ts';
import type { SectionProps } from '../section-props.ts';
import { AdminSection } from '../admin-section.tsx';
import { AdminTable } from '../admin-table.tsx';
import { HeadNumberSheet } from './head-number-sheet.tsx';
import { NumberSheet } from './number-sheet.tsx';

type Opened = { readonly kind: 'number' | 'head'; readonly id: string };

export function NumbersSection({ overview }: SectionProps) {
  const w = useWords();
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState<Opened>();
  const close = (): void => setOpened(undefined);
  const openIn = (kind: Opened['kind']): string | undefined => (opened?.kind === kind ? opened.id : undefined);
  const hasHead = overview.headNumbers.length > 0;
  const numbers = [...overview.numbers]
    .filter((number) => [number.text, number.targetName].some((text) => fold(text).includes(fold(typed.trim()))))
    .sort((left, right) => left.extension.localeCompare(right.extension, 'de', { numeric: true }));
  const trunks = new Map(overview.trunks.map((trunk) => [trunk.id, trunk.name]));
  return (
    <AdminSection
      title={w('admin.numbers')}
      lead={w('numbers.lead')}
      actions={
        <>
          <Button
            icon="add"
            isDisabled={overview.trunks.length === 0}
            onPress={() => setOpened({ kind: 'head', id: 'new' })}
          >
            {w('numbers.createHead')}
          </Button>
          <Button
            look="primary"
            icon="add"
            isDisabled={!hasHead}
            onPress={() => setOpened({ kind: 'number', id: 'new' })}
          >
            {w('numbers.create')}
          </Button>
          {!hasHead && (
            <span className="al-s al-muted">
              {w(overview.trunks.length === 0 ? 'numbers.trunkFirst' : 'numbers.headFirst')}
            </span>
          )}
        </>
      }
      sheet={
        opened !== undefined &&
        (opened.kind === 'head' ? (
          <HeadNumberSheet
            key={`head ${opened.id}`}
            overview={overview}
            head={overview.headNumbers.find((one) => one.id === opened.id)}
            onClose={close}
          />
        ) : (
          <NumberSheet
            key={`number ${opened.id}`}
            overview={overview}
            number={overview.numbers.find((one) => one.id === opened.id)}
            onClose={close}
          />
        ))
      }
    >
      <AdminTable
        label={w('numbers.heads')}
        rows={overview.headNumbers}
        idOf={(head) => head.id}
        nameOf={(head) => head.text}
        nameTitle={w('numbers.head')}
        columns={[
          { title: w('numbers.trunk'), cell: (head) => trunks.get(head.trunkId) ?? '–' },
          {
            title: w('numbers.count'),
            cell: (head) => overview.numbers.filter((number) => number.headNumberId === head.id).length,
            wide: true,
          },
        ]}
        openId={openIn('head')}
        onOpen={(id) => setOpened({ kind: 'head', id })}
        empty={
          <Empty icon="call" title={w('numbers.noHead')}>
            <p className="al-s">{w('numbers.noHeadText')}</p>
          </Empty>
        }
      />
      {hasHead && (
        <>
          <SearchBox label={w('numbers.search')} value={typed} onChange={setTyped} ofPage />
          <AdminTable
            label={w('admin.numbers')}
            rows={numbers}
            idOf={(number) => number.id}
            nameOf={(number) => number.text}
            nameTitle={w('numbers.number')}
            columns={[
              { title: w('numbers.target'), cell: (number) => number.targetName },
              {
                title: w('numbers.kind'),
                cell: ({ destination }) => (
                  <Tag icon={destination.kind === 'hotline' ? 'support_agent' : 'call'}>
                    {w(`numbers.kind.${destination.kind}`)}
                  </Tag>
                ),
                wide: true,
              },
            ]}
            openId={openIn('number')}
            onOpen={(id) => setOpened({ kind: 'number', id })}
            empty={
              <Empty icon="call" title={w('numbers.none')}>
                <p className="al-s">{w('numbers.noneText')}</p>
              </Empty>
            }
          />
        </>
      )}
    </AdminSection>
  );
}

import { useState } from 'react';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Empty } from '../../shared/parts/message.tsx';
import type { SectionProps } from '../section-props.ts';
import { AdminSection } from '../admin-section.tsx';
import { AdminTable } from '../admin-table.tsx';
import { DepartmentSheet } from './department-sheet.tsx';
import { SiteSheet } from './site-sheet.tsx';

type Opened = { readonly kind: 'site' | 'department'; readonly id: string };

/** Where the house is and what it is divided into. */
export function HouseSection({ overview }: SectionProps) {
  const w = useWords();
  const [opened, setOpened] = useState<Opened>();
  const close = (): void => setOpened(undefined);
  const openIn = (kind: Opened['kind']): string | undefined => (opened?.kind === kind ? opened.id : undefined);
  const sites = new Map(overview.sites.map((site) => [site.id, site.name]));
  return (
    <AdminSection
      title={w('admin.house')}
      lead={w('house.lead')}
      actions={
        <>
          <Button icon="add" onPress={() => setOpened({ kind: 'site', id: 'new' })}>
            {w('house.createSite')}
          </Button>
          <Button
            look="primary"
            icon="add"
            isDisabled={overview.sites.length === 0}
            onPress={() => setOpened({ kind: 'department', id: 'new' })}
          >
            {w('house.createDepartment')}
          </Button>
          {overview.sites.length === 0 && <span className="al-s al-muted">{w('house.siteFirst')}</span>}
        </>
      }
      sheet={
        opened !== undefined &&
        (opened.kind === 'site' ? (
          <SiteSheet
            key={`site ${opened.id}`}
            overview={overview}
            site={overview.sites.find((one) => one.id === opened.id)}
            onClose={close}
          />
        ) : (
          <DepartmentSheet
            key={`department ${opened.id}`}
            overview={overview}
            department={overview.departments.find((one) => one.id === opened.id)}
            onClose={close}
          />
        ))
      }
    >
      <AdminTable
        label={w('house.sites')}
        rows={overview.sites}
        idOf={(site) => site.id}
        nameOf={(site) => site.name}
        nameTitle={w('house.site')}
        columns={[
          { title: w('house.address'), cell: (site) => site.address || '–' },
          {
            title: w('house.emergency'),
            cell: (site) => (site.emergencyNumber === '' ? w('house.noEmergency') : site.emergencyNumber),
            wide: true,
          },
        ]}
        openId={openIn('site')}
        onOpen={(id) => setOpened({ kind: 'site', id })}
        empty={<Empty icon="domain" title={w('house.noSite')} />}
      />
      <AdminTable
        label={w('house.departments')}
        rows={[...overview.departments].sort((left, right) => left.name.localeCompare(right.name, 'de'))}
        idOf={(department) => department.id}
        nameOf={(department) => department.name}
        nameTitle={w('house.department')}
        columns={[
          { title: w('house.site'), cell: (department) => sites.get(department.siteId) ?? '–' },
          {
            title: w('house.people'),
            cell: (department) => overview.people.filter((person) => person.departmentId === department.id).length,
            wide: true,
          },
        ]}
        openId={openIn('department')}
        onOpen={(id) => setOpened({ kind: 'department', id })}
        empty={<Empty icon="group" title={w('house.noDepartment')} />}
      />
    </AdminSection>
  );
}

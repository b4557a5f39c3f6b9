import { adminRoutes, siteInput, type AdminOverview, type SiteInput } from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { Note } from '../../shared/parts/message.tsx';
import { RecordSheet } from '../record-sheet.tsx';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';
import { useRecordForm } from '../use-record-form.ts';

type Site = AdminOverview['sites'][number];

interface SiteSheetProps {
  readonly overview: AdminOverview;
  readonly site: Site | undefined;
  readonly onClose: () => void;
}

const draftOf = (site: Site | undefined): SiteInput => ({
  name: site?.name ?? '',
  address: site?.address ?? '',
  emergencyNumber: site?.emergencyNumber ?? '',
  emergencyTrunkId: site?.emergencyTrunkId ?? '',
});
const inputOf = (draft: SiteInput): SiteInput => ({
  ...draft,
  emergencyNumber: draft.emergencyNumber.replace(/[\s/()-]/g, ''),
});
const noTrunk = 'none';

/** A building: its address, and who calls 110 and 112 from there. */
export function SiteSheet({ overview, site, onClose }: SiteSheetProps) {
  const w = useWords();
  const form = useRecordForm({
    record: site,
    draftOf,
    inputOf,
    schema: siteInput,
    create: (body) => callRoute(adminRoutes.createSite, { body }),
    update: (body, id) => callRoute(adminRoutes.updateSite, { params: { id }, body }),
    created: w('house.siteCreated'),
  });
  const { value, set } = form.draft;
  const sentence = useFieldSentences(form.problems);
  return (
    <RecordSheet title={site?.name ?? w('house.newSite')} form={form} onClose={onClose}>
      <div className="ad-form">
        <TextField
          label={w('house.siteName')}
          value={value.name}
          onChange={(text) => set('name', text)}
          problem={sentence('name')}
        />
        <TextField
          label={w('house.address')}
          value={value.address}
          onChange={(text) => set('address', text)}
          problem={sentence('address')}
        />
        <Note look="hold" icon="warning">
          {w('house.emergencyHint')}
        </Note>
        <TextField
          label={w('house.emergency')}
          hint={w('house.emergencyNumberHint')}
          inputMode="tel"
          value={value.emergencyNumber}
          onChange={(text) => set('emergencyNumber', text)}
          problem={sentence('emergencyNumber')}
        />
        <Select
          label={w('house.emergencyTrunk')}
          choices={[
            { id: noTrunk, label: w('house.noTrunk') },
            ...overview.trunks.map((trunk) => ({ id: trunk.id, label: trunk.name })),
          ]}
          value={value.emergencyTrunkId === '' ? noTrunk : value.emergencyTrunkId}
          onChange={(id) => set('emergencyTrunkId', id === noTrunk ? '' : id)}
          problem={sentence('emergencyTrunkId')}
        />
      </div>
    </RecordSheet>
  );
}

import { adminRoutes, siteInput, type AdminOverview, type SiteInput } from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { Note } from '../../shared/parts/message.tsx';
import { SideSheet } from '../../shared/parts/side-sheet.tsx';
import { SheetActions } from '../admin-section.tsx';
import { checkInput } from '../check-input.ts';
import { useDraft, useFieldSentences } from '../use-draft.ts';
import { useSaving } from '../use-saving.ts';

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
const noTrunk = 'none';

/** A building: its address, and who calls 110 and 112 from there. */
export function SiteSheet({ overview, site, onClose }: SiteSheetProps) {
  const w = useWords();
  const draft = useDraft(draftOf(site));
  const { busy, problems, setProblems, save } = useSaving();
  const sentence = useFieldSentences(problems);
  const { value, set } = draft;
  const store = async (): Promise<void> => {
    const body = { ...value, emergencyNumber: value.emergencyNumber.replace(/[\s/()-]/g, '') };
    const found = checkInput(siteInput, body);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const update = (next: SiteInput) =>
      callRoute(adminRoutes.updateSite, { params: { id: site?.id ?? '' }, body: next });
    const done =
      site === undefined
        ? await save(() => callRoute(adminRoutes.createSite, { body }), { done: w('house.siteCreated') })
        : await save(() => update(body), { done: w('admin.saved'), undo: () => update(draftOf(site)) });
    if (done) onClose();
  };
  return (
    <SideSheet
      title={site?.name ?? w('house.newSite')}
      onClose={onClose}
      actions={<SheetActions changed={draft.changed} busy={busy} onSave={() => void store()} onDiscard={onClose} />}
    >
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
    </SideSheet>
  );
}

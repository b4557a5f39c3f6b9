import { adminRoutes, trunkInput, trunkRoutes, type AdminTrunk, type TrunkPresetView } from '@amtsleitung/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callRoute } from '../../shared/api/api-client.ts';
import { useFormats } from '../../shared/format/use-formats.ts';
import { useWords } from '../../shared/language/words.ts';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { Note } from '../../shared/parts/message.tsx';
import { SideSheet } from '../../shared/parts/side-sheet.tsx';
import { SkeletonRows } from '../../shared/parts/skeleton.tsx';
import { RecordSheet } from '../record-sheet.tsx';
import { useFieldSentences } from '../../shared/forms/use-draft.ts';
import { useRecordForm } from '../use-record-form.ts';
import { AskedFields } from './asked-fields.tsx';
import { ExpertFields } from './expert-fields.tsx';
import { GuardFields, UseFields } from './own-fields.tsx';
import { draftFromPreset, draftFromTrunk, trunkInputOf } from './trunk-draft.ts';
import { TrunkStateFacts } from './trunk-state-facts.tsx';

interface TrunkSheetProps {
  readonly trunk: AdminTrunk | undefined;
  readonly onClose: () => void;
}

/** An existing trunk with its state, or a new one that begins with its provider. */
export function TrunkSheet({ trunk, onClose }: TrunkSheetProps) {
  const w = useWords();
  const { data } = useQuery({
    queryKey: ['trunk-presets'],
    queryFn: () => callRoute(trunkRoutes.presets, {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [chosen, setChosen] = useState(trunk?.settings.preset);
  if (data === undefined)
    return (
      <SideSheet title={trunk?.name ?? w('trunks.new')} onClose={onClose}>
        <SkeletonRows rows={6} columns={[60]} />
      </SideSheet>
    );
  const preset = data.presets.find(({ id }) => id === chosen);
  if (trunk === undefined && preset === undefined)
    return (
      <SideSheet title={w('trunks.new')} onClose={onClose}>
        <div className="ad-form">
          <p>{w('trunks.presetLead')}</p>
          <PresetSelect presets={data.presets} value={chosen} onChange={setChosen} />
        </div>
      </SideSheet>
    );
  return (
    <TrunkForm
      key={chosen}
      trunk={trunk}
      preset={preset}
      presets={data.presets}
      onPreset={setChosen}
      onClose={onClose}
    />
  );
}

interface PresetSelectProps {
  readonly presets: readonly TrunkPresetView[];
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
}

function PresetSelect({ presets, value, onChange }: PresetSelectProps) {
  const w = useWords();
  return (
    <Select
      label={w('trunks.preset')}
      choices={presets.map(({ id, name }) => ({ id, label: name }))}
      value={value}
      onChange={onChange}
      placeholder={w('admin.choose')}
    />
  );
}

interface TrunkFormProps extends TrunkSheetProps {
  readonly preset: TrunkPresetView | undefined;
  readonly presets: readonly TrunkPresetView[];
  readonly onPreset: (id: string) => void;
}

function TrunkForm({ trunk, preset, presets, onPreset, onClose }: TrunkFormProps) {
  const w = useWords();
  const { language } = useFormats();
  const form = useRecordForm({
    record: trunk,
    draftOf: (record) => (record === undefined ? draftFromPreset(preset ?? presets[0]!) : draftFromTrunk(record)),
    inputOf: trunkInputOf,
    schema: trunkInput,
    create: (body) => callRoute(adminRoutes.createTrunk, { body }),
    update: (body, id) => callRoute(adminRoutes.updateTrunk, { params: { id }, body }),
    remove: (id) => callRoute(adminRoutes.deleteTrunk, { params: { id } }),
    created: w('trunks.created'),
    // The password before is not known here and cannot be brought back.
    canUndo: (body, before) => body.password === undefined && body.username === before.username,
  });
  const addresses = Object.keys(form.problems).find((path) => path.startsWith('sourceAddresses.'));
  const sentenceOf = useFieldSentences(form.problems);
  const sentence = (path: string): string | undefined =>
    sentenceOf(path === 'sourceAddresses' && addresses !== undefined ? addresses : path);
  const fields = { draft: form.draft, preset, sentence };
  const hasPassword = trunk?.hasPassword ?? false;
  const hiddenProblem = Object.keys(form.problems).some((path) => path.startsWith('settings.') || path === 'port');
  return (
    <RecordSheet
      title={trunk?.name ?? w('trunks.new')}
      form={form}
      onClose={onClose}
      removal={{ title: w('trunks.removeTitle', { name: trunk?.name ?? '' }), text: w('trunks.removeText') }}
    >
      {trunk !== undefined && <TrunkStateFacts trunk={trunk} />}
      <div className="ad-form">
        {trunk === undefined && <PresetSelect presets={presets} value={preset?.id} onChange={onPreset} />}
        {preset !== undefined && preset.notes[language] !== '' && <Note icon="label">{preset.notes[language]}</Note>}
        <TextField
          label={w('trunks.name')}
          value={form.draft.value.name}
          onChange={(text) => form.draft.set('name', text)}
          problem={sentence('name')}
        />
        <AskedFields {...fields} asks={preset?.asks ?? []} hasPassword={hasPassword} />
        <UseFields {...fields} />
        <GuardFields {...fields} />
        {hiddenProblem && <p className="al-problem">{w('trunks.expertProblem')}</p>}
        <ExpertFields {...fields} hasPassword={hasPassword} />
      </div>
    </RecordSheet>
  );
}

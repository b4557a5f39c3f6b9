import { adminRoutes, trunkInput, type AdminTrunk, type TrunkInput } from '@amtsleitung/contract';
import { useState } from 'react';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Confirm } from '../../shared/parts/dialog.tsx';
import { Select, TextField } from '../../shared/parts/field.tsx';
import { SideSheet } from '../../shared/parts/side-sheet.tsx';
import { SheetActions } from '../admin-section.tsx';
import { checkInput, type FieldProblems } from '../check-input.ts';
import { useDraft, useFieldSentences, type Draft } from '../use-draft.ts';
import { useSaving } from '../use-saving.ts';

interface TrunkSheetProps {
  readonly trunk: AdminTrunk | undefined;
  readonly onClose: () => void;
}

const draftOf = (trunk: AdminTrunk | undefined) => ({
  name: trunk?.name ?? '',
  host: trunk?.host ?? '',
  port: String(trunk?.port ?? 5060),
  transport: trunk?.transport ?? 'udp',
  sourceAddresses: trunk?.sourceAddresses.join(', ') ?? '',
  username: trunk?.username ?? '',
  password: '',
  outgoingCapacity: String(trunk?.outgoingCapacity ?? 10),
});
type TrunkDraft = ReturnType<typeof draftOf>;

const inputOf = ({ password, port, outgoingCapacity, sourceAddresses, ...rest }: TrunkDraft): TrunkInput => ({
  ...rest,
  host: rest.host.trim(),
  username: rest.username.trim(),
  port: Number.parseInt(port, 10),
  outgoingCapacity: Number.parseInt(outgoingCapacity, 10),
  sourceAddresses: sourceAddresses.split(/[\s,;]+/).filter((address) => address !== ''),
  ...(password === '' ? {} : { password }),
});

export function TrunkSheet({ trunk, onClose }: TrunkSheetProps) {
  const w = useWords();
  const draft = useDraft(draftOf(trunk));
  const { busy, problems, setProblems, save } = useSaving();
  const [removing, setRemoving] = useState(false);
  const store = async (): Promise<void> => {
    const body = inputOf(draft.value);
    const found = checkInput(trunkInput, body);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const done =
      trunk === undefined
        ? await save(() => callRoute(adminRoutes.createTrunk, { body }), { done: w('trunks.created') })
        : await save(() => callRoute(adminRoutes.updateTrunk, { params: { id: trunk.id }, body }), {
            done: w('admin.saved'),
            // The password before is not known here and cannot be brought back.
            undo:
              body.password === undefined && body.username === trunk.username
                ? () => callRoute(adminRoutes.updateTrunk, { params: { id: trunk.id }, body: inputOf(draftOf(trunk)) })
                : undefined,
          });
    if (done) onClose();
  };
  const remove = async (): Promise<void> => {
    setRemoving(false);
    if (trunk === undefined) return;
    const removed = await save(() => callRoute(adminRoutes.deleteTrunk, { params: { id: trunk.id } }), {
      done: w('admin.removed'),
    });
    if (removed) onClose();
  };
  return (
    <SideSheet
      title={trunk?.name ?? w('trunks.new')}
      onClose={onClose}
      actions={
        <SheetActions
          changed={draft.changed}
          busy={busy}
          onSave={() => void store()}
          onDiscard={onClose}
          onRemove={trunk === undefined ? undefined : () => setRemoving(true)}
        />
      }
    >
      <TrunkFields trunk={trunk} draft={draft} problems={problems} />
      <Confirm
        title={w('trunks.removeTitle', { name: trunk?.name ?? '' })}
        isOpen={removing}
        action={w('admin.remove')}
        keep={w('admin.keep')}
        onConfirm={() => void remove()}
        onClose={() => setRemoving(false)}
      >
        {w('trunks.removeText')}
      </Confirm>
    </SideSheet>
  );
}

interface TrunkFieldsProps {
  readonly trunk: AdminTrunk | undefined;
  readonly draft: Draft<TrunkDraft>;
  readonly problems: FieldProblems;
}

function TrunkFields({ trunk, draft: { value, set }, problems }: TrunkFieldsProps) {
  const w = useWords();
  const sentence = useFieldSentences(problems);
  const addressProblem = Object.keys(problems).find((path) => path.startsWith('sourceAddresses'));
  return (
    <div className="ad-form">
      <TextField
        label={w('trunks.name')}
        value={value.name}
        onChange={(text) => set('name', text)}
        problem={sentence('name')}
      />
      <TextField
        label={w('trunks.host')}
        hint={w('trunks.hostHint')}
        value={value.host}
        onChange={(text) => set('host', text)}
        problem={sentence('host')}
      />
      <div className="ad-pair">
        <TextField
          label={w('trunks.port')}
          inputMode="numeric"
          value={value.port}
          onChange={(text) => set('port', text)}
          problem={sentence('port')}
        />
        <Select
          label={w('trunks.transport')}
          choices={[
            { id: 'udp', label: w('trunks.udp') },
            { id: 'tcp', label: w('trunks.tcp') },
          ]}
          value={value.transport}
          onChange={(id) => set('transport', id === 'tcp' ? 'tcp' : 'udp')}
        />
      </div>
      <TextField
        label={w('trunks.sources')}
        hint={w('trunks.sourcesHint')}
        value={value.sourceAddresses}
        onChange={(text) => set('sourceAddresses', text)}
        problem={addressProblem === undefined ? undefined : sentence(addressProblem)}
      />
      <TextField
        label={w('trunks.username')}
        hint={w('trunks.usernameHint')}
        autoComplete="off"
        value={value.username}
        onChange={(text) => set('username', text)}
        problem={sentence('username')}
      />
      <TextField
        label={w('login.password')}
        hint={trunk?.hasPassword === true ? w('trunks.passwordStays') : undefined}
        type="password"
        autoComplete="new-password"
        value={value.password}
        onChange={(text) => set('password', text)}
        problem={sentence('password')}
      />
      <TextField
        label={w('trunks.capacity')}
        hint={w('trunks.capacityHint')}
        inputMode="numeric"
        value={value.outgoingCapacity}
        onChange={(text) => set('outgoingCapacity', text)}
        problem={sentence('outgoingCapacity')}
      />
    </div>
  );
}

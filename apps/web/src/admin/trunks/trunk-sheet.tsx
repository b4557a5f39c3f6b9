import { adminRoutes, trunkInput, type AdminTrunk, type TrunkInput } from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useWords } from '../../shared/language/words.ts';
import { Select, TextField } from '../../shared/parts/field.tsx';
import type { FieldProblems } from '../check-input.ts';
import { RecordSheet } from '../record-sheet.tsx';
import { useFieldSentences, type Draft } from '../use-draft.ts';
import { useRecordForm } from '../use-record-form.ts';

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
  const form = useRecordForm({
    record: trunk,
    draftOf,
    inputOf,
    schema: trunkInput,
    create: (body) => callRoute(adminRoutes.createTrunk, { body }),
    update: (body, id) => callRoute(adminRoutes.updateTrunk, { params: { id }, body }),
    remove: (id) => callRoute(adminRoutes.deleteTrunk, { params: { id } }),
    created: w('trunks.created'),
    // The password before is not known here and cannot be brought back.
    canUndo: (body, before) => body.password === undefined && body.username === before.username,
  });
  return (
    <RecordSheet
      title={trunk?.name ?? w('trunks.new')}
      form={form}
      onClose={onClose}
      removal={{ title: w('trunks.removeTitle', { name: trunk?.name ?? '' }), text: w('trunks.removeText') }}
    >
      <TrunkFields trunk={trunk} draft={form.draft} problems={form.problems} />
    </RecordSheet>
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

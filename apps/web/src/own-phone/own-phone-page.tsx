import './own-phone.css';
import { ownPhoneInput, ownPhoneRoutes, type OwnPhoneInput, type OwnPhoneView } from '@amtsleitung/contract';
import { useQuery } from '@tanstack/react-query';
import { callRoute } from '../shared/api/api-client.ts';
import { problemSentence } from '../shared/api/api-problem.ts';
import { checkInput } from '../shared/forms/check-input.ts';
import { useDraft, useFieldSentences } from '../shared/forms/use-draft.ts';
import { useSaving } from '../shared/forms/use-saving.ts';
import { useWords } from '../shared/language/words.ts';
import { useDensity } from '../shared/look/density.ts';
import { usePageTitle } from '../shared/look/page-title.ts';
import { Button } from '../shared/parts/button.tsx';
import { Note } from '../shared/parts/message.tsx';
import { Panel } from '../shared/parts/panel.tsx';
import { SkeletonRows } from '../shared/parts/skeleton.tsx';
import { CodeTable } from './code-table.tsx';
import { ForwardingFields, QuietFields } from './line-fields.tsx';
import { HotDeskPanel } from './hot-desk-panel.tsx';
import { inputOf, lineDraftOf } from './line-draft.ts';

/** How one's own extension behaves, and how to use any desk phone. */
export function OwnPhonePage() {
  const w = useWords();
  useDensity('komfortabel');
  usePageTitle(w('nav.myPhone'));
  const { data, error, refetch } = useQuery({
    queryKey: ['own-phone'],
    queryFn: () => callRoute(ownPhoneRoutes.get, {}),
  });
  return (
    <div className="al-page al-stack own">
      <div>
        <h1>{w('nav.myPhone')}</h1>
        <p className="al-muted">{w('own.phoneLead')}</p>
      </div>
      {error !== null && (
        <Note look="late" icon="warning">
          <p>{problemSentence(error, w)}</p>
          <Button look="tertiary" icon="refresh" onPress={() => void refetch()}>
            {w('action.again')}
          </Button>
        </Note>
      )}
      {data === undefined && error === null && (
        <div className="al-panel" aria-busy>
          <SkeletonRows rows={6} columns={[40, 60]} />
        </div>
      )}
      {data !== undefined && (
        <>
          <LinePanels key={JSON.stringify(inputOfView(data))} phone={data} />
          <HotDeskPanel phone={data} />
          <RightsPanel phone={data} />
          <CodeTable codes={data.codes} />
        </>
      )}
    </div>
  );
}

const inputOfView = ({ forwarding, doNotDisturb, hideNumber }: OwnPhoneView): OwnPhoneInput => ({
  forwarding,
  doNotDisturb,
  hideNumber,
});

function LinePanels({ phone }: { readonly phone: OwnPhoneView }) {
  const w = useWords();
  const draft = useDraft(lineDraftOf(phone));
  const { busy, problems, setProblems, save } = useSaving();
  const sentence = useFieldSentences(problems);
  const store = async (): Promise<void> => {
    const body = inputOf(draft.value);
    const found = checkInput(ownPhoneInput, body);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    await save(() => callRoute(ownPhoneRoutes.update, { body }), {
      done: w('own.saved'),
      undo: () => callRoute(ownPhoneRoutes.update, { body: inputOfView(phone) }),
    });
  };
  return (
    <form
      className="al-stack"
      onSubmit={(event) => {
        event.preventDefault();
        void store();
      }}
    >
      <Panel title={w('own.forwarding')}>
        <ForwardingFields draft={draft} sentence={sentence} />
      </Panel>
      <Panel title={w('own.quiet')}>
        <QuietFields draft={draft} />
      </Panel>
      <div>
        <Button type="submit" look="primary" isPending={busy}>
          {w('own.save')}
        </Button>
      </div>
    </form>
  );
}

function RightsPanel({ phone }: { readonly phone: OwnPhoneView }) {
  const w = useWords();
  return (
    <Panel title={w('own.rights')}>
      <div className="own-body">
        <p>{phone.diallingClasses.map((one) => w(`class.${one}`)).join(', ') || w('rights.nothing')}</p>
        <p className="al-hint">{w('own.rightsHint')}</p>
      </div>
    </Panel>
  );
}

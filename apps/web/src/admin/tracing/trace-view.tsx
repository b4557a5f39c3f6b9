import { Link } from '@tanstack/react-router';
import { tracingRoutes, type CallTraceView } from '@amtsleitung/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callRoute } from '../../shared/api/api-client.ts';
import { asProblem, problemSentence } from '../../shared/api/api-problem.ts';
import { useFormats } from '../../shared/format/use-formats.ts';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Chips } from '../../shared/parts/chips.tsx';
import { Empty, Note } from '../../shared/parts/message.tsx';
import { Panel } from '../../shared/parts/panel.tsx';
import { SkeletonRows } from '../../shared/parts/skeleton.tsx';
import { tell } from '../../shared/parts/toast-store.ts';
import { useNow } from '../../shared/time/wall-clock.ts';
import { LadderPicture } from './ladder.tsx';
import { ladderOf, ladderText, traceTime, type Ladder } from './ladder-lines.ts';

/** The signalling of one call, as picture or as text. */
export function TraceView({ callId }: { readonly callId: string }) {
  const w = useWords();
  const { data, error } = useQuery({
    queryKey: ['trace', callId],
    queryFn: () => callRoute(tracingRoutes.ofCall, { params: { id: callId } }),
    retry: false,
    // Each look is recorded: not looked at again for a returning focus.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <p>
        <Link to="/admin/$section" params={{ section: 'traces' }}>
          {w('trace.back')}
        </Link>
      </p>
      {error !== null && asProblem(error).status !== 404 && (
        <Note look="late" icon="warning">
          {problemSentence(error, w)}
        </Note>
      )}
      {error !== null && asProblem(error).status === 404 && (
        <Empty icon="visibility_off" title={w('trace.notFound')}>
          <p className="al-s">{w('trace.notFoundText')}</p>
        </Empty>
      )}
      {data === undefined && error === null && <SkeletonRows rows={8} columns={[60]} />}
      {data !== undefined && <LoadedTrace trace={data} />}
    </>
  );
}

function LoadedTrace({ trace }: { readonly trace: CallTraceView }) {
  const w = useWords();
  const formats = useFormats();
  const now = useNow();
  const [view, setView] = useState<'picture' | 'text'>('picture');
  const ladder = ladderOf(trace, w('trace.house'));
  const [chosen, setChosen] = useState(ladder.lines.at(0)?.id);
  const time = formats.dayAndTime(ladder.lines.at(0)?.message.at ?? now, now);
  return (
    <>
      <div className="al-row al-row--wrap al-between">
        <h2>{w('trace.title', { time })}</h2>
        <Chips
          label={w('trace.view')}
          value={view}
          onChange={setView}
          chips={[
            { id: 'picture', label: w('trace.picture') },
            { id: 'text', label: w('trace.text') },
          ]}
        />
      </div>
      {view === 'text' ? (
        <TextPanel title={w('trace.text')} text={ladderText(ladder)} />
      ) : (
        <div className="tr-view">
          <section className="al-panel">
            <LadderPicture ladder={ladder} chosen={chosen} onChoose={setChosen} />
          </section>
          <ChosenMessage ladder={ladder} chosen={chosen} />
        </div>
      )}
    </>
  );
}

function ChosenMessage({ ladder, chosen }: { readonly ladder: Ladder; readonly chosen: string | undefined }) {
  const w = useWords();
  const message = ladder.lines.find(({ id }) => id === chosen)?.message;
  if (message === undefined) return <Empty title={w('trace.choose')} />;
  return <TextPanel title={`${traceTime(message.at)} ${message.summary}`} text={message.text} />;
}

function TextPanel({ title, text }: { readonly title: string; readonly text: string }) {
  const w = useWords();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text).then(
      () => tell(w('trace.copied')),
      () => tell(w('devices.notCopied'), 'problem'),
    );
  };
  return (
    <Panel
      title={title}
      beside={
        <Button look="tertiary" icon="content_copy" onPress={() => void copy()}>
          {w('trace.copy')}
        </Button>
      }
    >
      {/* Scrolls, so the keyboard has to reach it. */}
      <pre className="tr-text" tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </Panel>
  );
}

import { trunkRoutes, type AdminTrunk, type TrunkStateView } from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { problemSentence } from '../../shared/api/api-problem.ts';
import { useFormats } from '../../shared/format/use-formats.ts';
import { useWords } from '../../shared/language/words.ts';
import { useLive } from '../../shared/live/live-store.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Note, StateWord } from '../../shared/parts/message.tsx';
import { tell } from '../../shared/parts/toast-store.ts';
import { useNow } from '../../shared/time/wall-clock.ts';
import { trunkLook } from './trunk-look.ts';

/** A trunk's live state in one word. */
export function TrunkStateWord({ trunk }: { readonly trunk: AdminTrunk }) {
  const w = useWords();
  const state = useLive().trunks.get(trunk.id);
  const { look, icon, word } = trunkLook(state, trunk.settings);
  return (
    <StateWord look={look} icon={icon}>
      {w(word)}
    </StateWord>
  );
}

/** Everything known about how a trunk is doing, and what to do about it. */
export function TrunkStateFacts({ trunk }: { readonly trunk: AdminTrunk }) {
  const w = useWords();
  const state = useLive().trunks.get(trunk.id);
  const check = async (): Promise<void> => {
    await callRoute(trunkRoutes.check, { params: { id: trunk.id } }).then(
      () => tell(w('trunks.checking')),
      (error: unknown) => tell(problemSentence(error, w), 'problem'),
    );
  };
  return (
    <section className="ad-state" aria-labelledby="trunk-state">
      <div className="al-row al-between">
        <h3 id="trunk-state">{w('trunks.state')}</h3>
        <Button icon="network_check" onPress={() => void check()}>
          {w('trunks.check')}
        </Button>
      </div>
      <Facts trunk={trunk} state={state} />
      {state?.lastError !== undefined && <LastError error={state.lastError} isDown={state.status === 'down'} />}
    </section>
  );
}

interface FactsProps {
  readonly trunk: AdminTrunk;
  readonly state: TrunkStateView | undefined;
}

function Facts({ trunk, state }: FactsProps) {
  const w = useWords();
  const formats = useFormats();
  const now = useNow();
  const time = (at: number | undefined): string => (at === undefined ? '–' : formats.dayAndTime(at, now));
  const facts = [
    [w('trunks.since'), time(state?.since)],
    [w('trunks.server'), state?.server ?? '–'],
    [w('trunks.roundTrip'), state?.roundTrip === undefined ? '–' : `${String(Math.round(state.roundTrip))} ms`],
    ...(trunk.settings.registerSeconds > 0 ? [[w('trunks.registeredUntil'), time(state?.registeredUntil)]] : []),
    [w('trunks.callsNow'), w('trunks.callsInOut', state?.calls ?? { incoming: 0, outgoing: 0 })],
  ];
  return (
    <dl className="ad-facts">
      <div>
        <dt>{w('devices.state')}</dt>
        <dd>
          <TrunkStateWord trunk={trunk} />
        </dd>
      </div>
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="al-num">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

interface LastErrorProps {
  readonly error: NonNullable<TrunkStateView['lastError']>;
  readonly isDown: boolean;
}

/** What went wrong last, and what to do; for the IT the status in small. */
export function LastError({ error, isDown }: LastErrorProps) {
  const w = useWords();
  const formats = useFormats();
  const now = useNow();
  return (
    <Note look={isDown ? 'late' : 'plain'} icon="warning">
      <p>
        <b>{w(`trunkError.${error.kind}`)}</b>
      </p>
      <p>{w(`trunkRemedy.${error.kind}`)}</p>
      <p className="al-xs al-muted">
        {error.status === undefined
          ? w('trunks.errorAt', { time: formats.dayAndTime(error.at, now) })
          : w('trunks.errorStatus', { status: error.status, time: formats.dayAndTime(error.at, now) })}
      </p>
    </Note>
  );
}

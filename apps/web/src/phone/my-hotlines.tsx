import { hotlineRoutes, type MyHotlinesView } from '@amtsleitung/contract';
import { useEffect, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { announce } from '../shared/announce/announcer.ts';
import { callRoute } from '../shared/api/api-client.ts';
import { problemSentence } from '../shared/api/api-problem.ts';
import { extensionText, runningTime } from '../shared/format/formats.ts';
import { Icon } from '../shared/icons/icon.tsx';
import { useWords, words } from '../shared/language/words.ts';
import { useLive } from '../shared/live/live-store.ts';
import { Empty } from '../shared/parts/message.tsx';
import { Panel } from '../shared/parts/panel.tsx';
import { SkeletonRows } from '../shared/parts/skeleton.tsx';
import { Switch } from '../shared/parts/switch.tsx';
import { tell } from '../shared/parts/toast-store.ts';
import { setPaused } from '../shared/phone/call-commands.ts';
import { useNow } from '../shared/time/wall-clock.ts';

type MyHotline = MyHotlinesView['hotlines'][number];

/** Pushes follow a change within moments; after this time the screen shows what is. */
const patience = 5_000;

/** Where this person takes calls, with a switch each, and a pause for all of them. */
export function MyHotlines() {
  const w = useWords();
  const { hotlines } = useLive();
  const paused = hotlines?.paused === true;
  return (
    <Panel
      title={w('hotlines.title')}
      busy={hotlines === undefined}
      beside={
        <ToggleButton
          className="kern-btn kern-btn--tertiary phone-pause"
          isSelected={paused}
          isDisabled={hotlines === undefined}
          onChange={(on) => void setPaused(on)}
        >
          <Icon name="coffee" />
          <span className="kern-label">{w('hotlines.pause')}</span>
        </ToggleButton>
      }
    >
      {hotlines === undefined ? (
        <SkeletonRows rows={2} columns={[20, 60, 20]} />
      ) : hotlines.hotlines.length === 0 ? (
        <Empty icon="support_agent" title={w('hotlines.none')}>
          <p className="al-s">{w('hotlines.noneText')}</p>
        </Empty>
      ) : (
        <ul className="al-list">
          {hotlines.hotlines.map((hotline) => (
            <HotlineRow key={hotline.hotlineId} hotline={hotline} paused={paused} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function HotlineRow({ hotline, paused }: { readonly hotline: MyHotline; readonly paused: boolean }) {
  const w = useWords();
  const now = useNow();
  // Shows the wish until the pushed state has caught up; goes back when the house refuses or stays silent.
  const [wish, setWish] = useState<boolean>();
  const loggedIn = wish ?? hotline.loggedIn;
  useEffect(() => {
    if (wish === undefined) return undefined;
    const timer = setTimeout(() => setWish(undefined), wish === hotline.loggedIn ? 0 : patience);
    return () => clearTimeout(timer);
  }, [wish, hotline.loggedIn]);
  const change = async (wanted: boolean): Promise<void> => {
    setWish(wanted);
    try {
      await callRoute(hotlineRoutes.setLogin, { params: { id: hotline.hotlineId }, body: { loggedIn: wanted } });
      announce(words(wanted ? 'hotlines.nowIn' : 'hotlines.nowOut', { name: hotline.name }));
    } catch (error) {
      setWish(undefined);
      tell(problemSentence(error, words), 'problem');
    }
  };
  const state = !hotline.open
    ? 'hotlines.closed'
    : !loggedIn
      ? 'hotlines.out'
      : paused
        ? 'hotlines.paused'
        : 'hotlines.in';
  return (
    <li>
      <Switch
        label={w('hotlines.switch', { name: hotline.name })}
        isSelected={loggedIn}
        onChange={(wanted) => void change(wanted)}
      />
      <span className="al-grow">
        <b className="al-block">{hotline.name}</b>
        <small className="al-muted">
          {hotline.extension === undefined ? '' : `${extensionText(hotline.extension)} · `}
          {w(state)}
        </small>
      </span>
      <span className="al-right">
        <b className="al-num al-block">{w('hotlines.waiting', { count: hotline.waiting })}</b>
        {hotline.longestSince !== undefined && (
          <small className="al-muted al-num">
            {w('hotlines.longest', { time: runningTime(now - hotline.longestSince) })}
          </small>
        )}
      </span>
    </li>
  );
}

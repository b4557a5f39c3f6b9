import './shell.css';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { BrandMark } from '../../shared/parts/brand.tsx';
import { IconButton } from '../../shared/parts/button.tsx';
import { LiveRegions } from '../../shared/parts/live-regions.tsx';
import { ToastPlace } from '../../shared/parts/toast.tsx';
import { useWords } from '../../shared/language/words.ts';
import { startCall, useCallCards } from '../../shared/phone/call-commands.ts';
import { PeopleSearch } from '../../shared/phone/people-search.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { useCallAnnouncer } from './call-announcer.ts';
import { CallBar } from './call-bar.tsx';
import { CallKeys } from './call-keys.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { DeviceButton } from './device-button.tsx';
import { KeysHelp, openKeysHelp } from './keys-help.tsx';
import { LookMenu } from './look-menu.tsx';
import { OwnStatusMenu } from './own-status-menu.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { Rail } from './rail.tsx';
import { useFocusReturn } from './use-focus-return.ts';
import { useHouse } from './use-house.ts';
import { useWindowTitle } from './use-window-title.ts';

/** Pages with a search of their own; the strip's is not drawn twice. */
const ownSearch = ['/team', '/admin', '/calls'];

/** Everything around the pages. */
export function Shell() {
  useHouse();
  useCallAnnouncer();
  useWindowTitle();
  useFocusReturn();
  const w = useWords();
  const place = useRouterState({ select: (state) => state.location });
  const wall = place.pathname === '/board' && (place.search as { wall?: boolean }).wall === true;
  return (
    <div className={`al-shell ${wall ? 'al-shell--wall' : ''}`}>
      <a className="al-skip" href="#main">
        {w('nav.skip')}
      </a>
      {!wall && <Frame path={place.pathname} />}
      <main id="main" className="al-main" tabIndex={-1}>
        {wall && <CallBar />}
        <ConnectionBanner />
        <Outlet />
      </main>
      {!wall && <BottomBar />}
      <CallKeys />
      <KeysHelp />
      <PasswordDialog />
      <ToastPlace />
      <LiveRegions />
    </div>
  );
}

function Frame({ path }: { readonly path: string }) {
  const w = useWords();
  const { main } = useCallCards();
  const inHand = main.kind === 'call' || main.kind === 'ringing';
  return (
    <>
      <header className="al-top">
        <div className="al-brand">
          <BrandMark />
          <span>{w('brand')}</span>
        </div>
        <Strip path={path} barShown={inHand && path !== '/phone'} />
      </header>
      <Rail />
    </>
  );
}

function Strip({ path, barShown }: { readonly path: string; readonly barShown: boolean }) {
  const w = useWords();
  const searches = !ownSearch.some((prefix) => path.startsWith(prefix));
  return (
    <div className="al-strip">
      <span className="al-strip__mark">
        <BrandMark />
      </span>
      <OwnStatusMenu />
      {searches && !barShown && <PeopleSearch onChoose={(to) => void startCall(to)} />}
      <span className="al-strip__space" />
      {barShown && <CallBar />}
      <DeviceButton />
      <IconButton className="al-strip__keys" icon="keyboard" label={w('keys.show')} onPress={openKeysHelp} />
      <LookMenu />
    </div>
  );
}

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Icon } from '../../shared/icons/icon.tsx';
import { useWords } from '../../shared/language/words.ts';
import { useLive } from '../../shared/live/live-store.ts';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { useIsAllowed, useSignOut } from '../../shared/session/session.tsx';
import { LookChoices } from './look-menu.tsx';
import { pages, type PageEntry } from './pages.ts';

const direct = ['/phone', '/messages', '/team'];

/** Navigation within thumb reach on telephones. */
export function BottomBar() {
  const w = useWords();
  const [open, setOpen] = useState(false);
  const { openMessages } = useLive();
  return (
    <nav className="m-nav" aria-label={w('nav.label')}>
      {pages
        .filter((entry) => direct.includes(entry.to))
        .map((entry) => (
          <Link key={entry.to} to={entry.to} activeProps={{ 'aria-current': 'page' }}>
            {({ isActive }) => (
              <>
                <Icon name={isActive ? entry.currentIcon : entry.icon} size={24} />
                <span>{w(entry.words)}</span>
                {entry.to === '/messages' && openMessages > 0 && <span className="al-count">{openMessages}</span>}
              </>
            )}
          </Link>
        ))}
      <AriaButton className="m-nav__more" onPress={() => setOpen(true)}>
        <Icon name="more_horiz" size={24} />
        <span>{w('nav.more')}</span>
      </AriaButton>
      <MoreDialog isOpen={open} onClose={() => setOpen(false)} />
    </nav>
  );
}

function MoreDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const w = useWords();
  const signOut = useSignOut();
  const isAdmin = useIsAllowed('admin');
  const rest = pages.filter((entry: PageEntry) => !direct.includes(entry.to) && (entry.role === undefined || isAdmin));
  return (
    <Dialog title={w('nav.more')} isOpen={isOpen} onClose={onClose}>
      <ul className="m-more">
        {rest.map((entry) => (
          <li key={entry.to}>
            <Link to={entry.to} className="al-menu__item" onClick={onClose}>
              <Icon name={entry.icon} />
              {w(entry.words)}
            </Link>
          </li>
        ))}
        <li>
          <AriaButton className="al-menu__item m-more__button" onPress={() => void signOut()}>
            <Icon name="logout" />
            {w('nav.signOut')}
          </AriaButton>
        </li>
      </ul>
      <LookChoices />
    </Dialog>
  );
}

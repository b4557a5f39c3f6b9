import { Link } from '@tanstack/react-router';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { extensionText, initials } from '../../shared/format/formats.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { useWords } from '../../shared/language/words.ts';
import { useLive } from '../../shared/live/live-store.ts';
import { Avatar } from '../../shared/parts/message.tsx';
import { Count } from '../../shared/parts/panel.tsx';
import { useIsAllowed, useSession, useSignOut } from '../../shared/session/session.tsx';
import { pages, type PageEntry } from './pages.ts';
import { openPassword } from './password-dialog.tsx';

function RailLink({ entry }: { readonly entry: PageEntry }) {
  const w = useWords();
  const { openMessages } = useLive();
  return (
    <Link
      to={entry.to}
      title={w(entry.words)}
      activeProps={{ 'aria-current': 'page' }}
      activeOptions={{ includeSearch: false }}
    >
      {({ isActive }) => (
        <>
          <Icon name={isActive ? entry.currentIcon : entry.icon} />
          <span className="al-nav__word">{w(entry.words)}</span>
          {entry.to === '/messages' && openMessages > 0 && (
            <>
              <Count value={openMessages} />
              <span className="kern-sr-only">{w('nav.openMessages')}</span>
            </>
          )}
        </>
      )}
    </Link>
  );
}

/** What this person may open, and who they are. */
export function Rail() {
  const w = useWords();
  const isAdmin = useIsAllowed('admin');
  const groups = (['work', 'overview', 'house'] as const)
    .map((group) => pages.filter((one) => one.group === group && (one.role === undefined || isAdmin)))
    .filter((group) => group.length > 0);
  return (
    <nav className="al-nav" aria-label={w('nav.label')}>
      {groups.map((group, index) => (
        <div key={index} className="al-nav__group">
          {group.map((entry) => (
            <RailLink key={entry.to} entry={entry} />
          ))}
        </div>
      ))}
      <RailFoot />
    </nav>
  );
}

function RailFoot() {
  const w = useWords();
  const session = useSession();
  const signOut = useSignOut();
  const name = `${session.firstName} ${session.lastName}`;
  return (
    <div className="al-nav__foot">
      <MenuTrigger>
        <AriaButton className="al-nav__person" aria-label={w('nav.person', { name })}>
          <Avatar letters={initials(name)} />
          <span className="al-grow al-nav__word">
            <b className="al-s al-block al-ellipsis">{name}</b>
            <span className="al-xs al-muted al-block al-ellipsis">
              {session.extension === undefined
                ? session.departmentName
                : `${session.departmentName} · ${extensionText(session.extension)}`}
            </span>
          </span>
        </AriaButton>
        <Popover className="al-popover" placement="top start">
          <Menu className="al-menu" onAction={openPassword} aria-label={name}>
            <MenuItem id="password" className="al-menu__item">
              <Icon name="key" />
              {w('password.title')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <AriaButton className="al-nav__leave" onPress={() => void signOut()}>
        <Icon name="logout" />
        <span className="al-nav__word">{w('nav.signOut')}</span>
      </AriaButton>
    </div>
  );
}

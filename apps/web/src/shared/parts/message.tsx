import './message.css';
import type { ReactNode } from 'react';
import { Icon } from '../icons/icon.tsx';
import type { IconName } from '../icons/icons.ts';

interface NoteProps {
  readonly look?: 'wrap' | 'hold' | 'late' | 'live' | 'plain';
  readonly icon: IconName;
  readonly children: ReactNode;
}

/** A sentence worth a colour, in the flow of the page. */
export const Note = ({ look = 'plain', icon, children }: NoteProps) => (
  <div className={`al-note al-note--${look}`}>
    <Icon name={icon} />
    <div className="al-grow">{children}</div>
  </div>
);

interface EmptyProps {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ReactNode;
}

/** Nothing here, and what to do next. */
export const Empty = ({ icon, title, children }: EmptyProps) => (
  <div className="al-empty">
    {icon !== undefined && <Icon name={icon} size={32} />}
    <p className="al-empty__title">{title}</p>
    {children}
  </div>
);

interface TagProps {
  readonly look?: 'plain' | 'live' | 'hold' | 'late' | 'wrap';
  readonly icon?: IconName;
  readonly children: ReactNode;
}

export const Tag = ({ look = 'plain', icon, children }: TagProps) => (
  <span className={`al-tag al-tag--${look}`}>
    {icon !== undefined && <Icon name={icon} size={16} />}
    {children}
  </span>
);

interface StateWordProps {
  readonly look: 'live' | 'hold' | 'wrap' | 'late' | 'ink';
  readonly icon?: IconName;
  readonly children: ReactNode;
}

/** A state as word and icon; the colour only repeats it. */
export const StateWord = ({ look, icon, children }: StateWordProps) => (
  <span className={`al-state al-state--${look}`}>
    {icon !== undefined && <Icon name={icon} size={look === 'ink' ? 16 : 20} />}
    {children}
  </span>
);

export const Avatar = ({ letters }: { readonly letters: string }) => (
  <span className="al-avatar" aria-hidden="true">
    {letters}
  </span>
);

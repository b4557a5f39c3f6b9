import type { IconName } from '../../shared/icons/icons.ts';
import type { SentenceId } from '../../shared/language/words.ts';

export interface PageEntry {
  readonly to: '/phone' | '/team' | '/board' | '/calls' | '/messages' | '/my-phone' | '/admin';
  readonly words: SentenceId;
  readonly icon: IconName;
  readonly currentIcon: IconName;
  readonly group: 'work' | 'overview' | 'house';
  readonly role?: 'admin';
}

/** The rail, top to bottom. */
export const pages: readonly PageEntry[] = [
  { to: '/phone', words: 'nav.phone', icon: 'call', currentIcon: 'call-fill', group: 'work' },
  { to: '/messages', words: 'nav.messages', icon: 'voicemail', currentIcon: 'voicemail-fill', group: 'work' },
  { to: '/team', words: 'nav.team', icon: 'group', currentIcon: 'group-fill', group: 'work' },
  { to: '/calls', words: 'nav.calls', icon: 'history', currentIcon: 'history-fill', group: 'work' },
  {
    to: '/my-phone',
    words: 'nav.myPhone',
    icon: 'phone_forwarded',
    currentIcon: 'phone_forwarded-fill',
    group: 'work',
  },
  { to: '/board', words: 'nav.board', icon: 'bar_chart', currentIcon: 'bar_chart-fill', group: 'overview' },
  { to: '/admin', words: 'nav.admin', icon: 'tune', currentIcon: 'tune-fill', group: 'house', role: 'admin' },
];

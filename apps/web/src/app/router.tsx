import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { LostPage, OverPage } from './lost-page.tsx';
import { StaffGate } from './staff-gate.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: LostPage, errorComponent: OverPage });

/** One-time links may carry the page behind `#`, so that no proxy logs the token. */
function followHash(): void {
  const [path, query = ''] = location.hash.slice(1).split('?');
  if (path === '/setup') history.replaceState(null, '', `/setup?${query}`);
}
followHash();

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search): { token?: string } =>
    typeof search['token'] === 'string' ? { token: search['token'] } : {},
  component: lazyRouteComponent(() => import('../login/setup-page.tsx'), 'SetupPage'),
});

const staff = createRoute({ getParentRoute: () => root, id: 'staff', component: StaffGate });
const page = <const Path extends string>(path: Path, load: () => Promise<object>, name: string) =>
  createRoute({
    getParentRoute: () => staff,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<string, () => React.ReactNode>>, name),
  });

const start = createRoute({
  getParentRoute: () => staff,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/phone', throw: true });
  },
});
const board = createRoute({
  getParentRoute: () => staff,
  path: '/board',
  validateSearch: (search): { hotline?: string; wall?: true } => ({
    ...(typeof search['hotline'] === 'string' ? { hotline: search['hotline'] } : {}),
    ...(search['wall'] === true ? { wall: true as const } : {}),
  }),
  component: lazyRouteComponent(() => import('../board/board-page.tsx'), 'BoardPage'),
});
const adminStart = createRoute({
  getParentRoute: () => staff,
  path: '/admin',
  beforeLoad: () => {
    redirect({ to: '/admin/$section', params: { section: 'people' }, throw: true });
  },
});

const admin = createRoute({
  getParentRoute: () => staff,
  path: '/admin/$section',
  // Of the section on signalling: which call.
  validateSearch: (search): { call?: string } => (typeof search['call'] === 'string' ? { call: search['call'] } : {}),
  component: lazyRouteComponent(() => import('../admin/admin-page.tsx'), 'AdminPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    setup,
    staff.addChildren([
      start,
      page('/phone', () => import('../phone/phone-page.tsx'), 'PhonePage'),
      page('/team', () => import('../team/team-page.tsx'), 'TeamPage'),
      page('/calls', () => import('../calls/calls-page.tsx'), 'CallsPage'),
      page('/my-phone', () => import('../own-phone/own-phone-page.tsx'), 'OwnPhonePage'),
      page('/messages', () => import('../messages/messages-page.tsx'), 'MessagesPage'),
      board,
      adminStart,
      admin,
    ]),
  ]),
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

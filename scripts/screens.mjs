// npm run screens: pictures of the running product into docs/screens.
import { ensureDependencies, node24, root, run } from './node24.mjs';

ensureDependencies();
const { ensurePrograms } = await import('./programs.mjs');
ensurePrograms();
const { ensureWebBuild } = await import('./web-build.mjs');
ensureWebBuild();
process.exit(run(node24(), ['--disable-warning=ExperimentalWarning', `${root}/e2e/screens/take-screens.ts`]));

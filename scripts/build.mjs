// npm run build: everything that a start would build, without starting.
import { ensureDependencies } from './node24.mjs';
import { ensureWebBuild } from './web-build.mjs';

ensureDependencies();
ensureWebBuild();

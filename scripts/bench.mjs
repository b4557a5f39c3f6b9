// npm run bench: measures a house started for it; names of single benches may follow, `--runs N` (default 5).
import { ensureDependencies, node24, root, run } from './node24.mjs';

ensureDependencies();
const { ensureWebBuild } = await import('./web-build.mjs');
ensureWebBuild();
process.exit(
  run(node24(), ['--disable-warning=ExperimentalWarning', `${root}/bench/main.ts`, ...process.argv.slice(2)]),
);

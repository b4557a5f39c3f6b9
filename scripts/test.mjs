// npm test: everything that CI runs; sets up what it needs. `--all` adds the long suites.
import { ensureDependencies, root, run } from './node24.mjs';

ensureDependencies();
const { ensurePrograms } = await import('./programs.mjs');
ensurePrograms();
const { ensureWebBuild } = await import('./web-build.mjs');
ensureWebBuild();

const all = process.argv.includes('--all');
const check = run('node', ['scripts/check.mjs'], { cwd: root });
if (check !== 0) process.exit(check);
const projects = ['database', 'e2e', ...(all ? ['long'] : [])].flatMap((name) => ['--project', name]);
process.exit(run('vitest', ['run', ...projects], { cwd: root }));

// npm test: everything that CI runs; sets up what it needs. `--all` adds the long suites.
import { ensureDependencies, root, run } from './node24.mjs';

ensureDependencies();
const { ensurePrograms } = await import('./programs.mjs');
ensurePrograms();
const { ensureWebBuild } = await import('./web-build.mjs');
ensureWebBuild();

const started = performance.now();
const suites = ['database', 'e2e', ...(process.argv.includes('--all') ? ['long'] : [])];
const steps = [
  ['check', 'node', ['scripts/check.mjs']],
  ['fuzz', 'node', ['scripts/run.mjs', 'scripts/fuzz/main.ts', '--seconds', '20']],
  // One suite after the other: stories with sound share the machine with two more at most.
  ...suites.map((name) => [name, 'vitest', ['run', '--project', name]]),
];
for (const [name, program, args] of steps) {
  const from = performance.now();
  const status = run(program, args, { cwd: root });
  const seconds = ((performance.now() - from) / 1000).toFixed(0);
  process.stderr.write(`${status === 0 ? 'ok' : 'FAILED'}  ${name}  ${seconds} s\n`);
  if (status !== 0) process.exit(status);
}
process.stderr.write(`all passed in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);

// npm run check: types, lint, import rules, dead code, unit tests. Stops at the first failure.
import { ensureDependencies, root, run } from './node24.mjs';

ensureDependencies();
const started = performance.now();
const steps = [
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['types of the web app', 'tsc', ['-p', 'apps/web/tsconfig.json']],
  ['lint', 'eslint', ['.', '--max-warnings', '0']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['import rules', 'depcruise', ['--config', '.dependency-cruiser.mjs', 'packages', 'apps']],
  ['dead code', 'knip', []],
  ['RFC coverage', 'node', ['scripts/run.mjs', 'scripts/rfc-coverage/main.ts', '--check']],
  ['torture table', 'node', ['scripts/run.mjs', 'scripts/sip-torture/main.ts', '--check']],
  ['unit tests', 'vitest', ['run', '--project', 'unit']],
];
for (const [name, program, args] of steps) {
  const from = performance.now();
  const status = run(program, args, { cwd: root });
  process.stderr.write(
    `${status === 0 ? 'ok' : 'FAILED'}  ${name}  ${((performance.now() - from) / 1000).toFixed(1)} s\n`,
  );
  if (status !== 0) process.exit(status);
}
process.stderr.write(`check passed in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);

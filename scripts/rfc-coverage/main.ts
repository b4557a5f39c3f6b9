// npm run rfc-coverage writes docs/rfc-coverage.md; with --check it only says whether that page is right.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { namedTests } from './named-tests.ts';
import { render } from './render.ts';
import { judge } from './requirements.ts';
import type { RequirementsFile } from './requirements.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = `${root}docs/rfc-coverage.md`;
const patterns = [
  'packages/*/src/**/*.test.ts',
  'apps/*/src/**/*.test.{ts,tsx}',
  'e2e/**/*.{test,long}.ts',
  'scripts/**/*.test.ts',
];

const files = globSync(patterns, { cwd: root }).toSorted();
const tests = files.flatMap((file) => namedTests(file, readFileSync(`${root}${file}`, 'utf8')));
const requirements = JSON.parse(readFileSync(`${root}docs/rfc-musts.json`, 'utf8')) as RequirementsFile;
const { proven, faults } = judge(requirements, tests);
const problems = [...faults];
const text = render(requirements, proven, tests);

if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text)
  problems.push('docs/rfc-coverage.md is out of date: npm run rfc-coverage');
for (const fault of problems) process.stderr.write(`${fault}\n`);
process.exit(problems.length > 0 ? 1 : 0);

import type { NamedTest } from './named-tests.ts';
import type { NotImplemented, ProvenRequirement, RequirementsFile } from './requirements.ts';

const intro = `# What the standards demand, and which test proves it

Written by \`npm run rfc-coverage\` from the names of the tests and from [rfc-musts.json](rfc-musts.json), the list of
what we implement and of what we knowingly do not. \`npm run check\` fails when this page is not up to date, when a demand
has no test, or when the list names a test that is not there. Placeholders (\`%s\`) stand in the names of tests that run
over a table.
`;

/** The whole page. */
export function render(
  file: RequirementsFile,
  proven: readonly ProvenRequirement[],
  tests: readonly NamedTest[],
): string {
  const numbers = [
    ...new Set([
      ...[...proven, ...file.notImplemented].map((one) => one.rfc),
      ...tests.flatMap((test) => test.clauses.map((clause) => clause.rfc)),
    ]),
  ];
  const rfcs = numbers.toSorted((left, right) => left - right);
  const summary = rfcs.map((rfc) => {
    const own = proven.filter((one) => one.rfc === rfc);
    const covered = own.filter((one) => one.proofs.length > 0).length;
    const left = file.notImplemented.filter((one) => one.rfc === rfc).length;
    const counts = `${covered} of ${own.length} | ${left === 0 ? '' : left} | ${testsOf(tests, rfc).length}`;
    return `| [${rfc}](#rfc-${rfc}) | ${file.titles[rfc] ?? ''} | ${counts} |`;
  });
  const sections = rfcs.map((rfc) => renderRfc(rfc, file, proven, tests));
  return [
    intro,
    '| RFC | | demands proven | knowingly not done | tests |\n|---|---|---|---|---|',
    ...summary,
    '',
    ...sections,
    '',
  ].join('\n');
}

function renderRfc(
  rfc: number,
  file: RequirementsFile,
  proven: readonly ProvenRequirement[],
  tests: readonly NamedTest[],
): string {
  const own = proven.filter((one) => one.rfc === rfc);
  const named = new Set(own.flatMap((one) => one.proofs));
  const rows = own.map((one) => ({
    section: one.section,
    text: `| §${one.section} | ${cell(one.must)} | ${one.proofs.map(proof).join('<br>') || '**none**'} |`,
  }));
  const others = testsOf(tests, rfc)
    .filter((test) => !named.has(test))
    .map((test) => {
      const section = test.clauses.find((clause) => clause.rfc === rfc)!.section;
      return { section, text: `| §${section} | | ${proof(test)} |` };
    });
  const ordered = [...rows, ...others].toSorted((left, right) => bySection(left.section, right.section));
  const title = file.titles[rfc] ? `\n${file.titles[rfc]}\n` : '';
  return [
    `## RFC ${rfc}\n${title}`,
    '| clause | demand | proof |\n|---|---|---|',
    ...ordered.map((row) => row.text),
    ...renderNotImplemented(file.notImplemented.filter((one) => one.rfc === rfc)),
    '',
  ].join('\n');
}

function renderNotImplemented(left: readonly NotImplemented[]): readonly string[] {
  if (left.length === 0) return [];
  const ordered = left.toSorted((one, other) => bySection(one.section, other.section));
  return [
    '\nKnowingly not done:\n',
    '| clause | demand | why not |\n|---|---|---|',
    ...ordered.map(({ section, must, why }) => `| §${section} | ${cell(must)} | ${cell(why)} |`),
  ];
}

function testsOf(tests: readonly NamedTest[], rfc: number): readonly NamedTest[] {
  return tests.filter((test) => test.clauses.some((clause) => clause.rfc === rfc));
}

function proof(test: NamedTest): string {
  const text = test.name.replace(/^(?:RFC \d+ §[\w.]+(?:, )?)+:? */, '');
  return `${cell(text === '' ? 'by table' : text)} ([${test.file.split('/').at(-1)}](../${test.file}))`;
}

/** What a cell of a table may hold. */
function cell(text: string): string {
  return text.replace(/[|<>]/g, (character) => `\\${character}`).replace(/\n/g, ' ');
}

/** `9.1` before `10.2`, appendices last. */
function bySection(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

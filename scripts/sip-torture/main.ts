// npm run sip-torture writes docs/sip-torture.md; with --check it only says whether that page is right.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answerTo, isAsAsked, tortureBytes, tortureVectors } from '@amtsleitung/sip/testing';
import type { TortureProfile, TortureVector } from '@amtsleitung/sip/testing';

const page = fileURLToPath(new URL('../../docs/sip-torture.md', import.meta.url));
const intro = `# Torture messages: what is asked, what is given

Written by \`npm run sip-torture\`: every message of RFC 4475 and RFC 5118 is sent to a user agent that serves everybody
(open) and to one that wants to know who asks (authenticated). The messages lie in
[packages/sip/testdata](../packages/sip/testdata); "none" is no answer at all. Whoever asks without credentials may be
challenged (401, 407) where the message itself is sound.
`;

interface Row {
  readonly vector: TortureVector;
  readonly cells: string;
  readonly isAsAsked: boolean;
}

async function rowOf(vector: TortureVector): Promise<Row> {
  const bytes = tortureBytes(vector);
  const profiles: readonly TortureProfile[] = ['open', 'authenticated'];
  const given = await Promise.all(profiles.map((profile) => answerTo(bytes, profile)));
  const isRight = profiles.every((profile, index) => isAsAsked(vector, profile, given[index]!));
  const { section, name, asks, note = '' } = vector;
  const verdict = isRight ? 'as asked' : 'survived';
  const cells = `| §${section} | ${name} | ${asks} | ${vector.accepts.join(' or ')} | ${given.join(' | ')} | ${verdict} | ${note} |`;
  return { vector, cells, isAsAsked: isRight };
}

function section(rfc: number, rows: readonly Row[]): string {
  const own = rows.filter((row) => row.vector.rfc === rfc);
  const right = own.filter((row) => row.isAsAsked).length;
  const head =
    '| clause | message | the RFC asks | by | open | authenticated | verdict | |\n|---|---|---|---|---|---|---|---|';
  return [`## RFC ${rfc}: ${right} of ${own.length} as asked`, '', head, ...own.map((row) => row.cells), ''].join('\n');
}

const rows = await Promise.all(tortureVectors.map(rowOf));
const text = [intro, section(4475, rows), section(5118, rows)].join('\n');
if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  process.stderr.write('docs/sip-torture.md is out of date: npm run sip-torture\n');
  process.exit(1);
}

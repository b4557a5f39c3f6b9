import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import de from './catalogues/de.ts';
import en from './catalogues/en.ts';

const source = fileURLToPath(new URL('../../', import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts') && !file.includes('catalogues'))
  .map((file) => join(source, file));
const texts = new Map(files.map((file) => [relative(source, file), readFileSync(file, 'utf8')]));
const german: Readonly<Record<string, string>> = de;
const english: Readonly<Record<string, string>> = en;

/** The names of a sentence's values, plural rules included. */
const valuesOf = (sentence: string): readonly string[] =>
  [...new Set([...sentence.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1] ?? ''))].sort();

/** Words a component would show or speak: text between tags, and attributes that are read aloud. */
function shownTexts(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const spoken = /^(?:aria-label|title|alt|label|placeholder|hint|description)$/;
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}{2,}/u.test(node.text)) found.push(node.text.trim());
    if (
      ts.isJsxAttribute(node) &&
      spoken.test(node.name.getText()) &&
      node.initializer !== undefined &&
      ts.isStringLiteral(node.initializer) &&
      /\p{L}{2,}/u.test(node.initializer.text) &&
      german[node.initializer.text] === undefined
    )
      found.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

describe('the catalogues', () => {
  it('say everything in both languages', () => expect(Object.keys(english).sort()).toEqual(Object.keys(german).sort()));
  it('use the same values in both languages', () => {
    for (const [id, sentence] of Object.entries(german))
      expect([id, valuesOf(english[id] ?? '')]).toEqual([id, valuesOf(sentence)]);
  });
  it('can be read by the machine', () => {
    for (const sentence of [...Object.values(german), ...Object.values(english)])
      expect(() => compileMessage(sentence)).not.toThrow();
  });
  it('speak to adults: no exclamation marks, no "successful", no empty sentence', () => {
    for (const [id, sentence] of [...Object.entries(german), ...Object.entries(english)])
      expect(`${id}: ${sentence}`).toMatch(/: (?!.*(?:!|[Ee]rfolgreich|[Ss]uccessful)).+$/);
  });
  it('hold no sentence that nothing shows', () => {
    const all = [...texts.values()].join('\n');
    const families = [...all.matchAll(/`([a-zA-Z-]+(?:\.[a-zA-Z-]+)*\.[a-zA-Z-]*)\$\{/g)].map(
      (match) => match[1] ?? '',
    );
    const unused = Object.keys(german).filter(
      (id) => !all.includes(`'${id}'`) && !all.includes(`"${id}"`) && !families.some((family) => id.startsWith(family)),
    );
    expect(unused).toEqual([]);
  });
});

describe('components', () => {
  it('hold no text of their own', () => {
    const found = [...texts]
      .filter(([file]) => file.endsWith('.tsx'))
      .flatMap(([file, text]) => shownTexts(file, text).map((words) => `${file}: ${words}`));
    expect(found).toEqual([]);
  });
  it('use every icon that is bundled', () => {
    const icons = texts.get('shared/icons/icons.ts') ?? '';
    const names = [...icons.matchAll(/rounded\/([a-z_-]+)\.svg/g)].map((match) => match[1] ?? '');
    const rest = [...texts]
      .filter(([file]) => !file.endsWith('icons.ts'))
      .map(([, text]) => text)
      .join('\n');
    expect(names.filter((name) => !rest.includes(`'${name}'`) && !rest.includes(`"${name}"`))).toEqual([]);
  });
});

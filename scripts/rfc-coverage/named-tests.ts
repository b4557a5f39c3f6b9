import ts from 'typescript';

/** A test whose name begins with a clause of an RFC. */
export interface NamedTest {
  /** As written in the source, placeholders of `it.each` included. */
  readonly name: string;
  /** Path from the root of the checkout. */
  readonly file: string;
  readonly clauses: readonly Clause[];
}

export interface Clause {
  readonly rfc: number;
  /** `17.1.1.2`, or `B.2` in an appendix. */
  readonly section: string;
}

const testFunctions = ['it', 'test'];

/** The tests of one source file that run always and are named after a clause. */
export function namedTests(file: string, source: string): readonly NamedTest[] {
  if (!/RFC \d+ §/.test(source)) return [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true);
  const found: NamedTest[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      for (const name of namesOf(node)) {
        const clauses = clausesOf(name);
        if (clauses.length > 0) found.push({ name, file, clauses });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** `RFC 3261 §9.1, RFC 3262 §3: …` names two. */
export function clausesOf(name: string): readonly Clause[] {
  const head = /^(?:RFC \d+ §[\w.]+(?:, )?)+/.exec(name)?.[0] ?? '';
  return [...head.matchAll(/RFC (\d+) §(\w+(?:\.\w+)*)/g)].map(([, rfc, section]) => ({
    rfc: Number(rfc),
    section: section!,
  }));
}

/** Titles of `it('…')` and `it.each(rows)('…')`; where the title is a row's first string, those strings. */
function namesOf(call: ts.CallExpression): readonly string[] {
  const title = textOf(call.arguments[0]);
  if (title === undefined) return [];
  const rows = eachRows(call.expression);
  if (rows) return title.startsWith('%s') ? rows.flatMap((row) => firstText(row) ?? []) : [title];
  return ts.isIdentifier(call.expression) && testFunctions.includes(call.expression.text) ? [title] : [];
}

/** The rows of `it.each(rows)`; empty when they are not written there; undefined for anything else. */
function eachRows(callee: ts.Expression): readonly ts.Expression[] | undefined {
  const isEach =
    ts.isCallExpression(callee) &&
    ts.isPropertyAccessExpression(callee.expression) &&
    callee.expression.name.text === 'each' &&
    ts.isIdentifier(callee.expression.expression) &&
    testFunctions.includes(callee.expression.expression.text);
  if (!isEach) return undefined;
  const table = withoutCasts(callee.arguments[0]);
  return table && ts.isArrayLiteralExpression(table) ? table.elements : [];
}

function firstText(row: ts.Expression): string | undefined {
  const plain = withoutCasts(row);
  return textOf(plain && ts.isArrayLiteralExpression(plain) ? plain.elements[0] : plain);
}

function withoutCasts(node: ts.Expression | undefined): ts.Expression | undefined {
  return node && (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) ? withoutCasts(node.expression) : node;
}

function textOf(node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

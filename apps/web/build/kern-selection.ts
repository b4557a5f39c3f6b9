/** The part of a style sheet node this file touches. */
interface StyleNode {
  type: string;
  selector?: string;
  source?: { input: { file?: string } };
  nodes?: StyleNode[];
  prop?: string;
  remove(): unknown;
}

/** What we take from KERN: its tokens, its buttons and the class that hides text from eyes only. */
const taken = /^:root$|data-kern-theme|^\.kern-btn|^\.kern-sr-only/;

const definesTokens = (node: StyleNode): boolean =>
  (node.nodes ?? []).some((child) => child.prop?.startsWith('--kern-') === true);

const isTaken = (rule: StyleNode): boolean => {
  const selector = rule.selector ?? '';
  // The theme attribute paints the page as well; only its tokens are wanted.
  return taken.test(selector) && (definesTokens(rule) || !selector.includes('data-kern-theme'));
};

function select(parent: StyleNode): void {
  for (const node of [...(parent.nodes ?? [])]) {
    if (node.type === 'atrule' && node.nodes !== undefined) {
      select(node);
      if (node.nodes.length === 0) node.remove();
    } else if (node.source?.input.file?.endsWith('kern.css') === true && !(node.type === 'rule' && isTaken(node)))
      node.remove();
  }
}

/** KERN's whole sheet is 340 kB, mostly grid and utilities: keeps only what the staff app uses. */
export const kernSelection = { postcssPlugin: 'kern-selection', Once: select };

/** The part of a style sheet node this file touches. */
interface StyleNode {
  type: string;
  selector?: string;
  source?: { input: { file?: string } };
  nodes?: StyleNode[];
  remove(): unknown;
}

/** What we take from KERN: its tokens, its buttons and the class that hides text from eyes only. */
const taken = /^:root$|data-kern-theme|^\.kern-btn|^\.kern-sr-only/;
/** KERN paints `html` and every element with these; both break a full-height page. */
const refused = /^\[data-kern-theme=(?:dark|light)\](?:,|$)/;

const definesTokens = (node: StyleNode): boolean =>
  (node.nodes ?? []).some((child) => JSON.stringify(child).includes('"prop":"--kern-'));

const isWanted = (node: StyleNode): boolean => {
  if (node.type === 'atrule') {
    for (const child of [...(node.nodes ?? [])]) if (!isWanted(child)) child.remove();
    return (node.nodes?.length ?? 0) > 0;
  }
  if (node.type !== 'rule' || !taken.test(node.selector ?? '')) return false;
  return definesTokens(node) || !refused.test(node.selector ?? '');
};

/** KERN's whole sheet is 340 kB, mostly grid and utilities: keeps only what the staff app uses. */
export const kernSelection = {
  postcssPlugin: 'kern-selection',
  Once(root: StyleNode): void {
    for (const node of [...(root.nodes ?? [])])
      if (node.source?.input.file?.endsWith('kern.css') === true && !isWanted(node)) node.remove();
  },
};

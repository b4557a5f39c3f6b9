import { readFile } from 'node:fs/promises';
import { compileMessage } from '@lingui/message-utils/compileMessage';

/** Translates the sentences' plural rules while building, so that browsers need no parser for them. */
export const compiledCatalogues = {
  name: 'compiled-catalogues',
  enforce: 'pre',
  async load(id: string): Promise<string | undefined> {
    if (!/\/catalogues\/(?:de|en)\/[a-z-]+\.json$/.test(id)) return undefined;
    const sentences = JSON.parse(await readFile(id, 'utf8')) as Record<string, string>;
    const compiled = Object.entries(sentences).map(([key, sentence]) => [key, compileMessage(sentence)]);
    return JSON.stringify(Object.fromEntries(compiled));
  },
} as const;

interface Bundle {
  [file: string]: { type: string; fileName: string };
}

/** Asks for the two weights every page needs before the style sheet has been read. */
export const fontPreload = {
  name: 'font-preload',
  transformIndexHtml: {
    order: 'post',
    handler(_html: string, context: { bundle?: unknown }) {
      const files = Object.values((context.bundle ?? {}) as Bundle).map((file) => file.fileName);
      return files
        .filter((file) => /FiraSans-(?:Regular|SemiBold)[^/]*\.woff2$/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true },
          injectTo: 'head' as const,
        }));
    },
  },
} as const;

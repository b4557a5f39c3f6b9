import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compiledCatalogues } from './build/compiled-catalogues.ts';
import { fontPreload } from './build/font-preload.ts';
import { kernSelection } from './build/kern-selection.ts';

/** Where a server of this house listens while the screens are being worked on. */
const house = process.env['AMTSLEITUNG_HOUSE'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), compiledCatalogues, fontPreload],
  css: { postcss: { plugins: [kernSelection as never] } },
  build: {
    outDir: 'dist',
    target: 'es2023',
    // The content security policy allows this origin's files only, no `data:` and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: house, ws: true },
      '/sip': { target: house, ws: true },
    },
  },
});

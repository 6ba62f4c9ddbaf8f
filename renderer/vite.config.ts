import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The window's build. Everything is a file of its own from our own origin: no inlined fonts (data: addresses) and
 * no inline script for preloading, because the content security policy allows neither.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
    // The desk, and the trainer's console of the training world: two pages that share their parts.
    rolldownOptions: {
      input: [`${import.meta.dirname}/index.html`, `${import.meta.dirname}/trainer.html`],
      output: {
        codeSplitting: {
          groups: [
            // Zod is told how the page is before any chunk makes its first schema: one chunk, which all others import.
            { name: 'zod', test: /node_modules[\\/]zod[\\/]|renderer[\\/]without-eval/ },
          ],
        },
      },
    },
    emptyOutDir: true,
    // Electron's own Chromium and the current browsers of the browser host: light-dark() and :has() stay as written.
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Loaded from this very PC: one file is quicker than several.
    chunkSizeWarningLimit: 1500,
  },
});

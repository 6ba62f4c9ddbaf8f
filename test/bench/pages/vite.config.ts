import { defineConfig } from 'vite';

/**
 * The benches' own pages, beside the built window so that the real browser host serves them from the same origin:
 * the desk without its screens, and an empty page.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: {
    outDir: '../../../out/renderer/bench',
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ['desk.html', 'empty.html'].map((page) => `${import.meta.dirname}/${page}`),
    },
  },
});

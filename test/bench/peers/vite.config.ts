import { defineConfig } from 'vite';

/** The peers' pages, each with one peer in it: two copies of Dexie in one page refuse to work. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: {
    outDir: '../../../out/bench-peers',
    emptyOutDir: true,
    target: 'chrome140',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: ['pouch.html', 'rx.html'].map((page) => `${import.meta.dirname}/${page}`),
    },
  },
});

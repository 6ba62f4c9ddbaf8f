import { resolve } from 'node:path';
import { type InlineConfig } from 'vite';

/** Two builds, run by main/build.ts: the main process as ESM, the preload as one self-contained CommonJS file. */
const root = resolve(import.meta.dirname, '../../..');
const common: InlineConfig = { configFile: false, root, logLevel: 'warn', publicDir: false };

export const mainBuild: InlineConfig = {
  ...common,
  // Every package is in the one file: an installed Lantern has no node_modules, and nothing in it that is not run.
  ssr: { noExternal: true },
  build: {
    ssr: 'main/hosts/electron/main.ts',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'main.js' }, external: ['electron'] },
  },
};

/** The training world is a program of its own: the desk's has no way into it, nor it into the desk's. */
export const trainingBuild: InlineConfig = {
  ...common,
  ssr: { noExternal: true },
  build: {
    ...mainBuild.build,
    ssr: 'main/hosts/electron/training.ts',
    emptyOutDir: false,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'training.js' }, external: ['electron'] },
  },
};

/** What starts one of the two by its arguments. */
export const entryBuild: InlineConfig = {
  ...common,
  build: {
    ...mainBuild.build,
    ssr: 'main/hosts/electron/entry.ts',
    emptyOutDir: false,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'entry.js' } },
  },
};

export const preloadBuild: InlineConfig = {
  ...common,
  build: {
    // A sandboxed preload can load nothing but 'electron'; everything else must be in the file.
    emptyOutDir: false,
    target: 'chrome140',
    minify: false,
    lib: { entry: 'main/hosts/electron/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
};

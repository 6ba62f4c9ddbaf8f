import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { entryBuild, mainBuild, preloadBuild, trainingBuild } from './hosts/electron/vite.config.ts';

/** Builds everything under out/: the window, and Electron's main process and preload. */
export async function buildAll(root: string): Promise<void> {
  await buildElectron();
  await buildRenderer(root);
}

/** What Electron runs: the main process and the preload. `outDir` is below the repository, for node_modules. */
export async function buildElectron(outDir = 'out/main'): Promise<void> {
  await build(electronBuild(mainBuild, outDir));
  await build(electronBuild(trainingBuild, outDir));
  await build(electronBuild(entryBuild, outDir));
  await buildPreload(outDir);
}

/** The preload alone: one self-contained file. */
export async function buildPreload(outDir: string): Promise<void> {
  await build(electronBuild(preloadBuild, outDir));
}

const electronBuild = (config: InlineConfig, outDir: string): InlineConfig => ({
  ...config,
  build: { ...config.build, outDir },
});

/** out/renderer: the window, the same files for both hosts. */
export async function buildRenderer(root: string): Promise<void> {
  const configFile = resolve(root, 'renderer/vite.config.ts');
  if (!existsSync(configFile))
    throw new Error('renderer/vite.config.ts is missing: the window cannot be built');
  await build({ configFile, logLevel: 'warn' });
}

if (import.meta.main) await buildAll(resolve(import.meta.dirname, '..'));

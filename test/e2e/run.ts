import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findOrInstallChromium } from './support/chromium.ts';

// npm run e2e [-- <filter>]          the product in the browser host, in a real Chromium
// npm run e2e:electron               the same scenarios on Electron; "not run" where its binary is missing

const say = (line: string): void => console.log(line);
const args = process.argv.slice(2);
const host = args.includes('--host') ? args[args.indexOf('--host') + 1] : 'browser';
const rest = args.filter((arg, at) => arg !== '--host' && args[at - 1] !== '--host');

if (host === 'electron' && !electronBinary()) {
  say('Electron end-to-end: not run, because Electron’s binary is not installed on this machine.');
  process.exit(0);
}

const chromium = findOrInstallChromium(say);
say(`Chromium: ${chromium.path} (${chromium.how})`);

const build = spawnSync(process.execPath, ['main/build.ts'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);

const run = spawnSync('playwright', ['test', '--config', 'test/e2e/playwright.config.ts', ...rest], {
  stdio: 'inherit',
  env: { ...process.env, LANTERN_CHROMIUM: chromium.path, LANTERN_E2E_HOST: host },
});
process.exit(run.status ?? 1);

/** Where Electron's package would have put its binary; importing the package would try to download it. */
function electronBinary(): boolean {
  const root = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  return existsSync(join(root, 'path.txt')) && existsSync(join(root, 'dist'));
}

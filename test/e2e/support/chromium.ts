import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** A browser to test in, and one line saying where it came from. */
export interface FoundChromium {
  readonly path: string;
  readonly how: string;
}

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

/**
 * Finds a Chromium: LANTERN_CHROMIUM, then an installed one, then Playwright's own; else installs one, by
 * Playwright's download or, as root on Debian, by the `chromium` package. Throws, saying what to do, when all fail.
 */
export function findOrInstallChromium(say: (line: string) => void): FoundChromium {
  const found = findChromium();
  if (found !== undefined) return found;
  say('No Chromium is installed: trying Playwright’s own download.');
  const download = spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: 300_000,
  });
  if (download.status === 0 && existsSync(chromium.executablePath())) {
    return { path: chromium.executablePath(), how: 'just downloaded by Playwright' };
  }
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say('That did not work here: installing Debian’s chromium package.');
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const installed = findChromium();
    if (installed !== undefined)
      return { path: installed.path, how: 'just installed from Debian’s packages' };
  }
  throw new Error(
    'No Chromium could be found or installed. Install one and set LANTERN_CHROMIUM to its path.',
  );
}

function findChromium(): FoundChromium | undefined {
  const named = process.env['LANTERN_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error('LANTERN_CHROMIUM names a file that is not there.');
    return { path: named, how: 'named by LANTERN_CHROMIUM' };
  }
  for (const command of COMMANDS) {
    const path = spawnSync('which', [command], { encoding: 'utf8' }).stdout?.trim();
    if (path) return { path, how: 'installed on this machine' };
  }
  const place = PLACES.find((path) => existsSync(path));
  if (place !== undefined) return { path: place, how: 'installed on this machine' };
  const own = chromium.executablePath();
  return existsSync(own) ? { path: own, how: 'Playwright’s own' } : undefined;
}

/** Flags for a quiet browser in tests. As root Chromium needs --no-sandbox: in tests only, never in the product. */
export const CHROMIUM_FLAGS: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

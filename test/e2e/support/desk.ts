import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptCode } from '../../../hub/db/desk-rows.ts';
import { loadDemonstration } from '../../../hub/directory/demonstration.ts';
import { sha256 } from '../../../hub/digest.ts';
import { layOutLantern, type Lantern } from '../../support/lantern.ts';
import { CHROMIUM_FLAGS } from './chromium.ts';

/** A running Lantern with its window open in a real Chromium whose profile is on the disk. */
export interface OpenDesk {
  readonly lantern: Lantern;
  page(): Page;
  /** Ends Chromium without a goodbye and opens it again on the same profile. */
  crashAndReopen(): Promise<void>;
  /** The whole PC dies: Chromium and the desk's process, without a goodbye. */
  die(): Promise<void>;
  /** It is started again, with what is on its disk. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export async function openDesk(
  options: {
    dark?: boolean;
    hub?: boolean;
    beside?: OpenDesk;
    settings?: object;
    /** What the organisation has set on this PC. */
    policy?: object;
    /** The hub has the invented directory before the desk first asks. */
    directory?: boolean;
  } = {},
): Promise<OpenDesk> {
  const { beside } = options;
  const lantern =
    beside === undefined
      ? await layOutLantern()
      : await layOutLantern(() => Promise.resolve(beside.lantern.hubUrl), await anotherCode(beside.lantern));
  if (options.hub !== false && beside === undefined) await lantern.startHub();
  if (options.directory === true) await loadDemonstration((await lantern.database()).pool, Date.now());
  if (options.settings !== undefined) {
    const profile = join(lantern.data, 'browser', 'development');
    mkdirSync(profile, { recursive: true });
    writeFileSync(join(profile, 'config.json'), JSON.stringify(options.settings));
  }
  const policyFile = join(lantern.data, 'policy.json');
  if (options.policy !== undefined) writeFileSync(policyFile, JSON.stringify(options.policy));
  await lantern.startDesk(options.policy === undefined ? {} : { LANTERN_POLICY_FILE: policyFile });
  let context = await launch(lantern, options.dark ?? false);
  let page = context.pages()[0] ?? (await context.newPage());
  await page.goto(await lantern.address());
  return {
    lantern,
    page: () => page,
    async crashAndReopen() {
      // Cookies of the last seconds die with the browser: the desk prints another address when its window is gone.
      const address = lantern.nextAddress();
      killChromium(lantern);
      await context.close().catch(() => undefined);
      context = await launch(lantern, options.dark ?? false);
      page = context.pages()[0] ?? (await context.newPage());
      await page.goto(await address);
    },
    async die() {
      killChromium(lantern);
      await lantern.killDesk();
      await context.close().catch(() => undefined);
    },
    async comeBack() {
      await lantern.startDesk();
      context = await launch(lantern, options.dark ?? false);
      page = context.pages()[0] ?? (await context.newPage());
      await page.goto(await lantern.address());
    },
    async close() {
      await context.close();
      await lantern.stop();
    },
  };
}

/** A code that enrols one more desk at this desk's hub. */
async function anotherCode(lantern: Lantern): Promise<string> {
  const code = randomBytes(24).toString('base64url');
  const { pool } = await lantern.database();
  await acceptCode(pool, sha256(code), Date.now() + 600_000);
  return code;
}

function launch(lantern: Lantern, dark: boolean): Promise<BrowserContext> {
  const executablePath = process.env['LANTERN_CHROMIUM'];
  return chromium.launchPersistentContext(join(lantern.data, 'chromium'), {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...CHROMIUM_FLAGS],
    viewport: { width: 1280, height: 720 },
    colorScheme: dark ? 'dark' : 'light',
  });
}

/** SIGKILL to the browser process that runs on this test's own profile folder, found by its command line. */
function killChromium(lantern: Lantern): void {
  const folder = join(lantern.data, 'chromium');
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let line: string;
    try {
      line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      // The process ended while we looked.
      continue;
    }
    if (line.includes(`--user-data-dir=${folder}`)) process.kill(Number(pid), 'SIGKILL');
  }
}

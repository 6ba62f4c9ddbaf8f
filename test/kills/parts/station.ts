import { type Cookie } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, joinDatabase } from '../../../hub/db/open.ts';
import { readSettings } from '../../../hub/settings.ts';
import { removeDatabase } from '../../hub/support/process.ts';
import { type Running, runNode } from '../../support/process.ts';
import { ROOT } from '../../support/sources.ts';
import { type Copies } from '../verdict/judge.ts';
import { type Random } from '../verdict/random.ts';
import { Told } from '../verdict/told.ts';
import { readDraftFile, readJournalFiles } from '../raw/files.ts';
import { readHubRows } from '../raw/hub-database.ts';
import { readBeforeStart, readThrough } from '../raw/window-database.ts';
import { type Browser, openBrowser } from './chromium.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { until } from './until.ts';
import { watchScreen } from './watcher.ts';
import { freePort } from '../../../hub/db/free-port.ts';

export interface StationOptions {
  readonly random: Random;
  /** Where the three copies lie, when not all in one temporary folder. */
  readonly data?: string;
  readonly chromium?: string;
  readonly hubData?: string;
  /** A PostgreSQL that is not the hub's own. */
  readonly databaseUrl?: string;
  readonly hubEnv?: Readonly<Record<string, string>>;
  readonly deskEnv?: Readonly<Record<string, string>>;
  /** SQL run once in the hub's database before the hub works on it: for controls. */
  readonly databaseSettings?: string;
  /** Runs in the page before Lantern does: for controls that weaken it. */
  readonly weaken?: () => void;
}

/** A hub, a desk's host and a Chromium as real processes, with a line between desk and hub that can be broken. */
export class Station {
  readonly folder: string;
  readonly profile: string;
  readonly chromiumFolder: string;
  readonly hubFolder: string;
  readonly line: TcpProxy;
  readonly told = new Told();
  readonly origin: string;
  browser: Browser | undefined;
  hub: Running | undefined;
  desk: Running | undefined;
  private database: Database | undefined;
  private cookies: Cookie[] = [];
  private readonly env: Readonly<Record<string, string>>;
  private readonly options: StationOptions;

  static async layOut(options: StationOptions): Promise<Station> {
    const folder = await mkdtemp(join(tmpdir(), 'lantern-kills-'));
    // PostgreSQL runs as another user when the tests run as root, and must be able to pass through.
    await chmod(folder, 0o711);
    const hubPort = await freePort();
    const line = await startTcpProxy(hubPort, options.random);
    return new Station(folder, hubPort, await freePort(), line, options);
  }

  private constructor(
    folder: string,
    hubPort: number,
    deskPort: number,
    line: TcpProxy,
    options: StationOptions,
  ) {
    const data = options.data ?? join(folder, 'desk');
    this.folder = folder;
    this.options = options;
    this.profile = join(data, 'browser/development');
    this.chromiumFolder = options.chromium ?? join(folder, 'chromium');
    this.hubFolder = options.hubData ?? join(folder, 'hub');
    this.line = line;
    this.origin = `http://127.0.0.1:${deskPort}`;
    this.env = {
      LANTERN_DATA: data,
      LANTERN_HUB_DATA: this.hubFolder,
      LANTERN_HUB_PORT: String(hubPort),
      LANTERN_HUB_URL: `http://127.0.0.1:${line.port}`,
      LANTERN_HUB_LOG: 'error',
      LANTERN_DESK_PORT: String(deskPort),
      LANTERN_ENROL_CODE: randomBytes(24).toString('base64url'),
    };
  }

  async startHub(): Promise<void> {
    await this.leaveDatabase();
    const { databaseUrl, hubEnv } = this.options;
    const env = {
      ...this.env,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...hubEnv,
    };
    this.hub = runNode(['hub/server.ts'], { cwd: ROOT, env });
    await this.hub.line(/Lantern hub ready on/);
  }

  async startDesk(): Promise<void> {
    this.desk = runNode(['main/hosts/browser/main.ts'], {
      cwd: ROOT,
      env: { ...this.env, ...this.options.deskEnv },
    });
    await this.desk.line(/Open the desk: /);
  }

  /** Opens the window in a Chromium on the profile folder. `look` sees the database before Lantern does. */
  async openWindow(look?: (browser: Browser) => Promise<void>): Promise<void> {
    this.told.newScreen();
    const browser = await openBrowser(this.chromiumFolder, {
      cookies: this.cookies,
      prepare: async (context) => {
        await watchScreen(context, (seen) => this.told.add(seen));
        if (this.options.weaken !== undefined) await context.addInitScript(this.options.weaken);
      },
    });
    this.browser = browser;
    await look?.(browser);
    const { page } = browser;
    if (this.cookies.length > 0) await page.goto(this.origin);
    else {
      const address = this.desk?.output().match(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/g);
      await page.goto(address?.at(-1) ?? this.origin);
      this.cookies = await browser.context.cookies();
    }
    // Either page: with a call in hand the guide, without one the start.
    await page.locator('nav, .start-actions, button').first().waitFor();
  }

  page() {
    if (this.browser === undefined) throw new Error('no window is open');
    return this.browser.page;
  }

  /** Hub, host and window, with a call in hand. */
  async open(): Promise<void> {
    await this.startHub();
    if (this.options.databaseSettings !== undefined) {
      await (await this.pool()).query(this.options.databaseSettings);
      await this.hub?.end('SIGTERM');
      await this.startHub();
    }
    await this.startDesk();
    await this.openWindow();
    await this.page()
      .getByRole('button', { name: /Take a call/ })
      .waitFor();
    await this.page().keyboard.press('F4');
    await this.inCall();
  }

  async inCall(): Promise<void> {
    await this.page().locator('#note-box textarea').waitFor();
  }

  /** The light says that everything is at the hub. */
  async untilSafe(patienceMs = 60_000): Promise<void> {
    await until(
      () => this.told.light.startsWith('Safe at hub'),
      patienceMs,
      () => `the light says “${this.told.light}”`,
    );
  }

  /** The hub's own database. */
  async pool() {
    if (this.database === undefined) {
      const settings = readSettings({ ...this.env, DATABASE_URL: this.options.databaseUrl }, ROOT);
      if (!settings.ok) throw new Error(settings.error.message);
      const joined = await joinDatabase(settings.value, {
        max: 2,
        statementTimeoutMs: 15_000,
        onError: () => undefined,
      });
      if (!joined.ok) throw new Error(joined.error.message);
      this.database = joined.value;
    }
    return this.database.pool;
  }

  async leaveDatabase(): Promise<void> {
    const database = this.database;
    this.database = undefined;
    await database?.close();
  }

  readonly readHub = async () => readHubRows(await this.pool());
  readonly readJournal = () => readJournalFiles(this.profile);
  readonly readDraft = () => readDraftFile(this.profile);
  readonly readDatabaseBeforeStart = (browser: Browser) =>
    readBeforeStart(browser.context, this.origin, this.profile);

  /** All three copies, with everything running. */
  async readAll(): Promise<Copies> {
    const [database, journal, hub] = await Promise.all([
      readThrough(this.page(), this.profile),
      this.readJournal(),
      this.readHub(),
    ]);
    return { database, journal, hub };
  }

  /** Ends every process of it, also after a failure, and removes the folder unless it is to be kept. */
  async close(options: { keep: boolean } = { keep: false }): Promise<void> {
    this.browser?.signalAll('SIGCONT');
    await this.browser?.close();
    await this.desk?.end('SIGKILL');
    await this.leaveDatabase().catch(() => undefined);
    await this.hub?.end('SIGTERM');
    await this.line.close();
    if (options.keep) return;
    if (this.options.databaseUrl === undefined) await removeDatabase(this.hubFolder);
    await rm(this.folder, { recursive: true, force: true });
  }
}

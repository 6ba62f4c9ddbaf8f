import type { BrowserWindow, Dialog } from 'electron';
import type { AppUpdater } from 'electron-updater';
import { type Policy } from '../../../shared/policy/policy.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Disk } from '../../ports/disk.ts';
import { type UpdatePort } from '../../ports/updates.ts';

/** Why this Lantern does not update itself: not a fault, and nothing is contacted. */
export type NoUpdates =
  'policy' | 'notInstalled' | 'noAddress' | 'softwareDistribution' | 'packageManager' | 'noPublisher';

export interface Installation {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** The uninstaller that NSIS puts beside the program: without it an MSI did the installation. */
  readonly hasNsisUninstaller: boolean;
}

type UpdateKeys = Pick<
  Policy,
  'updates' | 'updateAddress' | 'updateChannel' | 'updatePublisher' | 'updateDowngrade'
>;

/** What electron-updater reads as `app-update.yml`. */
export interface FeedSettings {
  readonly provider: 'generic';
  readonly url: string;
  readonly channel: string;
  readonly updaterCacheDirName: string;
  /** The names that Windows' signature check asks for. Without them electron-updater would check nothing. */
  readonly publisherName?: readonly string[];
}

/** Where updates come from, or why there are none. Pure. */
export function feedOf(
  keys: UpdateKeys,
  { platform, isPackaged, hasNsisUninstaller }: Installation,
): Result<FeedSettings, NoUpdates> {
  const { updates, updateAddress, updateChannel, updatePublisher } = keys;
  if (updates === 'off') return err('policy');
  if (!isPackaged) return err('notInstalled');
  if (platform !== 'win32' && platform !== 'darwin') return err('packageManager');
  // A second installation beside the one of an MSI would be another desk with another profile.
  if (platform === 'win32' && !hasNsisUninstaller) return err('softwareDistribution');
  if (updateAddress === undefined) return err('noAddress');
  if (platform === 'win32' && updatePublisher === undefined) return err('noPublisher');
  return ok({
    provider: 'generic',
    url: updateAddress,
    channel: updateChannel,
    updaterCacheDirName: 'lantern-updater',
    // macOS itself takes no update that is not signed as the running program is.
    ...(platform === 'win32' && updatePublisher !== undefined ? { publisherName: [updatePublisher] } : {}),
  });
}

/** The part of electron-updater that is used. */
export type Updater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'allowPrerelease'
  | 'disableWebInstaller'
  | 'disableDifferentialDownload'
  | 'updateConfigPath'
  | 'logger'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
>;

export interface UpdaterParts {
  readonly updater: Updater;
  readonly feed: FeedSettings;
  readonly allowDowngrade: boolean;
  /** Where the feed's settings are kept for electron-updater to read. */
  readonly configFile: string;
  readonly disk: Disk;
  readonly dialog: Dialog;
  readonly window: () => BrowserWindow | undefined;
}

/** electron-updater with everything it would do by itself switched off: when is decided elsewhere. */
export async function electronUpdates(parts: UpdaterParts): Promise<UpdatePort> {
  const { updater, feed, allowDowngrade, configFile, disk, dialog, window } = parts;
  // JSON is YAML. Replaced at every start, so that only the policy in force counts.
  await disk.replace(configFile, Buffer.from(`${JSON.stringify(feed, undefined, 2)}\n`));
  updater.updateConfigPath = configFile;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowPrerelease = false;
  updater.allowDowngrade = allowDowngrade;
  updater.disableWebInstaller = true;
  updater.disableDifferentialDownload = true;
  // Its own lines hold addresses and paths: a failure is said by its cause alone.
  updater.logger = null;
  return {
    async check() {
      const found = await updater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : undefined;
    },
    async download() {
      await updater.downloadUpdate();
    },
    async ask(version) {
      const present = window();
      if (present === undefined) return 'later';
      const { response } = await dialog.showMessageBox(present, {
        type: 'question',
        message: `Lantern ${version} is ready. Start again with it now?`,
        detail: 'No call is open, and the hub has every entry of this PC. It takes about a minute.',
        buttons: ['Later', 'Start again now'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      return response === 1 ? 'yes' : 'later';
    },
    install: () => updater.quitAndInstall(true, true),
  };
}

import type { App, BrowserWindow, Dialog } from 'electron';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Policy } from '../../../shared/policy/policy.ts';
import { type Desk } from '../../compose.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { systemTimers } from '../../services/node-system.ts';
import { createUpdates } from '../../services/updates/updates.ts';
import { electronUpdates, feedOf } from './updates.ts';

export interface StartUpdatesParts {
  readonly app: App;
  readonly dialog: Dialog;
  readonly window: () => BrowserWindow | undefined;
  readonly desk: Pick<Desk, 'stake'>;
  readonly policy: Policy;
  readonly profileFolder: string;
  readonly disk: Disk;
  readonly log: Log;
}

/** Updates as the policy says. By default electron-updater is not even loaded, and nothing is contacted. Never rejects. */
export async function startUpdates(parts: StartUpdatesParts): Promise<void> {
  const { app, dialog, window, desk, policy, profileFolder, disk, log } = parts;
  const feed = feedOf(policy, {
    platform: process.platform,
    isPackaged: app.isPackaged,
    hasNsisUninstaller: existsSync(join(dirname(process.execPath), 'Uninstall Lantern.exe')),
  });
  if (!feed.ok) {
    if (feed.error !== 'policy')
      log.warn({
        code: 'updates.none',
        field: feed.error,
        message: 'policy asks for updates, and none can be made here',
      });
    return;
  }
  try {
    const { default: electronUpdater } = await import('electron-updater');
    const port = await electronUpdates({
      updater: electronUpdater.autoUpdater,
      feed: feed.value,
      allowDowngrade: policy.updateDowngrade,
      configFile: join(profileFolder, 'updates.yml'),
      disk,
      dialog,
      window,
    });
    const updates = createUpdates({
      mode: policy.updates,
      running: app.getVersion(),
      allowDowngrade: policy.updateDowngrade,
      port,
      stake: () => desk.stake(),
      timers: systemTimers,
      log,
    });
    app.on('will-quit', () => updates.stop());
  } catch (error) {
    log.error({ code: 'updates.failed', message: 'updates could not be started', cause: causeOf(error) });
  }
}

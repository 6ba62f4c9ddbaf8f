import { app, BrowserWindow, protocol, webContents } from 'electron';
import { type Clock } from '../../../../shared/time.ts';
import { type Disk } from '../../../ports/disk.ts';
import { causeOf, type Log } from '../../../ports/log.ts';
import { judgeHardening } from '../../../services/hardening/judge.ts';
import { reportHardening } from '../../../services/hardening/report.ts';
import { observe, type ObserveParts } from './observe.ts';

export interface SelfCheckParts extends Pick<ObserveParts, 'given' | 'page'> {
  readonly profileFolder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
}

/** Looks at the running program against Electron's checklist, once its windows are open. Loud, and never in anybody's way. */
export async function selfCheck({
  given,
  page,
  profileFolder,
  disk,
  clock,
  log,
}: SelfCheckParts): Promise<void> {
  try {
    const observed = await observe({
      app,
      protocol,
      windows: () => BrowserWindow.getAllWindows(),
      contents: () => webContents.getAllWebContents(),
      given,
      page,
    });
    await reportHardening(judgeHardening(observed), clock.now(), profileFolder, disk, log);
  } catch (error) {
    log.error({ code: 'hardening.notChecked', message: 'the self-check failed', cause: causeOf(error) });
  }
}

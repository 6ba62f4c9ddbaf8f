import type { App, BrowserWindow, Dialog } from 'electron';
import { causeOf, type Log } from '../../ports/log.ts';

const SAFE =
  'Everything marked “on this PC” or with a receipt number is kept. Half-typed text is kept up to the last half second.';

/** Says what is safe when the window crashes or hangs, and lets the person choose. Never acts on its own. */
export function watchWindow(window: BrowserWindow, app: App, dialog: Dialog, log: Log): void {
  const { webContents } = window;
  const ask = async (message: string, buttons: [string, string]): Promise<boolean> => {
    const options = { type: 'warning' as const, message, detail: SAFE, buttons, defaultId: 0, cancelId: 1 };
    return (await dialog.showMessageBox(window, options)).response === 0;
  };
  const report = (error: unknown): void =>
    log.error({
      code: 'window.dialogFailed',
      message: 'a message could not be shown',
      cause: causeOf(error),
    });

  webContents.on('render-process-gone', (_event, { reason }) => {
    log.error({ code: 'window.crashed', field: reason, message: 'the window’s process ended' });
    ask('The window has stopped.', ['Open it again', 'Quit Lantern'])
      .then((again) => (again ? webContents.reload() : app.quit()))
      .catch(report);
  });
  window.on('unresponsive', () => {
    log.warn({ code: 'window.unresponsive', message: 'the window does not answer' });
    ask('The window is not answering.', ['Wait', 'Load it again'])
      .then((wait) => (wait ? undefined : webContents.reload()))
      .catch(report);
  });
  window.on('responsive', () => log.info({ code: 'window.responsive', message: 'the window answers again' }));
}

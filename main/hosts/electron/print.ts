import type { BrowserWindow, Dialog } from 'electron';
import { ok } from '../../../shared/result.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { type Printing } from '../../ports/printing.ts';
import { refuse } from '../../services/faults.ts';

interface Parts {
  readonly window: () => BrowserWindow | undefined;
  readonly dialog: Dialog;
  readonly disk: Disk;
  readonly log: Log;
}

/** Chromium's words for "the person pressed Cancel", which is not a failure. */
const CANCELLED = /cancell?ed/i;

/**
 * The window on paper by the system's dialogue, or as a PDF where the person says. A PDF is as readable as paper: it is
 * the person's to keep safe, and for this user alone (0600).
 */
export function windowPrinting({ window, dialog, disk, log }: Parts): Printing {
  const failed = (cause: string): ReturnType<typeof refuse> => {
    log.error({ code: 'print.failed', message: 'the window could not be printed', cause });
    return refuse('print.failed', 'how', 'it could not be printed; what was recorded is kept');
  };
  return {
    async toPrinter() {
      const present = window();
      if (present === undefined) return failed('no window');
      const { done, reason } = await new Promise<{ done: boolean; reason: string }>((resolve) => {
        present.webContents.print({ silent: false, printBackground: true }, (success, failureReason) =>
          resolve({ done: success, reason: failureReason }),
        );
      });
      return done || CANCELLED.test(reason) ? ok({ done }) : failed('printer');
    },
    async toPdf(title) {
      const present = window();
      if (present === undefined) return failed('no window');
      try {
        const chosen = await dialog.showSaveDialog(present, {
          title: 'Keep as PDF',
          defaultPath: `${title}.pdf`,
          filters: [{ name: 'PDF', extensions: ['pdf'] }],
        });
        if (chosen.canceled || chosen.filePath === '') return ok({ done: false });
        const bytes = await present.webContents.printToPDF({
          preferCSSPageSize: true,
          printBackground: true,
        });
        await disk.replace(chosen.filePath, bytes);
        return ok({ done: true });
      } catch (error) {
        return failed(causeOf(error));
      }
    },
    async toFile(name, text) {
      const present = window();
      if (present === undefined) return failed('no window');
      try {
        const chosen = await dialog.showSaveDialog(present, { title: 'Keep as a file', defaultPath: name });
        if (chosen.canceled || chosen.filePath === '') return ok({ done: false });
        await disk.replace(chosen.filePath, new TextEncoder().encode(text));
        return ok({ done: true });
      } catch (error) {
        return failed(causeOf(error));
      }
    },
  };
}

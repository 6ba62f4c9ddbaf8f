import type { App, BrowserWindow, Dialog } from 'electron';
import { type LeavingAnswer, type LeavingKind } from '../../../shared/sync/leaving.ts';
import { causeOf, type Log } from '../../ports/log.ts';

/** Asks in the system's own dialogue before the window or the program goes, when something is at stake. */
export interface AskOnLeaving {
  watch(window: BrowserWindow): void;
  /** The next leaving is not asked about. */
  allow(): void;
}

export interface AskOnLeavingOptions {
  readonly app: App;
  readonly dialog: Dialog;
  readonly log: Log;
  /** Undefined while there is no desk. */
  readonly question: (kind: LeavingKind) => LeavingAnswer | undefined;
}

/**
 * Electron's order (docs/api/app.md): `before-quit`, then `close` of each window, then `will-quit`. Both first ones can be
 * prevented; on Windows neither comes when the session ends (`query-session-end`), and then nobody could answer anyway.
 */
export function askOnLeaving({ app, dialog, log, question }: AskOnLeavingOptions): AskOnLeaving {
  let allowed = false;
  let asking = false;

  function ask(kind: 'closeWindow' | 'quit', window: BrowserWindow, go: () => void): boolean {
    if (allowed) return true;
    const asked = question(kind);
    if (asked === undefined || asked.kind === 'allow') return true;
    if (asking) return false;
    asking = true;
    const { title, lines, stay, leave } = asked;
    const options = { type: 'warning' as const, message: title, detail: lines.join('\n'), noLink: true };
    dialog
      .showMessageBox(window, { ...options, buttons: [stay, leave], defaultId: 0, cancelId: 0 })
      .then(({ response }) => {
        if (response !== 1) return;
        allowed = true;
        go();
      })
      .catch((error: unknown) =>
        log.error({ code: 'leaving.dialogFailed', message: 'could not ask', cause: causeOf(error) }),
      )
      .finally(() => {
        asking = false;
      });
    return false;
  }

  return {
    watch(window) {
      window.on('close', (event) => {
        if (!ask('closeWindow', window, () => window.close())) event.preventDefault();
      });
      app.on('before-quit', (event) => {
        if (!window.isDestroyed() && !ask('quit', window, () => app.quit())) event.preventDefault();
      });
    },
    allow() {
      allowed = true;
    },
  };
}

import type { App, Session, WebContents } from 'electron';
import { type Log } from '../../ports/log.ts';
import { START_URL } from './channel.ts';

/** No page may ask this computer for anything: camera, clipboard, devices, notifications. Request and check alike. */
export function denyPermissions(session: Session, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn({
      code: 'window.permissionDenied',
      field: permission,
      message: 'a page asked for a permission',
    });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** The window stays on its own page: no navigation, no second window, no webview, wherever they come from. */
export function denyNavigation(app: App, log: Log): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, log));
}

function lockContents(contents: WebContents, log: Log): void {
  const deny = (what: string): void =>
    log.warn({ code: 'window.navigationDenied', field: what, message: 'a page tried to leave the desk' });
  contents.on('will-frame-navigate', (details) => {
    // Loading the same page again is how a person starts the window afresh.
    if (details.isMainFrame && details.url === START_URL) return;
    details.preventDefault();
    deny('navigation');
  });
  contents.on('will-redirect', (details) => {
    details.preventDefault();
    deny('redirect');
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    deny('webview');
  });
  // Nothing is handed to the system's browser either: no address in this program is meant to be opened.
  contents.setWindowOpenHandler(() => {
    deny('window');
    return { action: 'deny' };
  });
}

import type { App, Session, WebContents } from 'electron';
import { type Log } from '../../ports/log.ts';
import { APP_ORIGIN, START_URL } from './channel.ts';

type SessionHandler = Extract<keyof Session, `set${string}Handler`>;
type Check = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<Check>[1];

/** EVERY handler by which a session gives something away, by Electron's own definitions: a new one does not compile. */
export const SESSION_HANDLERS: Readonly<Record<SessionHandler, 'refuses' | { readonly left: string }>> = {
  setPermissionRequestHandler: 'refuses',
  setPermissionCheckHandler: 'refuses',
  setDevicePermissionHandler: 'refuses',
  setDisplayMediaRequestHandler: { left: 'without one Electron refuses every request' },
  setBluetoothPairingHandler: { left: 'no device is ever chosen, so none is paired' },
  setUSBProtectedClassesHandler: { left: 'Electron’s protected classes stay protected' },
};

/** EVERY permission there is, so that the self-check can ask for each; a new one does not compile. */
const PERMISSIONS: Readonly<Record<Permission, true>> = {
  ar: true,
  'automatic-fullscreen': true,
  'background-fetch': true,
  'background-sync': true,
  'captured-surface-control': true,
  'clipboard-read': true,
  'clipboard-sanitized-write': true,
  'deprecated-sync-clipboard-read': true,
  'display-capture': true,
  fileSystem: true,
  fullscreen: true,
  geolocation: true,
  'geolocation-approximate': true,
  'hand-tracking': true,
  hid: true,
  'idle-detection': true,
  keyboardLock: true,
  'local-fonts': true,
  'local-network': true,
  'local-network-access': true,
  'loopback-network': true,
  media: true,
  mediaKeySystem: true,
  midi: true,
  midiSysex: true,
  nfc: true,
  notifications: true,
  openExternal: true,
  'payment-handler': true,
  'periodic-background-sync': true,
  'persistent-storage': true,
  pointerLock: true,
  'screen-wake-lock': true,
  sensors: true,
  serial: true,
  'smart-card': true,
  'speaker-selection': true,
  'storage-access': true,
  'system-wake-lock': true,
  'top-level-storage-access': true,
  usb: true,
  vr: true,
  'web-app-installation': true,
  'web-printing': true,
  'window-management': true,
  unknown: true,
};

/**
 * No page may ask this computer for anything: camera, clipboard, devices, notifications. Request and check alike. Answers
 * a function that asks the very handlers for everything, and names what they would give: nothing.
 */
export function denyPermissions(session: Session, log: Log): () => readonly string[] {
  const check: Check = () => false;
  const device = (): boolean => false;
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn({
      code: 'window.permissionDenied',
      field: permission,
      message: 'a page asked for a permission',
    });
    answer(false);
  });
  session.setPermissionCheckHandler(check);
  session.setDevicePermissionHandler(device);
  const details = { isMainFrame: true, requestingUrl: START_URL };
  const permissions = Object.keys(PERMISSIONS) as Permission[];
  return () => [
    ...permissions.filter((permission) => check(null, permission, APP_ORIGIN, details)),
    ...(device() ? ['a device'] : []),
  ];
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

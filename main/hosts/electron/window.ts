import { BrowserWindow, type BrowserWindowConstructorOptions, type WebPreferences } from 'electron';
import { webPreferences } from './hardening/web-preferences.ts';

export function windowOptions(preload: string, isPackaged: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 640,
    minHeight: 480,
    title: 'Lantern',
    show: false,
    webPreferences: webPreferences(preload, isPackaged),
  };
}

/** What each window that was made here was given. */
const given = new WeakMap<BrowserWindow, WebPreferences>();

/** Undefined: the window was not made by `createWindow`. */
export const preferencesOf = (window: BrowserWindow): WebPreferences | undefined => given.get(window);

/** Makes the one window, still empty and hidden. It is shown once there is something to see: no white flash. */
export function createWindow(preload: string, isPackaged: boolean): BrowserWindow {
  const options = windowOptions(preload, isPackaged);
  const window = new BrowserWindow(options);
  if (options.webPreferences !== undefined) given.set(window, options.webPreferences);
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Brings the window to the front: a second start of the program means "show me the desk". */
export function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

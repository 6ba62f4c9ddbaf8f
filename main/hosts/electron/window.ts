import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';

/** Every switch is written out, although most are Electron's default: this list is what is reviewed. */
export function windowOptions(preload: string, isPackaged: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 640,
    minHeight: 480,
    title: 'Lantern',
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !isPackaged,
    },
  };
}

/** Makes the one window, still empty and hidden. It is shown once there is something to see: no white flash. */
export function createWindow(preload: string, isPackaged: boolean): BrowserWindow {
  const window = new BrowserWindow(windowOptions(preload, isPackaged));
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Brings the window to the front: a second start of the program means "show me the desk". */
export function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

import type { WebPreferences } from 'electron';

/** A switch of a window is set, or left as Electron has it, with the reason. */
type Decision<T> = { readonly set: T } | { readonly left: string };
/** EVERY switch there is, by Electron's own definitions: a new one, or one that is gone, does not compile. */
type Decisions = { readonly [K in keyof Required<WebPreferences>]: Decision<Required<WebPreferences>[K]> };

const LOOKS = { left: 'looks alone' } as const;
const SAFE = { left: 'harmless, and Electron’s default is what the desk needs' } as const;
const OFF = { left: 'off unless it is named, and nothing here names it' } as const;

export const decisions = (preload: string, isPackaged: boolean): Decisions => ({
  preload: { set: preload },
  sandbox: { set: true },
  contextIsolation: { set: true },
  nodeIntegration: { set: false },
  nodeIntegrationInWorker: { set: false },
  nodeIntegrationInSubFrames: { set: false },
  webSecurity: { set: true },
  allowRunningInsecureContent: { set: false },
  experimentalFeatures: { set: false },
  webviewTag: { set: false },
  plugins: { set: false },
  enableDeprecatedPaste: { set: false },
  navigateOnDragDrop: { set: false },
  safeDialogs: { set: true },
  spellcheck: { set: false },
  // What somebody has typed is in the memory that the tools show.
  devTools: { set: !isPackaged },
  enableBlinkFeatures: OFF,
  disableBlinkFeatures: OFF,
  additionalArguments: OFF,
  offscreen: OFF,
  transparent: OFF,
  enablePreferredSizeMode: OFF,
  enableWebSQL: { left: 'Chromium has no Web SQL any more' },
  partition: { left: 'one session for all windows: its locks are set once' },
  session: { left: 'one session for all windows: its locks are set once' },
  javascript: { left: 'the window is a program' },
  backgroundThrottling: { left: 'a call’s clock is read from the time, not counted' },
  disableDialogs: { left: 'the browser’s own question before leaving is needed' },
  safeDialogsMessage: { left: 'Chromium’s own words' },
  v8CacheOptions: { left: 'Electron’s own choice' },
  disableWakeLocks: SAFE,
  disableHtmlFullscreenWindowResize: SAFE,
  focusOnNavigation: SAFE,
  autoplayPolicy: SAFE,
  images: SAFE,
  webgl: SAFE,
  defaultEncoding: SAFE,
  accessibleTitle: LOOKS,
  defaultFontFamily: LOOKS,
  defaultFontSize: LOOKS,
  defaultMonospaceFontSize: LOOKS,
  minimumFontSize: LOOKS,
  imageAnimationPolicy: LOOKS,
  scrollBounce: LOOKS,
  textAreasAreResizable: LOOKS,
  zoomFactor: LOOKS,
  zoomMode: LOOKS,
});

/** What a window is given: what is set, and nothing else. */
export function webPreferences(preload: string, isPackaged: boolean): WebPreferences {
  const all = Object.entries<Decision<unknown>>(decisions(preload, isPackaged));
  return Object.fromEntries(
    all.flatMap(([name, decision]) => ('set' in decision ? [[name, decision.set]] : [])),
  );
}

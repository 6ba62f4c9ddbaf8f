/** The one IPC channel between preload and main process. Frames of shared/bridge cross it, nothing else. */
export const CHANNEL = 'lantern:frame';

/** The window's origin: `app` is registered as a standard, secure scheme. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://lantern';
export const START_URL = `${APP_ORIGIN}/`;

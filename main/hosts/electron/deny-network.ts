import type { Session } from 'electron';
import { type Log } from '../../ports/log.ts';
import { APP_ORIGIN } from './channel.ts';

/** Addresses that lead nowhere out of this program: the window's own files, and Chromium's tools for developers. */
const INSIDE = [`${APP_ORIGIN}/`, `blob:${APP_ORIGIN}/`, 'devtools://'];

/** The window's session asks the network for nothing, whatever a page in it tries. */
export function denyNetwork(windows: Session, log: Log): void {
  windows.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
    const isInside = INSIDE.some((start) => url.startsWith(start));
    if (!isInside)
      log.warn({ code: 'window.requestDenied', field: resourceType, message: 'a page asked the network' });
    answer({ cancel: !isInside });
  });
}

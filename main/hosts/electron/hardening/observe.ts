import type { App, BrowserWindow, Protocol, WebContents } from 'electron';
import { z } from 'zod';
import { contentPolicy } from '../../../services/content-policy.ts';
import { type Observed, type ObservedWindow, SWITCHES } from '../../../services/hardening/judge.ts';
import { APP_ORIGIN, APP_SCHEME } from '../channel.ts';
import { preferencesOf } from '../window.ts';
import { readFuses } from './read-fuses.ts';

export interface ObserveParts {
  readonly app: App;
  readonly protocol: Protocol;
  readonly windows: () => readonly BrowserWindow[];
  readonly contents: () => readonly WebContents[];
  /** What the program's own scheme answers for the window's page. */
  readonly page: () => Promise<Response>;
  /** What the session's handlers would give: `denyPermissions` answers it. */
  readonly given: () => readonly string[];
}

const LOCKED = ['will-frame-navigate', 'will-redirect', 'will-attach-webview'];
/** Asked of the page in its own world: what it must not see, and what its preload gave it. Reads, and changes nothing. */
const WHAT_IT_SEES = `({
  foreign: ['require', 'process', 'module', 'global', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in globalThis),
  exposed: Object.keys(globalThis.lanternTransport ?? {}),
})`;
const sees = z.object({ foreign: z.array(z.string()), exposed: z.array(z.string()) });

/** Everything about the running program that the judgement needs, looked at and not taken from the code that set it. */
export async function observe({
  app,
  protocol,
  windows,
  contents,
  page,
  given,
}: ObserveParts): Promise<Observed> {
  const version = process.versions['electron'];
  return {
    isInstalled: app.isPackaged,
    electronMajor: version === undefined ? undefined : Number.parseInt(version, 10),
    switches: Object.keys(SWITCHES).filter((name) => app.commandLine.hasSwitch(name)),
    windows: await Promise.all(windows().map(observeWindow)),
    webviews: contents().filter((one) => one.getType() === 'webview').length,
    ownOrigin: APP_ORIGIN,
    isOwnSchemeHandled: protocol.isProtocolHandled(APP_SCHEME),
    policyOfPage: (await page()).headers.get('content-security-policy') ?? undefined,
    strictPolicy: contentPolicy([]),
    exposes: ['send', 'onFrame'],
    given: given(),
    fuses: app.isPackaged ? await readFuses(process.execPath) : 'unreadable',
  };
}

async function observeWindow(window: BrowserWindow): Promise<ObservedWindow> {
  const { webContents } = window;
  const answer = sees.safeParse(await webContents.executeJavaScript(WHAT_IT_SEES).catch(() => undefined));
  const given = preferencesOf(window);
  return {
    address: webContents.getURL(),
    preferences: given === undefined ? undefined : { ...given },
    foreignNames: answer.data?.foreign,
    exposed: answer.data?.exposed,
    unlocked: LOCKED.filter((event) => webContents.listenerCount(event) === 0),
  };
}

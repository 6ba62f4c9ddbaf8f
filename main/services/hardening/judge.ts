import { CHECKLIST_ITEMS, type ChecklistItem, REVIEWED_ELECTRON } from './checklist.ts';
import { type FuseName, fuseNames, isFuseOn } from './fuses.ts';

/** What one real window was given, and what its page says that it can see. */
export interface ObservedWindow {
  readonly address: string;
  /** Undefined: the window was not made where windows are made. */
  readonly preferences: Readonly<Record<string, unknown>> | undefined;
  /** Names of Node or Electron that the page can see; undefined when it could not be asked. */
  readonly foreignNames: readonly string[] | undefined;
  readonly exposed: readonly string[] | undefined;
  /** Events of the window's contents that nothing listens to. */
  readonly unlocked: readonly string[];
}

export interface Observed {
  readonly isInstalled: boolean;
  /** Undefined where there is no Electron. */
  readonly electronMajor: number | undefined;
  /** Switches on the command line that take a protection away. */
  readonly switches: readonly string[];
  readonly windows: readonly ObservedWindow[];
  /** Pages inside pages. */
  readonly webviews: number;
  readonly ownOrigin: string;
  readonly isOwnSchemeHandled: boolean;
  readonly policyOfPage: string | undefined;
  readonly strictPolicy: string;
  readonly exposes: readonly string[];
  /** Permissions that a handler of the session would give. */
  readonly given: readonly string[];
  /** `unreadable`: the binary could not be read. */
  readonly fuses: Readonly<Partial<Record<FuseName, boolean>>> | 'unreadable';
}

export interface Finding {
  readonly item: ChecklistItem;
  readonly state: 'held' | 'broken' | 'notChecked';
  /** What is wrong, or why it was not looked at; of an item that is held, nothing. Never anything personal. */
  readonly words: string;
}

type Verdict = { readonly wrong: readonly string[] } | { readonly notChecked: string };

/** One finding for each item, in Electron's order. Pure. */
export function judgeHardening(observed: Observed): readonly Finding[] {
  return CHECKLIST_ITEMS.map((item) => {
    const verdict = judges[item](observed);
    if ('notChecked' in verdict) return { item, state: 'notChecked', words: verdict.notChecked };
    const { wrong } = verdict;
    return { item, state: wrong.length === 0 ? 'held' : 'broken', words: wrong.join('; ') };
  });
}

/** Which switch of Chromium's or Node's command line undoes which item. */
export const SWITCHES = {
  'no-sandbox': 'sandbox',
  'disable-web-security': 'webSecurity',
  'allow-running-insecure-content': 'noInsecureContent',
  'ignore-certificate-errors': 'secureContent',
  'enable-experimental-web-platform-features': 'noExperimentalFeatures',
  'enable-blink-features': 'noBlinkFeatures',
  'remote-debugging-port': 'noApisToPages',
  'remote-debugging-pipe': 'noApisToPages',
  'load-extension': 'noApisToPages',
  inspect: 'fuses',
  'inspect-brk': 'fuses',
} as const satisfies Readonly<Record<string, ChecklistItem>>;

type Judge = (observed: Observed) => Verdict;

const switchesFor = (item: ChecklistItem, { switches, isInstalled }: Observed): string[] =>
  // A developer's own start is debugged; an installed program never is.
  switches
    .filter((name) => isInstalled && SWITCHES[name as keyof typeof SWITCHES] === item)
    .map((name) => `started with --${name}`);

/** Every window has this preference at this value. */
const preference =
  (item: ChecklistItem, ...wanted: readonly (readonly [name: string, value: unknown])[]): Judge =>
  (observed) => ({
    wrong: [
      ...switchesFor(item, observed),
      ...observed.windows.flatMap(({ preferences }) => {
        if (preferences === undefined) return ['a window was made elsewhere'];
        return wanted
          .filter(([name, value]) => preferences[name] !== value)
          .map(([name]) => `${name} is not as it was decided`);
      }),
      ...(observed.windows.length === 0 ? ['there is no window'] : []),
    ],
  });

const locked =
  (...events: readonly string[]): Judge =>
  ({ windows }) => ({
    wrong: windows.flatMap(({ unlocked }) =>
      unlocked.filter((event) => events.includes(event)).map((event) => `nothing prevents ${event}`),
    ),
  });

const both =
  (...all: readonly Judge[]): Judge =>
  (observed) => {
    const verdicts = all.map((judge) => judge(observed));
    const wrong = verdicts.flatMap((verdict) => ('wrong' in verdict ? verdict.wrong : []));
    const left = verdicts.find((verdict) => 'notChecked' in verdict);
    return wrong.length === 0 && left !== undefined ? left : { wrong };
  };

const pageSees: Judge = ({ windows, exposes }) => {
  if (windows.some(({ foreignNames }) => foreignNames === undefined))
    return { notChecked: 'a page could not be asked' };
  return {
    wrong: windows.flatMap(({ foreignNames = [], exposed = [] }) => [
      ...foreignNames.map((name) => `the page sees ${name}`),
      ...(exposed.join() === exposes.join() ? [] : ['the preload gives the page other names than its own']),
    ]),
  };
};

const byTest = (): Verdict => ({ notChecked: 'shown by a test; nothing to look at while the program runs' });

const judges: Readonly<Record<ChecklistItem, Judge>> = {
  secureContent: both(
    (observed) => ({ wrong: switchesFor('secureContent', observed) }),
    ({ windows, ownOrigin }) => ({
      wrong: windows
        .filter(({ address }) => !address.startsWith(`${ownOrigin}/`))
        .map(() => 'a window shows a page of another origin'),
    }),
  ),
  noNodeIntegration: preference(
    'noNodeIntegration',
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
  ),
  contextIsolation: preference('contextIsolation', ['contextIsolation', true]),
  sandbox: preference('sandbox', ['sandbox', true]),
  permissionHandlers: ({ given }) => ({ wrong: given.map((name) => `${name} would be given`) }),
  webSecurity: preference('webSecurity', ['webSecurity', true]),
  contentSecurityPolicy: ({ policyOfPage, strictPolicy }) => ({
    wrong: policyOfPage === strictPolicy ? [] : ['the page is not served with the strict policy'],
  }),
  noInsecureContent: preference('noInsecureContent', ['allowRunningInsecureContent', false]),
  noExperimentalFeatures: preference('noExperimentalFeatures', ['experimentalFeatures', false]),
  noBlinkFeatures: preference('noBlinkFeatures', ['enableBlinkFeatures', undefined]),
  noWebviewPopups: preference('noWebviewPopups', ['webviewTag', false]),
  webviewOptions: both(locked('will-attach-webview'), ({ webviews }) => ({
    wrong: webviews === 0 ? [] : ['there is a page inside a page'],
  })),
  limitNavigation: locked('will-frame-navigate', 'will-redirect'),
  limitNewWindows: byTest,
  noOpenExternal: byTest,
  currentElectron: ({ electronMajor }) => {
    if (electronMajor === undefined) return { notChecked: 'there is no Electron here' };
    return {
      wrong:
        electronMajor === REVIEWED_ELECTRON
          ? []
          : [`Electron ${electronMajor} is not the one that was reviewed`],
    };
  },
  validateIpcSender: byTest,
  ownProtocol: ({ isOwnSchemeHandled }) => ({
    wrong: isOwnSchemeHandled ? [] : ['nothing serves the program’s own scheme'],
  }),
  fuses: both(
    (observed) => ({ wrong: switchesFor('fuses', observed) }),
    ({ fuses, isInstalled }) => {
      if (!isInstalled) return { notChecked: 'fuses are set when the program is packed; this one is not' };
      if (fuses === 'unreadable') return { wrong: ['the fuses of the binary cannot be read'] };
      return {
        wrong: fuseNames
          .filter((name) => fuses[name] !== isFuseOn(name))
          .map((name) => `${name} is not as it was set`),
      };
    },
  ),
  noApisToPages: both((observed) => ({ wrong: switchesFor('noApisToPages', observed) }), pageSees),
};

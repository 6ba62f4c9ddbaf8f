/**
 * Electron's security checklist (docs/tutorial/security.md), item by item: how it is held here, the code that sets it and the
 * tests that show it. A closed list: what judges them (`judge.ts`) must answer for every one.
 */
export const CHECKLIST_ITEMS = [
  'secureContent',
  'noNodeIntegration',
  'contextIsolation',
  'sandbox',
  'permissionHandlers',
  'webSecurity',
  'contentSecurityPolicy',
  'noInsecureContent',
  'noExperimentalFeatures',
  'noBlinkFeatures',
  'noWebviewPopups',
  'webviewOptions',
  'limitNavigation',
  'limitNewWindows',
  'noOpenExternal',
  'currentElectron',
  'validateIpcSender',
  'ownProtocol',
  'fuses',
  'noApisToPages',
] as const;
export type ChecklistItem = (typeof CHECKLIST_ITEMS)[number];

/** The list was last read through for this major version of Electron; a test fails when package.json names another. */
export const REVIEWED_ELECTRON = 45;

export interface ItemHeld {
  readonly held: string;
  /** Files that set it. */
  readonly code: readonly string[];
  /** Tests that show it, by file and name. */
  readonly tests: readonly (readonly [file: string, name: string])[];
}

const HOST = 'main/hosts/electron';
const DOUBLE = 'test/main/electron-host.test.ts';
const SELF = 'test/main/hardening/self-check.test.ts';
const JUDGE = 'test/main/hardening/judge.test.ts';
const SANDBOXED = [DOUBLE, 'is sandboxed, isolated and without Node, and so is every process'] as const;
const STAYS = [DOUBLE, 'may not navigate, open windows, attach webviews or get a permission'] as const;
const STRICT = [DOUBLE, 'serves the window’s files with the strict headers'] as const;
const OPENED = [SELF, 'the program as it is built holds every item that can be looked at here'] as const;
const DECIDED = [
  `test/main/hardening/checklist.test.ts`,
  'every switch of a window is decided, and a window is given what is set and nothing else',
] as const;
const preferences = [`${HOST}/hardening/web-preferences.ts`] as const;

/** In Electron's order: item 1 to 20. */
export const checklist: Readonly<Record<ChecklistItem, ItemHeld>> = {
  secureContent: {
    held: 'Only the program’s own files, through its own scheme; the policy forbids every other source.',
    code: [`${HOST}/app-files.ts`, 'main/services/content-policy.ts'],
    tests: [STRICT, OPENED],
  },
  noNodeIntegration: {
    held: 'Off in pages, workers and frames.',
    code: preferences,
    tests: [SANDBOXED, OPENED],
  },
  contextIsolation: { held: 'On in every window.', code: preferences, tests: [SANDBOXED, OPENED] },
  sandbox: {
    held: 'On for every process, and written out for every window.',
    code: [`${HOST}/main.ts`, ...preferences],
    tests: [SANDBOXED, OPENED],
  },
  permissionHandlers: {
    held: 'Request, check and device are refused for every permission there is; every other handler is decided by name.',
    code: [`${HOST}/lock-down.ts`],
    tests: [STAYS, [JUDGE, '%s is broken']],
  },
  webSecurity: { held: 'On in every window.', code: preferences, tests: [SANDBOXED, OPENED] },
  contentSecurityPolicy: {
    held: 'A strict policy with trusted types on every answer of the program’s own scheme.',
    code: ['main/services/content-policy.ts', `${HOST}/app-files.ts`],
    tests: [STRICT, [JUDGE, '%s is broken']],
  },
  noInsecureContent: { held: 'Off in every window.', code: preferences, tests: [SANDBOXED, OPENED] },
  noExperimentalFeatures: { held: 'Off in every window.', code: preferences, tests: [DECIDED, OPENED] },
  noBlinkFeatures: { held: 'None is switched on.', code: preferences, tests: [DECIDED, OPENED] },
  noWebviewPopups: { held: 'The webview tag is off.', code: preferences, tests: [SANDBOXED, OPENED] },
  webviewOptions: {
    held: 'A webview is never attached.',
    code: [`${HOST}/lock-down.ts`],
    tests: [STAYS, OPENED],
  },
  limitNavigation: {
    held: 'A window stays on its own page: navigation and redirects are prevented.',
    code: [`${HOST}/lock-down.ts`],
    tests: [STAYS, [JUDGE, '%s is broken']],
  },
  limitNewWindows: { held: 'None is ever opened by a page.', code: [`${HOST}/lock-down.ts`], tests: [STAYS] },
  noOpenExternal: {
    held: 'Only a sign-in page of the issuer that the policy names is handed to the system’s browser.',
    code: [`${HOST}/open-sign-in.ts`],
    tests: [
      [
        'test/main/open-sign-in.test.ts',
        'a sign-in page of the policy’s issuer is handed to the system’s browser',
      ],
    ],
  },
  currentElectron: {
    held: 'The version is pinned, and this list is read through for each major version.',
    code: ['package.json'],
    tests: [
      [
        'test/main/hardening/checklist.test.ts',
        'the checklist was read through for the Electron that is installed',
      ],
    ],
  },
  validateIpcSender: {
    held: 'One channel; a frame counts only from the main frame of the program’s own window at its own origin.',
    code: [`${HOST}/transport.ts`],
    tests: [[DOUBLE, 'drops and reports a frame from a %s']],
  },
  ownProtocol: {
    held: 'app:// with a check against paths that lead out; file:// has no privileges.',
    code: [`${HOST}/app-files.ts`, `${HOST}/channel.ts`],
    tests: [[DOUBLE, '%s leads nowhere'], OPENED],
  },
  fuses: {
    held: 'Every fuse is set by name before signing and read back from the running binary.',
    code: ['main/services/hardening/fuses.ts', 'main/packaging/after-pack.ts'],
    tests: [[SELF, 'a fuse that is not as it was set is broken, by its name']],
  },
  noApisToPages: {
    held: 'The page gets one raw transport with two functions and nothing of Electron’s.',
    code: [`${HOST}/preload.ts`],
    tests: [[DOUBLE, 'gets one raw transport from the preload and nothing else'], OPENED],
  },
};

import { expect, test } from 'vitest';
import { decisions, webPreferences } from '../../../main/hosts/electron/hardening/web-preferences.ts';
import { contentPolicy } from '../../../main/services/content-policy.ts';
import {
  CHECKLIST_ITEMS,
  type ChecklistItem,
  REVIEWED_ELECTRON,
} from '../../../main/services/hardening/checklist.ts';
import { fuseNames, isFuseOn } from '../../../main/services/hardening/fuses.ts';
import {
  judgeHardening,
  type Observed,
  type ObservedWindow,
  SWITCHES,
} from '../../../main/services/hardening/judge.ts';

const WINDOW: ObservedWindow = {
  address: 'app://lantern/',
  preferences: { ...webPreferences('/p.cjs', true) },
  foreignNames: [],
  exposed: ['send', 'onFrame'],
  unlocked: [],
};
const SOUND: Observed = {
  isInstalled: true,
  electronMajor: REVIEWED_ELECTRON,
  switches: [],
  windows: [WINDOW],
  webviews: 0,
  ownOrigin: 'app://lantern',
  isOwnSchemeHandled: true,
  policyOfPage: contentPolicy([]),
  strictPolicy: contentPolicy([]),
  exposes: ['send', 'onFrame'],
  given: [],
  fuses: Object.fromEntries(fuseNames.map((name) => [name, isFuseOn(name)])),
};
const broken = (change: Partial<Observed>): ChecklistItem[] =>
  judgeHardening({ ...SOUND, ...change })
    .filter(({ state }) => state === 'broken')
    .map(({ item }) => item);
const window = (change: Partial<ObservedWindow>): Partial<Observed> => ({
  windows: [{ ...WINDOW, ...change }],
});

test('a sound program: every item in Electron’s order, none broken, three that only a test can show', () => {
  const findings = judgeHardening(SOUND);
  expect(findings.map(({ item }) => item)).toEqual([...CHECKLIST_ITEMS]);
  expect(findings.filter(({ state }) => state === 'broken')).toEqual([]);
  expect(findings.filter(({ state }) => state === 'notChecked').map(({ item }) => item)).toEqual([
    'limitNewWindows',
    'noOpenExternal',
    'validateIpcSender',
  ]);
});

const DANGEROUS: Readonly<Record<string, readonly [value: unknown, item: ChecklistItem]>> = {
  sandbox: [false, 'sandbox'],
  contextIsolation: [false, 'contextIsolation'],
  nodeIntegration: [true, 'noNodeIntegration'],
  nodeIntegrationInWorker: [true, 'noNodeIntegration'],
  nodeIntegrationInSubFrames: [true, 'noNodeIntegration'],
  webSecurity: [false, 'webSecurity'],
  allowRunningInsecureContent: [true, 'noInsecureContent'],
  experimentalFeatures: [true, 'noExperimentalFeatures'],
  enableBlinkFeatures: ['X', 'noBlinkFeatures'],
  webviewTag: [true, 'noWebviewPopups'],
};
test.each(Object.entries(DANGEROUS))('%s turned in one of two windows is broken', (name, [value, item]) => {
  expect(Object.keys(decisions('', true))).toContain(name);
  const turned = { ...WINDOW, preferences: { ...WINDOW.preferences, [name]: value } };
  expect(broken({ windows: [WINDOW, turned] })).toEqual([item]);
});

test.each(Object.entries(SWITCHES))(
  'started with --%s an installed program is broken, a checkout is not',
  (name, item) => {
    expect(broken({ switches: [name] })).toEqual([item]);
    expect(broken({ switches: [name], isInstalled: false })).toEqual([]);
  },
);

test.each(fuseNames)('the fuse %s the other way is broken', (name) => {
  expect(broken({ fuses: { ...(SOUND.fuses as object), [name]: !isFuseOn(name) } })).toEqual(['fuses']);
  const { [name]: _gone, ...without } = SOUND.fuses as Record<string, boolean>;
  expect(broken({ fuses: without })).toEqual(['fuses']);
});

test.each<[string, Partial<Observed>, ChecklistItem[]]>([
  ['fuses that cannot be read', { fuses: 'unreadable' }, ['fuses']],
  ['a window with another origin’s page', window({ address: 'app://lantern.evil/' }), ['secureContent']],
  ['a page that sees Node', window({ foreignNames: ['require'] }), ['noApisToPages']],
  ['a page that was given more', window({ exposed: ['send', 'onFrame', 'open'] }), ['noApisToPages']],
  ['a window that may navigate', window({ unlocked: ['will-frame-navigate'] }), ['limitNavigation']],
  ['a window that may be redirected', window({ unlocked: ['will-redirect'] }), ['limitNavigation']],
  ['a window that takes webviews', window({ unlocked: ['will-attach-webview'] }), ['webviewOptions']],
  ['a webview', { webviews: 1 }, ['webviewOptions']],
  ['a permission given', { given: ['media'] }, ['permissionHandlers']],
  ['no policy', { policyOfPage: undefined }, ['contentSecurityPolicy']],
  ['a policy that allows more', { policyOfPage: `${contentPolicy([])} https:` }, ['contentSecurityPolicy']],
  ['no scheme', { isOwnSchemeHandled: false }, ['ownProtocol']],
  ['another Electron', { electronMajor: REVIEWED_ELECTRON - 1 }, ['currentElectron']],
])('%s is broken', (_name, change, items) => {
  expect(broken(change)).toEqual(items);
});

test('a window that was made elsewhere, or none at all, breaks all that a window is given', () => {
  const items = [...new Set(Object.values(DANGEROUS).map(([, item]) => item))].toSorted();
  expect(broken(window({ preferences: undefined })).toSorted()).toEqual(items);
  expect(broken({ windows: [] }).toSorted()).toEqual(items);
});

test('what could not be looked at is not called held', () => {
  const findings = judgeHardening({
    ...SOUND,
    ...window({ foreignNames: undefined }),
    electronMajor: undefined,
    isInstalled: false,
  });
  const unseen = findings.filter(({ state }) => state === 'notChecked').map(({ item }) => item);
  expect(unseen).toEqual(expect.arrayContaining(['noApisToPages', 'currentElectron', 'fuses']));
});

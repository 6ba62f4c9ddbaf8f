import type * as Electron from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decisions, webPreferences } from '../../../main/hosts/electron/hardening/web-preferences.ts';
import { SESSION_HANDLERS } from '../../../main/hosts/electron/lock-down.ts';
import { CHECKLIST_ITEMS, checklist, REVIEWED_ELECTRON } from '../../../main/services/hardening/checklist.ts';
import { isWrittenIn } from '../../safety-case/titles.ts';
import { ROOT } from '../../support/sources.ts';

test('Electron’s checklist has twenty items, and each names code that is there and tests that are there', () => {
  expect(CHECKLIST_ITEMS).toHaveLength(20);
  expect(Object.keys(checklist)).toEqual([...CHECKLIST_ITEMS]);
  const wrong = Object.entries(checklist).flatMap(([item, { held, code, tests }]) => [
    ...(held === '' || code.length === 0 || tests.length === 0 ? [`${item} says too little`] : []),
    ...code.filter((file) => !existsSync(join(ROOT, file))),
    ...tests
      .filter(([file, name]) => !isWrittenIn(readFileSync(join(ROOT, file), 'utf8'), name))
      .map(([file, name]) => `${item}: ${file}: ${name}`),
  ]);
  expect(wrong).toEqual([]);
});

test('the checklist was read through for the Electron that is installed', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  expect(Number.parseInt(version, 10)).toBe(REVIEWED_ELECTRON);
});

test('every switch of a window is decided, and a window is given what is set and nothing else', () => {
  const all = Object.entries<{ readonly set?: unknown; readonly left?: string }>(decisions('/p.cjs', true));
  const given = webPreferences('/p.cjs', true);
  expect(Object.keys(given)).toEqual(all.filter(([, one]) => 'set' in one).map(([name]) => name));
  expect(all.filter(([, one]) => !('set' in one) && (one.left ?? '') === '')).toEqual([]);
  expect(given).toMatchObject({
    experimentalFeatures: false,
    devTools: false,
  } satisfies Electron.WebPreferences);
  expect(given.enableBlinkFeatures).toBeUndefined();
  expect(webPreferences('/p.cjs', false).devTools).toBe(true);
});

test('every handler by which a session gives something away refuses, or says why none is set', () => {
  for (const [name, decision] of Object.entries(SESSION_HANDLERS))
    expect(decision === 'refuses' || decision.left.length > 0, name).toBe(true);
});

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openConf } from '../../main/hosts/browser/ports.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { systemClock, systemTimers } from '../../main/services/node-system.ts';
import { unmanaged } from '../../main/services/policy/keeper.ts';
import { settings } from '../../shared/policy/policy.ts';
import { openSettings, type SettingsService } from '../../main/services/settings.ts';
import { must } from './support/journals.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';

const DEFAULTS = settings.parse({});
const open = (folder: string, log = recordLog()): Promise<SettingsService> =>
  openSettings({
    folder,
    open: openConf,
    policy: unmanaged({ timers: systemTimers, log }),
    disk: nodeDisk,
    clock: systemClock,
    log,
  });

test('defaults until somebody chooses, then what they chose, in tab-indented JSON', async () => {
  const folder = await tempFolder();
  const kept = await open(folder);
  expect(kept.get()).toEqual(DEFAULTS);
  const chosen = {
    theme: 'dark',
    contrast: 'more',
    singleKeyAnswers: false,
    fallbackNumbers: [{ title: 'Clinician on call', number: '01632 960003' }],
  };
  await must(kept.set(settings.parse(chosen)));
  expect(await readFile(join(folder, 'config.json'), 'utf8')).toBe(JSON.stringify(chosen, undefined, '\t'));
  expect((await open(folder)).get()).toEqual(settings.parse(chosen));
});

test.each([
  ['not JSON at all', '(whole)'],
  ['', '(whole)'],
  ['[]', '(whole)'],
  ['null', '(whole)'],
  ['{"theme":"purple"}', 'theme'],
  ['{"theme":"dark","secret":"Maya"}', '(whole)'],
  ['{"__proto__":{"theme":"dark"},"singleKeyAnswers":1}', 'singleKeyAnswers'],
])('a file that says %j is kept aside and said, and the defaults are used', async (text, field) => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'config.json'), text);
  const log = recordLog();
  const kept = await open(folder, log);
  expect(kept.get()).toEqual(DEFAULTS);
  expect(kept.notices).toEqual([expect.stringContaining(field)]);
  expect(log.entries).toEqual([expect.objectContaining({ code: 'settings.broken', field })]);
  expect(JSON.stringify(log.entries)).not.toContain('Maya');
  const aside = (await readdir(folder)).find((name) => name.startsWith('config.json.broken-')) ?? '';
  expect(await readFile(join(folder, aside), 'utf8')).toBe(text);
  await must(kept.set({ ...kept.get(), theme: 'light' }));
  expect((await open(folder)).get().theme).toBe('light');
});

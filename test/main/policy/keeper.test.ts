import { expect, test } from 'vitest';
import { openConf } from '../../../main/hosts/browser/ports.ts';
import { type PolicyKeeper } from '../../../main/ports/policy.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';
import { systemClock } from '../../../main/services/node-system.ts';
import { LOOK_EVERY_MS, openPolicy } from '../../../main/services/policy/keeper.ts';
import { type PolicyReadings } from '../../../main/services/policy/read-policy.ts';
import { openSettings } from '../../../main/services/settings.ts';
import { type Timers } from '../../../shared/time.ts';
import { must } from '../support/journals.ts';
import { recordLog } from '../support/logs.ts';
import { tempFolder } from '../support/temp-folder.ts';

interface World {
  readonly keeper: PolicyKeeper;
  /** The organisation's policy from now on. */
  readonly says: (values: Record<string, unknown> | 'unreadable') => void;
  /** Runs what waits for `LOOK_EVERY_MS`. */
  readonly later: () => Promise<void>;
  readonly log: ReturnType<typeof recordLog>;
}

async function world(first: Record<string, unknown>): Promise<World> {
  let machine: PolicyReadings['machine'] = { kind: 'read', where: 'a place', values: first };
  let due: (() => void) | undefined;
  const timers: Timers = {
    after(ms, run) {
      expect(ms).toBe(LOOK_EVERY_MS);
      due = run;
      return () => (due = undefined);
    },
  };
  const log = recordLog();
  const read = (): Promise<PolicyReadings> => Promise.resolve({ machine, user: { kind: 'absent' } });
  const keeper = await openPolicy({ read, environment: {}, timers, log });
  return {
    keeper,
    log,
    says(values) {
      machine =
        values === 'unreadable'
          ? { kind: 'unreadable', where: 'a place', why: 'is not JSON' }
          : { kind: 'read', where: 'a place', values };
    },
    async later() {
      due?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('a policy that changes is taken up by itself: theme at once, keys when the call has ended', async () => {
  const { keeper, says, later } = await world({ theme: 'light' });
  let isCallOpen = true;
  let told = 0;
  keeper.start({ isCallOpen: () => isCallOpen, changed: () => (told += 1) });
  await later();
  expect(told).toBe(0);
  says({ theme: 'dark', singleKeyAnswers: false });
  await later();
  expect(told).toBe(1);
  expect(keeper.current().values).toMatchObject({ theme: 'dark', singleKeyAnswers: true });
  expect(keeper.waiting()).toEqual([{ key: 'singleKeyAnswers', until: 'betweenCalls' }]);
  isCallOpen = false;
  keeper.settle();
  expect(told).toBe(2);
  expect(keeper.current().values.singleKeyAnswers).toBe(false);
  says('unreadable');
  await later();
  expect(told).toBe(3);
  expect(keeper.current().values.theme).toBe('dark');
  expect(keeper.current().problems).toHaveLength(1);
  keeper.stop();
  says({});
  await later();
  expect(told).toBe(3);
});

test('a broken policy is in the log by place, never by value', async () => {
  const { log, keeper } = await world({ hubUrl: 'http://secret.example', enrolCode: 'short' });
  expect(keeper.current().mode).toBe('minimal');
  expect(log.entries.map(({ code, field }) => [code, field])).toEqual([
    ['policy.invalid', 'hubUrl'],
    ['policy.invalid', 'enrolCode'],
  ]);
  expect(JSON.stringify(log.entries)).not.toMatch(/secret\.example|"short"/u);
});

test('what the organisation has set cannot be changed at the desk; the rest can, and one’s own choice comes back', async () => {
  const folder = await tempFolder();
  const { keeper, says } = await world({ theme: 'light' });
  const open = {
    folder,
    open: openConf,
    policy: keeper,
    disk: nodeDisk,
    clock: systemClock,
    log: recordLog(),
  };
  const settings = await openSettings(open);
  expect(settings.get().theme).toBe('light');
  expect(await settings.set({ ...settings.get(), theme: 'dark' })).toMatchObject({
    ok: false,
    error: { code: 'settings.locked', field: 'theme' },
  });
  const next = await must(settings.set({ ...settings.get(), contrast: 'more' }));
  expect(next).toMatchObject({ theme: 'light', contrast: 'more' });
  // The organisation lets the theme go: it is the person's again.
  says({});
  await keeper.look();
  await must(settings.set({ ...settings.get(), theme: 'dark' }));
  says({ theme: 'light' });
  await keeper.look();
  expect(settings.get()).toMatchObject({ theme: 'light', contrast: 'more' });
  expect(keeper.current().origins.theme).toEqual({
    source: 'machine',
    overrode: [{ source: 'person', value: 'dark' }],
  });
  await must(settings.set({ ...settings.get(), contrast: 'system' }));
  says({});
  await keeper.look();
  expect(settings.get()).toMatchObject({ theme: 'dark', contrast: 'system' });
});

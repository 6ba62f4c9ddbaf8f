import { join } from 'node:path';
import { type Policy, type Settings, settings } from '../../shared/policy/policy.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { same } from '../../shared/policy/take-up.ts';
import { isLocked } from '../../shared/policy/resolve.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Clock } from '../../shared/time.ts';
import { type Disk } from '../ports/disk.ts';
import { causeOf, type Log } from '../ports/log.ts';
import { type PolicyKeeper } from '../ports/policy.ts';
import { type OpenSettingsStore } from '../ports/settings-store.ts';
import { refuse } from './faults.ts';
import { readJsonFile, setAside } from './json-file.ts';

/**
 * What a person may change at this desk, with what the organisation has set in its place. Faults: `settings.locked` for a
 * key that the organisation has set, `settings.writeFailed` when the disk refuses.
 */
export interface SettingsService {
  get(): Settings;
  set(next: Settings): Promise<Result<Settings, Fault>>;
  /** What was wrong with the file at start, in words for a person. */
  readonly notices: readonly string[];
}

export interface SettingsOptions {
  /** The profile folder: the file is `<folder>/config.json`. */
  readonly folder: string;
  readonly open: OpenSettingsStore;
  readonly policy: PolicyKeeper;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
}

/** Reads the settings. A broken file is kept aside, reported, and the defaults are used: never a crash. */
export async function openSettings({
  folder,
  open,
  policy,
  disk,
  clock,
  log,
}: SettingsOptions): Promise<SettingsService> {
  const path = join(folder, 'config.json');
  const notices: string[] = [];
  // Looked at before the store opens it: `conf` takes a file that holds [] or null for an empty one.
  const file = await readJsonFile(disk, path, settings);
  if (file.kind === 'broken') {
    const { field, message } = file.problem;
    const aside = await setAside(disk, path, clock);
    log.warn({ code: 'settings.broken', field, message });
    notices.push(`The settings file could not be used (${field}); it was kept as ${aside}.`);
  }
  const store = open(folder);
  let chosen = differing(settings.parse(store.read()));
  policy.choose(chosen);
  const inForce = (): Settings => settings.parse(personPart(policy.current().values));

  return {
    notices,
    get: inForce,
    set(next) {
      const present = inForce();
      const locked = settingKeys.filter((key) => isLocked(policy.current(), key));
      const touched = locked.find((key) => !same(next[key], present[key]));
      if (touched !== undefined) {
        return Promise.resolve(
          refuse('settings.locked', touched, 'is set by your organisation and cannot be changed here'),
        );
      }
      // Under a key that is locked the person's own choice stays, for when the organisation lets it go.
      const own = (key: keyof Settings): unknown => (locked.includes(key) ? chosen[key] : next[key]);
      const wanted = differing(
        settings.parse(
          Object.fromEntries(
            settingKeys.map((key) => [key, own(key)] as const).filter(([, value]) => value !== undefined),
          ),
        ),
      );
      try {
        store.write(wanted);
      } catch (error) {
        log.error({
          code: 'settings.writeFailed',
          message: 'the disk refused the settings',
          cause: causeOf(error),
        });
        return Promise.resolve(refuse('settings.writeFailed', '(whole)', 'the settings could not be saved'));
      }
      chosen = wanted;
      policy.choose(chosen);
      return Promise.resolve(ok(inForce()));
    },
  };
}

const settingKeys = settings.keyof().options;

const personPart = (values: Policy): unknown =>
  Object.fromEntries(Object.entries(values).filter(([key]) => settingKeys.some((one) => one === key)));

/** What is chosen, without what would be so anyway: a later default is then not held back by an old one. */
function differing(all: Settings): Partial<Settings> {
  const defaults = settings.parse({});
  const kept = Object.entries(all).filter(
    ([key, value]) => !same(value, Object.entries(defaults).find(([name]) => name === key)?.[1]),
  );
  return Object.fromEntries(kept);
}

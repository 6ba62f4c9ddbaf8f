import { join } from 'node:path';
import { type Settings, settings } from '../../shared/policy/policy.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Clock } from '../../shared/time.ts';
import { type Disk } from '../ports/disk.ts';
import { causeOf, type Log } from '../ports/log.ts';
import { type OpenSettingsStore } from '../ports/settings-store.ts';
import { refuse } from './faults.ts';
import { readJsonFile, setAside } from './json-file.ts';

/** What a person may change at this desk. Fault `settings.writeFailed` when the disk refuses. */
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
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
}

/** Reads the settings. A broken file is kept aside, reported, and the defaults are used: never a crash. */
export async function openSettings({
  folder,
  open,
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
  let present = settings.parse(store.read());

  return {
    notices,
    get: () => present,
    set(next) {
      try {
        store.write(next);
      } catch (error) {
        log.error({
          code: 'settings.writeFailed',
          message: 'the disk refused the settings',
          cause: causeOf(error),
        });
        return Promise.resolve(refuse('settings.writeFailed', '(whole)', 'the settings could not be saved'));
      }
      present = next;
      return Promise.resolve(ok(present));
    },
  };
}

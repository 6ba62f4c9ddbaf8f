import { z } from 'zod';
import { type Reading } from '../../../shared/policy/resolve.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf } from '../../ports/log.ts';
import { type RunCommand } from '../../ports/run-command.ts';

/** The preference domain of Lantern on macOS: the name of its managed preferences and of the profile's payload. */
export const DOMAIN = 'uk.lantern.desk';
const FOLDER = '/Library/Managed Preferences';

/** Where a device management system leaves its preferences: for the Mac, and for one account on it. */
export const preferencesFile = (account?: string): string =>
  account === undefined ? `${FOLDER}/${DOMAIN}.plist` : `${FOLDER}/${account}/${DOMAIN}.plist`;

/** Keys that macOS itself puts into managed preferences. */
const APPLE = /^(?:Payload[A-Z]|_|Apple|NS)/;

/** Managed preferences as `plutil` reads them, whichever of the formats of a property list they are in. */
export async function readManagedPreferences(
  path: string,
  disk: Pick<Disk, 'size'>,
  run: RunCommand,
): Promise<Reading> {
  const unreadable = (why: string): Reading => ({ kind: 'unreadable', where: path, why });
  try {
    if ((await disk.size(path)) === undefined) return { kind: 'absent' };
  } catch (error) {
    return unreadable(`the file cannot be read (${causeOf(error)})`);
  }
  const { code, stdout } = await run('/usr/bin/plutil', ['-convert', 'json', '-o', '-', '--', path]);
  if (code !== 0) return unreadable('is not a property list of words, numbers, switches, lists and records');
  return parsePreferences(path, stdout);
}

export function parsePreferences(path: string, text: string): Reading {
  try {
    const values = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    const own = Object.entries(values).filter(([name]) => !APPLE.test(name));
    return { kind: 'read', where: path, values: Object.fromEntries(own) };
  } catch {
    // Whatever `plutil` printed, it is not a record: said as what it means for IT.
    return { kind: 'unreadable', where: path, why: 'is not a record of keys and values' };
  }
}

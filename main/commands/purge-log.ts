import { join } from 'node:path';
import { isPurged } from '../../shared/sync/purge.ts';
import { causeOf } from '../ports/log.ts';
import { type PurgeEntry, readPurgeLog } from '../services/journal/purge-log.ts';
import { readPurged } from '../services/journal/purged.ts';
import { nodeDisk } from '../services/node-disk.ts';
import { SHUT } from '../services/vault/vault.ts';
import { type CommandContext } from './context.ts';

/**
 * `lantern purge-log`: which calls were purged from a profile, oldest first, one line each. Needs no key and reads while a
 * desk runs. Exit 0: all of it; 1: some lines cannot be read; 2: refused.
 */
export async function purgeLogCommand(
  { say, complain }: CommandContext,
  { profile }: { readonly profile: string },
): Promise<number> {
  const refused = (message: string): number => {
    complain(`Nothing was read: profile ${message}`);
    return 2;
  };
  const folder = join(profile, 'journal');
  try {
    if ((await nodeDisk.list(folder)).length === 0) return refused('has no journal');
    const { entries, asides, unread } = await readPurgeLog(nodeDisk, folder);
    // The numbers lie open; only the hashes beside them are in a box.
    const list = await readPurged(nodeDisk, folder, SHUT);
    const isDone = ({ streams }: PurgeEntry): boolean =>
      list !== 'broken' &&
      streams.every(({ stream, runs }) => runs.every(([, to]) => isPurged(list.get(stream) ?? [], to)));
    for (const one of entries) say(lineOf(one, isDone(one)));
    for (const { at, aside, afterDays } of asides)
      say(`${new Date(at).toISOString()} ${aside}: a copy of a damaged file, policy ${afterDays} days`);
    const notDone = entries.filter((one) => !isDone(one)).length;
    const calls = new Set(entries.filter(isDone).map(({ call }) => call)).size;
    say(
      `${calls} call(s) purged; ${notDone} line(s) decided and not carried out; ${unread} line(s) unreadable`,
    );
    return unread > 0 || list === 'broken' ? 1 : 0;
  } catch (error) {
    return refused(`cannot be read (${causeOf(error)})`);
  }
}

function lineOf({ at, call, events, streams, afterDays }: PurgeEntry, done: boolean): string {
  const numbers = streams.map(
    ({ stream, runs }) =>
      `${stream} ${runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',')}`,
  );
  const fate = done ? '' : ' NOT CARRIED OUT';
  return `${new Date(at).toISOString()} call ${call}: ${events} entries (${numbers.join('; ')}), policy ${afterDays} days${fate}`;
}

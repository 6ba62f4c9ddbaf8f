import { canonicalJson } from '../../shared/canonical.ts';
import { type DirectoryAnswer } from '../../shared/directory/exchange.ts';
import { diffOf, type DirectoryDiff } from '../../shared/directory/import.ts';
import { type DirectoryService } from '../../shared/directory/service.ts';
import { type UtcMs } from '../../shared/time.ts';
import {
  insertVersion,
  lockDirectory,
  readChanges,
  readHead,
  readServicesAt,
  type VersionHead,
} from '../db/directory-rows.ts';
import { inTransaction, type Pool } from '../db/pool.ts';

/** What the next version is to hold. */
export type NextDirectory = Pick<VersionHead, 'source' | 'bankHolidays'> & {
  readonly services: readonly DirectoryService[];
};

export interface Kept {
  /** The version there is now; undefined when there is none and nothing to keep. */
  readonly version: number | undefined;
  readonly diff: DirectoryDiff;
  /** False when everything was as it is already: no version is made then. */
  readonly isNew: boolean;
}

/**
 * Makes a version out of what differs from the present one, in one transaction: desks see the old directory or the new
 * one. `isTry` reads and compares and writes nothing.
 */
export function keepDirectory(
  pool: Pool,
  next: NextDirectory,
  { how, now, isTry = false }: { readonly how: string; readonly now: UtcMs; readonly isTry?: boolean },
): Promise<Kept> {
  return inTransaction(pool, async (client) => {
    if (!isTry) await lockDirectory(client);
    const head = await readHead(client);
    const before = head === undefined ? [] : await readServicesAt(client, head.version);
    const diff = diffOf(before, next.services);
    const changed = new Set([...diff.added, ...diff.changed.map(({ id }) => id)]);
    const isSame =
      head !== undefined &&
      changed.size + diff.removed.length === 0 &&
      canonicalJson([head.source, head.bankHolidays]) === canonicalJson([next.source, next.bankHolidays]);
    if (isTry || isSame) return { version: head?.version, diff, isNew: false };
    const version = (head?.version ?? 0) + 1;
    const { source, bankHolidays } = next;
    const put = next.services.filter(({ id }) => changed.has(id));
    const made = { version, madeAt: now, source, bankHolidays };
    await insertVersion(client, made, how, { put, removed: diff.removed });
    return { version, diff, isNew: true };
  });
}

/** A version as it stood, to be kept again as the newest; undefined when there is none of that number. */
export async function earlierDirectory(pool: Pool, version: number): Promise<NextDirectory | undefined> {
  const head = await readHead(pool, version);
  if (head === undefined) return undefined;
  const { source, bankHolidays } = head;
  return { source, bankHolidays, services: await readServicesAt(pool, version) };
}

/** What a desk needs that holds a version: the way from it, or the whole. */
export async function answerFrom(
  pool: Pool,
  head: VersionHead,
  held: { readonly from?: number | undefined; readonly madeAt?: UtcMs | undefined },
): Promise<DirectoryAnswer> {
  const { from } = held;
  // A hub restored from an older backup gives numbers out anew: the same number is not the same version then.
  const known = from === undefined ? undefined : await readHead(pool, from);
  if (from !== undefined && known?.madeAt === held.madeAt) {
    const changes = await readChanges(pool, from, head.version);
    return { kind: 'delta', from, ...head, ...changes };
  }
  return { kind: 'whole', snapshot: { ...head, services: await readServicesAt(pool, head.version) } };
}

import { type StreamId } from '../../shared/ids.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Disk } from '../ports/disk.ts';
import { causeOf, type Log } from '../ports/log.ts';
import { type Aside, type AsidePlaces, asidesOf } from './asides.ts';
import { appendPurgeLog } from './journal/purge-log.ts';

export interface PurgeAsidesOptions {
  readonly places: AsidePlaces;
  readonly disk: Disk;
  readonly log: Log;
  /** Whether the hub has everything of a stream that is on this PC, as it is here. */
  readonly isAllAtHub: (stream: StreamId) => Promise<boolean>;
}

export interface AsideOrder {
  readonly now: UtcMs;
  /** How long ago a copy must have been set aside (ms). */
  readonly afterMs: number;
}

const DAY_MS = 86_400_000;

/**
 * Copies that a repair set aside hold what callers said, as the log does: they go by the same policy. One of the journal
 * goes only while the hub has the whole of its stream, because somebody may still want to read a lost line out of it;
 * half-typed text goes by its age alone. Each is written into the purge log before it goes. Never rejects: what could not
 * go now goes the next time. Answers how many went.
 */
export async function purgeAsides(
  { places, disk, log, isAllAtHub }: PurgeAsidesOptions,
  { now, afterMs }: AsideOrder,
): Promise<number> {
  let gone = 0;
  try {
    const vouched = new Map<StreamId, boolean>();
    for (const aside of await asidesOf(places, disk)) {
      const at = await disk.writtenAt(aside.path);
      if (at === undefined || at > now - afterMs) continue;
      if (!(await mayGo(aside, vouched, isAllAtHub))) continue;
      await appendPurgeLog(disk, places.journal, [
        { at: now, aside: aside.name, afterDays: afterMs / DAY_MS },
      ]);
      await disk.remove(aside.path);
      gone += 1;
    }
  } catch (error) {
    const message = 'a copy that was set aside could not be taken off this PC yet';
    log.warn({ code: 'journal.asideNotPurged', message, cause: causeOf(error) });
  }
  if (gone > 0) {
    const message = `${gone} cop${gone === 1 ? 'y' : 'ies'} of damaged files were taken off this PC, as policy asks`;
    log.info({ code: 'journal.asidePurged', message });
  }
  return gone;
}

async function mayGo(
  { stream }: Aside,
  vouched: Map<StreamId, boolean>,
  isAllAtHub: (stream: StreamId) => Promise<boolean>,
): Promise<boolean> {
  if (stream === undefined) return true;
  const known = vouched.get(stream) ?? (await isAllAtHub(stream));
  vouched.set(stream, known);
  return known;
}

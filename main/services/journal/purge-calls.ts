import { type Fault } from '../../../shared/bridge/frames.ts';
import { type CallId, type StreamId } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type PurgeCall, type PurgedRun } from '../../../shared/sync/purge.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { refuse } from '../faults.ts';
import { appendPurgeLog } from './purge-log.ts';
import { type Purged, streamsOf } from './purged.ts';
import { type StreamLog } from './stream-log.ts';

export interface PurgeOrder {
  readonly calls: readonly PurgeCall[];
  /** The hub's time. */
  readonly now: UtcMs;
  /** How old everything in a call must be (ms). */
  readonly afterMs: number;
}

export interface PurgeAnswer {
  readonly purged: CallId[];
  /** What was asked for and stays, each with the reason in words. */
  readonly kept: { readonly call: CallId; readonly why: string }[];
}

export interface PurgePlace {
  readonly disk: Disk;
  readonly folder: string;
  readonly purged: Purged;
  readonly logOf: (stream: StreamId) => Promise<StreamLog | undefined>;
  readonly log: Log;
}

const DAY_MS = 86_400_000;
const PAGE = 500;

/**
 * Looks into every entry of every call, writes the purge log and then the list of what is purged; each is fsynced before
 * the next. The lines themselves are taken out afterwards: see `finishPurge` in journal.ts. Fault `journal.writeFailed`
 * when the disk refused: then nothing is purged.
 */
export async function purgeCalls(
  { calls, now, afterMs }: PurgeOrder,
  { disk, folder, purged, logOf, log }: PurgePlace,
): Promise<Result<PurgeAnswer, Fault>> {
  try {
    const fit: PurgeCall[] = [];
    const kept: PurgeAnswer['kept'] = [];
    for (const call of calls) {
      const why = await whyNot(call, now - afterMs, logOf);
      if (why === undefined) fit.push(call);
      else kept.push({ call: call.call, why });
    }
    if (fit.length > 0) {
      const entries = fit.map(({ call, streams }) => ({
        at: now,
        call,
        events: streams.flatMap(({ runs }) => runs).reduce((sum, { from, to }) => sum + to - from + 1, 0),
        streams: streams.map(({ stream, runs }) => ({
          stream,
          runs: runs.map(({ from, to }): [number, number] => [from, to]),
        })),
        afterDays: afterMs / DAY_MS,
      }));
      await appendPurgeLog(disk, folder, entries);
      await purged.add(streamsOf(fit));
      const events = entries.reduce((sum, one) => sum + one.events, 0);
      const message = `${fit.length} call(s) with ${events} entries were purged from this PC; the hub has them`;
      log.info({ code: 'journal.purged', message });
    }
    return ok({ purged: fit.map(({ call }) => call), kept });
  } catch (error) {
    log.error({ code: 'journal.notPurged', message: 'the disk refused a purge', cause: causeOf(error) });
    return refuse(
      'journal.writeFailed',
      '(whole)',
      `the disk refused (${causeOf(error)}): nothing was purged`,
    );
  }
}

/** A number that the journal does not hold was never in this copy, or is lost from it: nothing stands against it. */
async function whyNot(
  { call, streams }: PurgeCall,
  before: UtcMs,
  logOf: PurgePlace['logOf'],
): Promise<string | undefined> {
  for (const { stream, runs } of streams) {
    const files = await logOf(stream);
    if (files === undefined) continue;
    for (const run of runs) {
      const why = await lookAt(files, run, call, before);
      if (why !== undefined) return why;
    }
  }
  return undefined;
}

async function lookAt(
  files: StreamLog,
  { from, to, hash }: PurgedRun,
  call: CallId,
  before: UtcMs,
): Promise<string | undefined> {
  if (to > files.head().seq) return 'the journal does not go so far';
  for (let after = from - 1; after < to;) {
    const { events, locked } = await files.read(after, Math.min(PAGE, to - after));
    if (locked.some((seq) => seq <= to)) return 'some of it is under a key that is not held';
    const here = events.filter(({ seq }) => seq <= to);
    const last = here.at(-1);
    if (last === undefined) return undefined;
    if (here.some((event) => event.call !== call)) return 'one of its numbers belongs to another call';
    if (here.some(({ at }) => at > before)) return 'it is not old enough';
    if (last.seq === to && hash !== last.hash) return 'the journal holds another event with its number';
    after = last.seq;
  }
  return undefined;
}

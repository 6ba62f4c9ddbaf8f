import { z } from 'zod';
import { type Fault } from '../../shared/bridge/frames.ts';
import { callId, type CallId, sha256Hex, type StreamId } from '../../shared/ids.ts';
import { type Result } from '../../shared/result.ts';
import { isPurged, joinRuns, type PurgedRun, type PurgedStream, unpurged } from '../../shared/sync/purge.ts';
import { openEvent } from './boxed-rows.ts';
import { type LanternDatabase } from './database.ts';
import { purgedRow, type PurgedRow } from './rows.ts';
import { type Sealer } from './sealer.ts';
import { type Run } from './writer.ts';

export interface Removed {
  readonly events: number;
  /** Calls of which nothing is left here. */
  readonly calls: readonly CallId[];
  /** Streams of which this database holds other events under these numbers: nothing of them was taken out. */
  readonly different: readonly StreamId[];
}

/** What the journal has purged is taken out of this database too, and its numbers are remembered. */
export interface PurgedCopies {
  runs(): Promise<Result<ReadonlyMap<StreamId, readonly PurgedRun[]>, Fault>>;
  /**
   * Takes these numbers out, with everything else that is kept of calls of which nothing is left, and remembers them, in
   * one transaction. Safe to repeat. Only ever called with numbers that the journal's list of what is purged has.
   */
  apply(streams: readonly PurgedStream[]): Promise<Result<Removed, Fault>>;
}

const hashes = z.array(sha256Hex.nullable());

export function createPurgedCopies(run: Run, sealer: Sealer): PurgedCopies {
  async function read(database: LanternDatabase): Promise<ReadonlyMap<StreamId, readonly PurgedRun[]>> {
    const rows = (await database.purged.toArray()).flatMap((row) => purgedRow.safeParse(row).data ?? []);
    const opened = await Promise.all(
      rows.map(async (row) => [row.stream, await openRuns(sealer, row)] as const),
    );
    return new Map(opened);
  }

  return {
    runs: () => run(read),
    apply: (asked) =>
      run(async (database) => {
        const known = await read(database);
        const different: StreamId[] = [];
        const streams: PurgedStream[] = [];
        for (const of of asked) {
          if (await isSame(database, sealer, of, known.get(of.stream) ?? [])) streams.push(of);
          else different.push(of.stream);
        }
        const all = streams.map(({ stream, runs }) => ({
          stream,
          runs: [...joinRuns(known.get(stream) ?? [], runs)],
        }));
        const rows = await Promise.all(all.map((of) => closeRuns(sealer, of.stream, of.runs)));
        const found = await rowsOf(database, streams);
        const [forks, damaged] = await Promise.all([
          besides(database.forks, all),
          besides(database.damaged, all),
        ]);
        const calls: CallId[] = [];
        const { events, foreign, leases } = database;
        const tables = [
          database.purged,
          events,
          database.calls,
          foreign,
          leases,
          database.forks,
          database.damaged,
        ];
        await database.transaction('rw', tables, async () => {
          await database.purged.bulkPut(rows);
          await events.bulkDelete(found.keys);
          await database.forks.bulkDelete(forks);
          await database.damaged.bulkDelete(damaged);
          for (const call of found.calls) {
            // Something newer came into it meanwhile: it stays findable.
            if ((await events.where('call').equals(call).count()) > 0) continue;
            await foreign.where('call').equals(call).delete();
            await database.calls.delete(call);
            await leases.delete(call);
            calls.push(call);
          }
        });
        return { events: found.keys.length, calls, different };
      }),
  };
}

const rowOf = z.object({ stream: z.string(), seq: z.int(), call: callId });

/**
 * Whether what this database holds of the runs is what was purged: each run's last event has the hash that was remembered,
 * and with it, by the chain, all before it. A run of which nothing is here says nothing against it; what stands right before
 * a run that was taken out already was vouched for then, by the same chain.
 */
async function isSame(
  database: LanternDatabase,
  sealer: Sealer,
  { stream, runs }: PurgedStream,
  known: readonly PurgedRun[],
): Promise<boolean> {
  for (const { from, to, hash } of runs) {
    for (const [first, end] of unpurged([[from, to]], known)) {
      const rows = database.events.where('[stream+seq]').between([stream, first], [stream, end], true, true);
      if (isPurged(known, end + 1) || (await rows.count()) === 0) continue;
      const last = await openEvent(sealer, await database.events.get([stream, end]));
      if (end !== to || last.kind !== 'event' || last.event.hash !== hash) return false;
    }
  }
  return true;
}

/** Keys of the rows of these numbers, and the calls they belong to. */
async function rowsOf(
  database: LanternDatabase,
  streams: readonly PurgedStream[],
): Promise<{ readonly keys: [string, number][]; readonly calls: readonly CallId[] }> {
  const keys: [string, number][] = [];
  const calls = new Set<CallId>();
  for (const { stream, runs } of streams) {
    for (const { from, to } of runs) {
      const rows = database.events.where('[stream+seq]').between([stream, from], [stream, to], true, true);
      await rows.each((row, { primaryKey }) => {
        keys.push([primaryKey[0], primaryKey[1]]);
        const { data } = rowOf.safeParse(row);
        if (data !== undefined) calls.add(data.call);
      });
    }
  }
  return { keys, calls: [...calls] };
}

/** Copies of these numbers that were kept beside the log: forks, and rows as they were before a repair. */
async function besides(
  table: LanternDatabase['forks' | 'damaged'],
  streams: readonly PurgedStream[],
): Promise<number[]> {
  const runs = new Map<string, readonly PurgedRun[]>(streams.map((of) => [of.stream, of.runs]));
  const place = z.object({ stream: z.string(), seq: z.number() });
  const found: number[] = [];
  await table.each((row, { primaryKey }) => {
    const { data } = place.safeParse(row);
    if (data !== undefined && isPurged(runs.get(data.stream) ?? [], data.seq)) found.push(primaryKey);
  });
  return found;
}

async function openRuns(sealer: Sealer, row: PurgedRow): Promise<readonly PurgedRun[]> {
  const opened = await sealer.open(row, ['purged', row.stream]);
  const ends = opened.kind === 'open' ? hashes.safeParse(JSON.parse(opened.text)).data : undefined;
  return row.runs.map(([from, to], at) => {
    const hash = ends?.[at] ?? undefined;
    return hash === undefined ? { from, to } : { from, to, hash };
  });
}

async function closeRuns(sealer: Sealer, stream: StreamId, runs: readonly PurgedRun[]): Promise<PurgedRow> {
  const ends = JSON.stringify(runs.map(({ hash }) => hash ?? null));
  return {
    stream,
    runs: runs.map(({ from, to }): [number, number] => [from, to]),
    ...(await sealer.seal(ends, ['purged', stream])),
  };
}

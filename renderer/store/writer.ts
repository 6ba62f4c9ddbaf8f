import { type Fault } from '../../shared/bridge/frames.ts';
import { type Head } from '../../shared/events/chain.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type StreamId } from '../../shared/ids.ts';
import { type Result } from '../../shared/result.ts';
import { type Receipt } from '../../shared/sync/protocol.ts';
import { createAppend, prepare } from './append.ts';
import { sealEvent, sealHead, sealReceipt } from './boxed-rows.ts';
import { type LanternDatabase } from './database.ts';
import { Refused, storeFault } from './faults.ts';
import { freshForks, sealDamaged } from './kept-rows.ts';
import { storedStream } from './rows.ts';
import { type Sealer } from './sealer.ts';
import { write } from './write.ts';

/** Every write is one strict transaction: it is there whole, or not at all. Nothing resolves before completion. */
export interface Writer {
  /**
   * Puts events of one stream, moves its head and the summaries of their calls. Events that are there already are
   * a success. Faults: store.gap, store.fork, store.full, store.closed and the others of `faultOf`.
   */
  append(events: readonly Envelope[]): Promise<Result<Head, Fault>>;
  /** Keeps receipts together with how far the hub has the stream. `acked` never shrinks here. */
  acknowledge(stream: StreamId, acked: number, receipts: readonly Receipt[]): Promise<Result<void, Fault>>;
  /** Makes this the stream that is written to; all others become earlier ones. */
  makeCurrent(stream: StreamId): Promise<Result<void, Fault>>;
  /** Keeps an unreadable row as it was and puts the event in its place. */
  repair(event: Envelope): Promise<Result<void, Fault>>;
  /**
   * Keeps another copy's events whose numbers are taken here, and with them, in the same transaction, the same events
   * sealed into a stream of their own, so that they reach the hub.
   */
  setAside(events: readonly Envelope[], resealed: readonly Envelope[]): Promise<Result<void, Fault>>;
  /** The stream goes on after `head`: the numbers up to there that are not here are in no copy on this PC. */
  skipTo(stream: StreamId, head: Head): Promise<Result<void, Fault>>;
}

/** Runs one transaction and turns whatever aborts it into a Fault. */
export type Run = <T>(work: (database: LanternDatabase) => Promise<T>) => Promise<Result<T, Fault>>;

export function createWriter(run: Run, sealer: Sealer): Writer {
  return {
    append: createAppend(run, sealer),
    async acknowledge(stream, acked, receipts) {
      const rows = await Promise.all(receipts.map((given) => sealReceipt(sealer, given)));
      return run((database) =>
        database.transaction('rw', [database.streams, database.receipts], async () => {
          const row = storedStream.safeParse(await database.streams.get(stream));
          if (!row.success)
            throw new Refused(storeFault('store.noStream', 'stream', 'is not in this database'));
          await database.receipts.bulkPut(rows);
          await database.streams.put({ ...row.data, acked: Math.max(row.data.acked, acked) });
        }),
      );
    },
    makeCurrent: (stream) =>
      run((database) =>
        database.transaction('rw', [database.streams], async () => {
          const rows = (await database.streams.toArray()).flatMap(
            (row) => storedStream.safeParse(row).data ?? [],
          );
          const others = rows.filter((row) => row.stream !== stream && row.role === 'current');
          const known = rows.find((row) => row.stream === stream);
          // As at most starts: nothing is written, and nobody waits for the disk.
          if (others.length === 0 && known?.role === 'current') return;
          await database.streams.bulkPut([
            ...others.map((row) => ({ ...row, role: 'earlier' as const })),
            { ...(known ?? { stream, seq: 0, acked: 0 }), role: 'current' as const },
          ]);
        }),
      ),
    repair: (event) =>
      run(async (database) => {
        const { stream, seq } = event;
        const row = await database.events.get([stream, seq]);
        const kept = row === undefined ? undefined : await sealDamaged(sealer, stream, seq, row);
        const mended = await sealEvent(sealer, event);
        await database.transaction('rw', [database.events, database.damaged], async () => {
          if (kept !== undefined) await database.damaged.add(kept);
          await database.events.put(mended);
        });
      }),
    setAside: (events, resealed) =>
      run(async (database) => {
        const rows = await freshForks(database, sealer, events);
        const append = resealed.length === 0 ? undefined : await prepare(database, sealer, resealed);
        if (append?.end === undefined) await database.forks.bulkAdd(rows);
        else await write(database, append, append.end, { forks: rows, newRole: 'earlier' });
      }),
    skipTo: (stream, head) =>
      run(async (database) => {
        const end = await sealHead(sealer, stream, head);
        await database.transaction('rw', [database.streams], async () => {
          const row = storedStream.safeParse(await database.streams.get(stream)).data;
          if ((row?.seq ?? 0) >= head.seq) return;
          const { acked, role } = row ?? { acked: 0, role: 'current' as const };
          await database.streams.put({ stream, acked, role, ...end });
        });
      }),
  };
}

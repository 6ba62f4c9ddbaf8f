import { type Fault } from '../../shared/bridge/frames.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type CallId } from '../../shared/ids.ts';
import { type Result } from '../../shared/result.ts';
import { openEvent, sealEvent } from './boxed-rows.ts';
import { type LanternDatabase } from './database.ts';
import { callRow, leaseRow, type LeaseRow } from './rows.ts';
import { type Sealer } from './sealer.ts';
import { summarise } from './summary.ts';
import { type Run } from './writer.ts';

/** What other desks wrote in calls of this one, and where those calls are. A copy: the hub has the original. */
export interface ForeignCopies {
  /** Keeps events of one call and its summary, in one transaction. Events that are there already are put again. */
  keep(events: readonly Envelope[]): Promise<Result<void, Fault>>;
  keepLease(lease: LeaseRow): Promise<Result<void, Fault>>;
  leases(): Promise<Result<readonly LeaseRow[], Fault>>;
}

export function createForeignCopies(run: Run, sealer: Sealer): ForeignCopies {
  return {
    keep: (events) =>
      run(async (database) => {
        const call = events[0]?.call;
        if (call === undefined) return;
        const rows = await Promise.all(events.map((event) => sealEvent(sealer, event)));
        await database.transaction('rw', [database.foreign, database.calls], async () => {
          await database.foreign.bulkPut(rows);
          const summary = summarise(callRow.safeParse(await database.calls.get(call)).data, events);
          if (summary !== undefined) await database.calls.put(summary);
        });
      }),
    keepLease: (lease) =>
      run(async (database) => {
        await database.transaction('rw', [database.leases], () => database.leases.put(lease));
      }),
    leases: () =>
      run(async (database) =>
        (await database.leases.toArray()).flatMap((row) => leaseRow.safeParse(row).data ?? []),
      ),
  };
}

/** The copies of one call. What cannot be read is left out: it is fetched again at the next look at the hub. */
export async function foreignOf(
  database: LanternDatabase,
  sealer: Sealer,
  call: CallId,
): Promise<readonly Envelope[]> {
  const rows = await database.foreign.where('call').equals(call).toArray();
  const opened = await Promise.all(rows.map((row) => openEvent(sealer, row)));
  return opened.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
}

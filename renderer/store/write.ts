import { type Prepared } from './append.ts';
import { type LanternDatabase } from './database.ts';
import { Refused, storeFault } from './faults.ts';
import { callRow, type KeptRow, type StoredStream, storedStream } from './rows.ts';
import { byCall, summarise } from './summary.ts';

export const movedFault = storeFault('store.moved', 'stream', 'is being written by somebody else');

/** What may go into the same transaction, and what the stream is when it is new. */
export interface Beside {
  readonly forks?: readonly KeptRow[];
  readonly newRole?: StoredStream['role'];
}

/**
 * Puts prepared events, the stream's new end and the calls' summaries in one strict transaction; answers with the
 * row's new mark once it is complete. Rejects with `Refused` when the row is not the one that was read, and with the
 * browser's error when the transaction was aborted: then nothing of it is there.
 *
 * This is on the way of every event, so it speaks to IndexedDB itself: each wait is a way to the database's process
 * and back. What must be read is asked for together with the adding, the rest follows at once, and then the
 * transaction is told that nothing more comes.
 */
export function write(
  database: LanternDatabase,
  { stream, fresh, rows, mark }: Prepared,
  end: NonNullable<Prepared['end']>,
  { forks = [], newRole = 'current' }: Beside = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const names = ['events', 'streams', 'calls', ...(forks.length > 0 ? ['forks'] : [])];
    const transaction = database.backendDB().transaction(names, 'readwrite', { durability: 'strict' });
    let written = mark;
    let why: unknown;
    // Handlers, as Dexie has them: the fault simulation lets a commit fail by taking them from the transaction.
    transaction.oncomplete = () => resolve(written);
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- see above
    transaction.onabort = () => {
      const cause = why ?? transaction.error;
      reject(cause instanceof Error ? cause : new DOMException('the transaction was aborted', 'AbortError'));
    };

    const streams = transaction.objectStore('streams');
    const calls = transaction.objectStore('calls');
    const groups = [...byCall(fresh).entries()];
    const foundStream = streams.get(stream);
    const foundCalls = groups.map(([call]) => calls.get(call));
    const events = transaction.objectStore('events');
    for (const row of rows) events.add(row);
    for (const row of forks) transaction.objectStore('forks').add(row);

    // Requests succeed in the order they were made: with the last of these all are there.
    (foundCalls.at(-1) ?? foundStream).addEventListener('success', () => {
      try {
        const found: unknown = foundStream.result;
        if (markOf(found) !== mark) throw new Refused(movedFault);
        const { acked, role } = storedStream.safeParse(found).data ?? { acked: 0, role: newRole };
        const row: StoredStream = { stream, acked, role, ...end };
        streams.put(row);
        for (const [at, [, group]] of groups.entries()) {
          const summary = summarise(callRow.safeParse(foundCalls[at]?.result).data, group);
          if (summary !== undefined) calls.put(summary);
        }
        written = markOf(row);
        transaction.commit();
      } catch (error) {
        why = error;
        transaction.abort();
      }
    });
  });
}

/** Every writing of a head has a nonce of its own, so two rows with the same mark are the same row. */
export function markOf(row: unknown): string {
  if (row === undefined) return 'none';
  const parsed = storedStream.safeParse(row);
  if (!parsed.success) return 'unreadable';
  const { seq, hash, box } = parsed.data;
  return `${seq} ${hash ?? box?.subarray(0, 12).join('.') ?? ''}`;
}

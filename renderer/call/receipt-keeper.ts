import { type SyncPorts } from '../sync/stream-sync.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type Store } from '../store/store.ts';

/**
 * Keeps receipts in the window's database; while that cannot be written, in the journal's folder, without the hash: it
 * rests there plainly, and a guess at what was said could be checked by it.
 */
export function createReceiptKeeper(store: Store, bridge: Bridge): SyncPorts['keep'] {
  return async (stream, acked, receipts) => {
    const kept = await store.writer.acknowledge(stream, acked, receipts);
    if (kept.ok || acked === 0) return kept;
    const newest = receipts.toSorted((a, b) => a.n - b.n).at(-1);
    const inJournal = await bridge.call('journal.acknowledge', {
      stream,
      acked,
      ...(newest === undefined ? {} : { receipt: { ...newest, hash: null } }),
    });
    return inJournal.ok ? { ok: true, value: undefined } : kept;
  };
}

import { type StreamId } from '../../shared/ids.ts';
import { type Receipt } from '../../shared/sync/protocol.ts';
import { type StreamRow } from '../store/rows.ts';
import { type EarlierStream } from './save-light.ts';

/** How far the hub has every stream of this profile, as far as that is stored here. */
export interface SentBook {
  /** Acknowledged of the present stream. */
  current(): number;
  receipt(): Receipt | undefined;
  /** Streams that are no longer written to and have something unsent. */
  earlier(): readonly EarlierStream[];
  /** What the hub's answer, now stored, said of `stream`. */
  acked(stream: StreamId, present: StreamId, acked: number, receipts: readonly Receipt[]): void;
  /** The present stream becomes an earlier one that ends at `last`; the next begins with nothing sent. */
  leave(before: StreamId, last: number): void;
  addEarlier(row: StreamRow): void;
}

export function createSentBook(
  startAcked: number,
  startReceipt: Receipt | undefined,
  rows: readonly StreamRow[],
): SentBook {
  let current = startAcked;
  let receipt = startReceipt;
  const earlier = new Map<string, EarlierStream>();
  const addEarlier = ({ stream, seq, acked }: StreamRow): void => {
    earlier.set(stream, { stream, last: seq, acked });
  };
  rows.forEach(addEarlier);
  return {
    current: () => current,
    receipt: () => receipt,
    earlier: () => [...earlier.values()].filter(({ last, acked }) => acked < last),
    acked(stream, present, acked, receipts) {
      if (stream === present) current = acked;
      else {
        const known = earlier.get(stream);
        if (known !== undefined) earlier.set(stream, { ...known, acked });
      }
      for (const given of receipts) receipt = newerReceipt(receipt, given);
    },
    leave(before, last) {
      earlier.set(before, { stream: before, last, acked: Math.min(current, last) });
      current = 0;
    },
    addEarlier,
  };
}

export const newerReceipt = (a: Receipt | undefined, b: Receipt | undefined): Receipt | undefined =>
  a === undefined || (b !== undefined && b.n > a.n) ? b : a;

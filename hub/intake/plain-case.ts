import { type DeskId } from '../../shared/ids.ts';
import { type Held } from './decide.ts';
import { type Item } from './read-item.ts';
import { type Standing } from './store.ts';

/**
 * What the hub would hold if this batch simply continued its stream, in calls that this desk has: the event its first
 * one names as the one before.
 * The store checks the guess in the statement that adds the batch, so that nothing has to be read first. Undefined
 * when the batch cannot be plain because something in it goes to quarantine or is from another desk.
 */
export function asIfContinuing(batch: {
  readonly desk: DeskId;
  readonly from: number;
  readonly items: readonly Item[];
}): { readonly at: Standing; readonly held: Held } | undefined {
  const [first] = batch.items;
  const isPlain = (item: Item): boolean => item.kind === 'event' && item.event.desk === batch.desk;
  if (first?.kind !== 'event' || !batch.items.every(isPlain)) return undefined;
  const seq = batch.from - 1;
  const hash = first.event.prev;
  // Its text and its own link are not asked about: only its hash is, by the first event of the batch.
  const before = { hash, prev: '', text: '' };
  return {
    at: { desk: batch.desk, seq, hash },
    held: {
      events: new Map(seq === 0 ? [] : [[seq, before]]),
      quarantined: new Set(),
      holders: new Map(),
      formerDesks: new Set(),
    },
  };
}

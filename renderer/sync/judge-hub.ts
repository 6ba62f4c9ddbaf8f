import { type StreamHead } from '../../shared/sync/protocol.ts';

/** What the hub's head of a stream means for us, at the first contact of this run. */
export type HubVerdict =
  /** Nothing to learn: send from where we are. */
  | { readonly kind: 'agrees' }
  /** The hub provably has more than we had kept: the same hash means the same events up to there. */
  | { readonly kind: 'hasMore'; readonly acked: number }
  /** The hub has less than its receipts said: it was put back to an older copy. We send again from there. */
  | { readonly kind: 'hasLess'; readonly acked: number }
  /** The hub has other events under our numbers, or numbers we never wrote: this profile was put back. */
  | { readonly kind: 'forked' };

/**
 * Judges by numbers and hashes alone. `known`: the newest number in any copy here; `acked`: what we believed the hub had;
 * `ownHash`: the hash of our event `hub.acked`, if we have that number.
 */
export function judgeHub(
  known: number,
  acked: number,
  hub: StreamHead,
  ownHash: string | undefined,
): HubVerdict {
  if (hub.acked > known) return { kind: 'forked' };
  // A quarantined event has no hash to compare; the next one the hub has will tell.
  const comparable = hub.acked > 0 && hub.hash !== null && ownHash !== undefined;
  if (comparable && hub.hash !== ownHash) return { kind: 'forked' };
  if (hub.acked < acked) return { kind: 'hasLess', acked: hub.acked };
  // One less than proved, so that the last event is sent again and brings its stored receipt.
  if (comparable && hub.acked - 1 > acked) return { kind: 'hasMore', acked: hub.acked - 1 };
  return { kind: 'agrees' };
}

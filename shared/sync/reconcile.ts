import { type Head } from '../events/chain.ts';
import { type Envelope } from '../events/event.ts';
import { type StreamHead } from './protocol.ts';

/** What to do at start so that the window's database and the journal hold the same events of a stream. */
export type Reconciliation =
  | { readonly kind: 'agree' }
  | { readonly kind: 'copyToDatabase'; readonly after: number }
  | { readonly kind: 'copyToJournal'; readonly after: number }
  /** Same number, different event: one copy was put back or edited. Both are kept and a new stream is started. */
  | { readonly kind: 'forked'; readonly at: number };

/**
 * Compares two copies of one stream by where they end. `shared` is the hash that the longer copy has at the
 * shorter one's end, or undefined if it cannot say: then the copies are taken to have forked.
 */
export function reconcile(database: Head, journal: Head, shared: string | undefined): Reconciliation {
  const shorter = database.seq <= journal.seq ? database : journal;
  if (shorter.seq > 0 && shared !== shorter.hash) return { kind: 'forked', at: shorter.seq };
  if (database.seq === journal.seq) return { kind: 'agree' };
  return database.seq < journal.seq
    ? { kind: 'copyToDatabase', after: database.seq }
    : { kind: 'copyToJournal', after: journal.seq };
}

/**
 * Whether this profile may go on writing its stream. When the hub has more of it than we do, the profile was put
 * back to an older copy: writing on would use numbers a second time, so a new stream is started (decision 2).
 */
export function decideStream(local: Head, hub: StreamHead): 'continue' | 'startNew' {
  if (hub.acked > local.seq) return 'startNew';
  if (hub.acked === local.seq && local.seq > 0 && hub.hash !== null && hub.hash !== local.hash)
    return 'startNew';
  return 'continue';
}

/**
 * The union of two copies of a stream, in order of seq. Where both have a number with different hashes the first
 * copy's event is taken and the number is listed: nothing is silently preferred.
 */
export function mergeCopies(
  first: readonly Envelope[],
  second: readonly Envelope[],
): { readonly events: readonly Envelope[]; readonly conflicts: readonly number[] } {
  const bySeq = new Map(second.map((event) => [event.seq, event]));
  const conflicts: number[] = [];
  for (const event of first) {
    const other = bySeq.get(event.seq);
    if (other !== undefined && other.hash !== event.hash) conflicts.push(event.seq);
    bySeq.set(event.seq, event);
  }
  const events = [...bySeq.values()].toSorted((a, b) => a.seq - b.seq);
  return { events, conflicts: conflicts.toSorted((a, b) => a - b) };
}

import { type UtcMs } from '../time.ts';

/**
 * THE SAVE LIGHT: what may be said about where the words are. It is computed from confirmations alone and never
 * shows more than is true (decision 3). Numbers are sequence numbers of this profile's stream.
 */
export interface SaveFacts {
  /** The newest event the handler has made. */
  readonly made: number;
  /** Every event up to here: strict transaction completed in the window's database. */
  readonly inDatabase: number;
  /** Every event up to here: fsynced in the journal. */
  readonly inJournal: number;
  /** Every event up to here: the hub's receipt is stored here. */
  readonly acked: number;
  /** The newest stored receipt. */
  readonly receipt?: { readonly n: number; readonly at: UtcMs };
  /** Text in a field that is not yet on the disk as a draft. */
  readonly typing: boolean;
  /** Why a copy could not be written, in words, when that is so. */
  readonly databaseFault?: string;
  readonly journalFault?: string;
}

export type Light =
  /** Both local copies failed for the newest event. Nothing else is said while this is so. */
  | { readonly kind: 'notKept'; readonly why: string }
  /** One local copy holds it, the other could not be written. */
  | { readonly kind: 'oneCopy'; readonly missing: 'database' | 'journal'; readonly why: string }
  | { readonly kind: 'typing' }
  | { readonly kind: 'keeping'; readonly waiting: number }
  | { readonly kind: 'onThisPc'; readonly waiting: number }
  | { readonly kind: 'safe'; readonly receipt: number; readonly at: UtcMs }
  /** Nothing has been made yet. */
  | { readonly kind: 'empty' };

/** The light for these facts. Pure. */
export function lightOf(facts: SaveFacts): Light {
  const { made, inDatabase, inJournal, acked, receipt, databaseFault, journalFault } = facts;
  const databaseBehind = inDatabase < made && databaseFault !== undefined;
  const journalBehind = inJournal < made && journalFault !== undefined;
  if (databaseBehind && journalBehind) return { kind: 'notKept', why: `${databaseFault}; ${journalFault}` };
  if (databaseBehind && inJournal >= made)
    return { kind: 'oneCopy', missing: 'database', why: databaseFault };
  if (journalBehind && inDatabase >= made) return { kind: 'oneCopy', missing: 'journal', why: journalFault };
  if (facts.typing) return { kind: 'typing' };
  const onThisPc = Math.min(inDatabase, inJournal);
  if (onThisPc < made) return { kind: 'keeping', waiting: made - onThisPc };
  if (acked < made) return { kind: 'onThisPc', waiting: made - acked };
  if (receipt !== undefined) return { kind: 'safe', receipt: receipt.n, at: receipt.at };
  return { kind: 'empty' };
}

/** Where one event is, for the tick beside a note. */
export function whereIs(seq: number, facts: SaveFacts): 'keeping' | 'onThisPc' | 'safe' {
  if (seq <= facts.acked) return 'safe';
  return seq <= Math.min(facts.inDatabase, facts.inJournal) ? 'onThisPc' : 'keeping';
}

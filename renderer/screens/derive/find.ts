import { eventsOf, type EventOf, type Picture } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { isolated } from '../../../shared/typed.ts';
import { clockTime } from '../wording/times.ts';
import { type Entry, entryOf } from './struck.ts';

/** Something of a call that can be found by its words: a note, an answer with its facts and words, a line of the plan. */
export interface Findable {
  readonly entry: Entry;
  readonly at: number;
  /** Folded once, so that a key press only compares. */
  readonly folded: string;
  /** Who struck it and why, where it was: found like everything else, and said as struck. */
  readonly struck: string | undefined;
}

/** Without capitals, accents and what tells one way of writing a letter from another: "Gŵyr" is found by "gwyr". */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[‘’]/gu, "'");

const keyOf = ({ stream, seq }: { readonly stream: string; readonly seq: number }): string =>
  `${stream}:${seq}`;
/** Names an entry's place on the page (`data-entry`). */
export const entryKey = ({ ref }: Pick<Entry, 'ref'>): string => keyOf(ref);

/** Everything that can be found, newest first. */
export function findable(picture: Picture, content: Content): readonly Findable[] {
  const strikes = new Map(
    eventsOf(picture, 'entry.struck').map((strike) => [keyOf(strike.data.target), strike]),
  );
  const all: (EventOf<'answer.recorded'> | EventOf<'note.added'> | EventOf<'plan.recorded'>)[] = [
    ...eventsOf(picture, 'answer.recorded'),
    ...eventsOf(picture, 'note.added'),
    ...eventsOf(picture, 'plan.recorded'),
  ];
  return all
    .toSorted((a, b) => b.at - a.at || b.seq - a.seq)
    .map((event) => {
      const { entry, folded } = readOnce(event, content);
      const strike = strikes.get(keyOf(event));
      return {
        entry,
        at: event.at,
        folded,
        struck:
          strike === undefined
            ? undefined
            : `struck through ${clockTime(strike.at)}: ${isolated(strike.data.reason)}`,
      };
    });
}

type Said = Parameters<typeof entryOf>[0];
const read = new WeakMap<Said, Pick<Findable, 'entry' | 'folded'>>();
/** An event never changes, nor does the content of its call: folding two thousand of them again with each note would be felt. */
function readOnce(event: Said, content: Content): Pick<Findable, 'entry' | 'folded'> {
  const known = read.get(event);
  if (known !== undefined) return known;
  const entry = entryOf(event, content);
  const made = { entry, folded: fold(`${entry.what} ${entry.says}`) };
  read.set(event, made);
  return made;
}

/** Those that hold every typed word, in any order. Nothing typed finds nothing. */
export function findWords(all: readonly Findable[], typed: string): readonly Findable[] {
  const words = fold(typed)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return words.length === 0 ? [] : all.filter(({ folded }) => words.every((word) => folded.includes(word)));
}

/** Which entries are drawn: the newest, or a window around one further back that was found. */
export function windowAround<T>(
  all: readonly T[],
  count: number,
  found: number,
): { readonly from: number; readonly shown: readonly T[] } {
  const newest = Math.max(0, all.length - count);
  const from = found < 0 || found >= newest ? newest : Math.max(0, found - Math.floor(count / 2));
  return { from, shown: all.slice(from, from + count) };
}

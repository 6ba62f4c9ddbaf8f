import { type Place, type Said } from './told.ts';

/** An event as it lies in one copy. Only notes carry a text. */
export interface Kept {
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
  readonly text?: string;
}

/** The copies as they were read, past the program. One that was not looked at says nothing. */
export interface Copies {
  readonly database?: readonly Kept[];
  readonly journal?: readonly Kept[];
  readonly hub?: readonly Kept[];
  /** The note box as the drafts file has it; undefined: the file has none. */
  readonly draft?: string | undefined;
}

/** What a trial found. Every entry of `lost`, `doubled` and `falseLights` is a sentence without a caller's words. */
export interface Verdict {
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly falseLights: readonly string[];
}

const PLACES: readonly Place[] = ['database', 'journal', 'hub'];
/** Compares what was said just before a kill with the copies as the kill left them. Pure. */
export function judgeAtKill(told: Said, copies: Copies): Pick<Verdict, 'falseLights' | 'doubled'> {
  const falseLights: string[] = [];
  for (const [text, said] of told.notes) {
    for (const place of said) {
      const copy = copies[place];
      if (copy !== undefined && !copy.some((kept) => kept.text === text)) {
        falseLights.push(`${nameOf(text)} was called kept and is not in the ${place}`);
      }
    }
  }
  return { falseLights, doubled: doubledIn(copies) };
}

/** Compares what was ever said with the copies once everything is up again and all is sent. Pure. */
export function judgeAtEnd(told: Said, copies: Copies): Pick<Verdict, 'acknowledged' | 'lost' | 'doubled'> {
  const promised = [...told.notes].filter(([, said]) => said.size > 0).map(([text]) => text);
  const lost = promised.flatMap((text) =>
    PLACES.filter((place) => copies[place]?.every((kept) => kept.text !== text)).map(
      (place) => `${nameOf(text)} is not in the ${place}`,
    ),
  );
  return { acknowledged: promised.length, lost, doubled: [...doubledIn(copies), ...unlike(copies)] };
}

/** The same note under two numbers, or a number with two events. */
function doubledIn(copies: Copies): string[] {
  return PLACES.flatMap((place) => {
    const copy = copies[place] ?? [];
    const byText = new Map<string, string>();
    const byNumber = new Map<string, string>();
    return copy.flatMap((kept) => {
      const found: string[] = [];
      const number = `${kept.stream} ${kept.seq}`;
      const before = byNumber.get(number);
      if (before !== undefined && before !== kept.hash) found.push(`number ${number} twice in the ${place}`);
      byNumber.set(number, kept.hash);
      if (kept.text === undefined) return found;
      const elsewhere = byText.get(kept.text);
      if (elsewhere !== undefined && elsewhere !== number)
        found.push(`${nameOf(kept.text)} twice in the ${place}`);
      byText.set(kept.text, number);
      return found;
    });
  });
}

/** A number that one copy holds with another event than the next. */
function unlike(copies: Copies): string[] {
  const first = new Map<string, string>();
  return PLACES.flatMap((place) =>
    (copies[place] ?? []).flatMap(({ stream, seq, hash }) => {
      const number = `${stream} ${seq}`;
      const other = first.get(number) ?? hash;
      first.set(number, other);
      return other === hash ? [] : [`number ${number} is another event in the ${place}`];
    }),
  );
}

/** The beginning of a note names trial and number; the rest is left out. */
const nameOf = (text: string): string => `note "${text.split(' ', 2).join(' ')}"`;

/**
 * How old the oldest words were that the kill took from the note box, in ms; 0 when nothing is missing. Words count
 * as kept when the drafts file has them or a note with them is in a copy on this PC. Pure.
 */
export function draftLagMs(told: Said, copies: Copies, killedAt: number): number {
  const texts = [...(copies.database ?? []), ...(copies.journal ?? [])].flatMap((kept) => kept.text ?? []);
  if (copies.draft !== undefined) texts.push(copies.draft);
  const isKept = (text: string): boolean => texts.some((kept) => kept.includes(text.trim()));
  let oldestLost = killedAt;
  for (const { text, at } of told.box.toReversed()) {
    // An emptied box: its words went into a note, which has to be kept then.
    if (text.trim() === '') continue;
    if (isKept(text)) break;
    oldestLost = at;
  }
  return killedAt - oldestLost;
}

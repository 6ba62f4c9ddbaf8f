/**
 * WHAT PEOPLE TYPE AND PASTE. Nothing here ever shortens a text: what has no place in a record is taken out and counted, so
 * that the field can say so, or is shown as its number.
 */

/**
 * Control characters apart from tab and line feed, half characters, and marks that turn the order of letters around:
 * embeddings, overrides, isolates; with them zero-width no-break spaces and interlinear marks.
 */
const HIDDEN = /[[\p{Cc}--[\t\n]]\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/gv;
const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029\v\f]/gu;
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Isolate whatever follows, in its own direction, and the end of that (Unicode bidirectional algorithm, UAX 9). */
const [ISOLATE, END] = ['\u2068', '\u2069'];
/** A part that is closed in itself; split by it, every second piece is one. */
const CLOSED = /(\u2068[^[\p{Cc}--[\t\n]]\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]*\u2069)/v;

export interface Typed {
  readonly text: string;
  /** How many characters were taken out because nobody can see them. */
  readonly removed: number;
}

/** A text as a record may hold it. Line ends of every system become line feeds. */
export function readTyped(raw: string): Typed {
  let removed = 0;
  const text = raw.replace(LINE_ENDS, '\n').replace(HIDDEN, () => {
    removed += 1;
    return '';
  });
  return { text, removed };
}

/** For a box of one line, whose browser would join the words on either side of a line end. */
export function readTypedLine(raw: string): Typed {
  const { text, removed } = readTyped(raw);
  return { text: text.replace(/\s*\n\s*/gu, ' '), removed };
}

/**
 * Shows what would be hidden as its number: an older desk, or another program, may have recorded it. Parts that `isolated`
 * has closed are left as they are.
 */
export const visible = (text: string): string =>
  text
    .split(CLOSED)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(LINE_ENDS, '\n').replace(HIDDEN, numberOf)))
    .join('');

const numberOf = (mark: string): string =>
  `⟨U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/**
 * A text that stands among others in a line of screen, paper or file: one written from right to left, or with marks of
 * direction in it, cannot move its neighbours about. Any other text, and one isolated before, is given back as it is.
 */
export function isolated(text: string): string {
  const shown = visible(text);
  const open = text.split(CLOSED).filter((_, at) => at % 2 === 0);
  const isPlain = shown === text && !open.some((part) => RIGHT_TO_LEFT.test(part));
  return isPlain ? text : `${ISOLATE}${shown}${END}`;
}

/** At most `most` UTF-16 units of a text, never ending inside of what is read as one character. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('en-GB').segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

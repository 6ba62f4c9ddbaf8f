/** Where in a script: keys and places in lists, from the outside in. */
export type ScriptPath = readonly (string | number)[];

/** Something a trainer should mend (error: the script is refused) or look at (warning). */
export interface Finding {
  readonly kind: 'error' | 'warning';
  readonly path: ScriptPath;
  /** What is wrong, in words for somebody who does not code. */
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string;
}

/** A finding in the text it was found in. Counted from 1, as editors do. */
export interface PlacedFinding extends Finding {
  readonly line: number;
  readonly column: number;
}

export const error = (path: ScriptPath, message: string, suggestion?: string): Finding => ({
  kind: 'error',
  path,
  message,
  ...(suggestion === undefined ? {} : { suggestion }),
});
export const warning = (path: ScriptPath, message: string): Finding => ({
  kind: 'warning',
  path,
  message,
});

/** One line of a linter: place, kind, words, and what was probably meant. */
export function findingText(
  file: string,
  { line, column, kind, message, suggestion }: PlacedFinding,
): string {
  const meant = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  return `${file}:${line}:${column}: ${kind}: ${message}${meant}`;
}

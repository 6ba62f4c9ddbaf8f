/** A value of one cell. Absent is an empty cell: it is never written as 0 or "no". */
export type Cell = string | number | undefined;

/** What a spreadsheet would take for a formula, or for a way of getting to one, at the start of a cell (OWASP, CSV injection). */
const STARTS_FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r＝＋－＠]/u;

/**
 * One cell of RFC 4180 CSV. Text that a spreadsheet could run is made text by a leading apostrophe; a number is a number,
 * and may be negative. Quotes are doubled; commas, quotes and line ends are quoted.
 */
export function csvCell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = STARTS_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A whole file: a header, one line for each row, CRLF after every line. Cells are in the header's order. */
export function csv<K extends string>(
  columns: readonly K[],
  rows: readonly Readonly<Partial<Record<K, Cell>>>[],
): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

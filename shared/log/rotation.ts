/** A file of the log's folder. */
export interface LogFile {
  readonly name: string;
  readonly bytes: number;
}

export interface LogLimits {
  /** A file is left alone once it has so many bytes. */
  readonly fileBytes: number;
  /** All files together; the oldest go. */
  readonly totalBytes: number;
  /** Files of earlier days go after so many days. */
  readonly days: number;
}

/** Two weeks in at most 5 MB: a desk writes a few lines an hour, so a file is a day. */
export const LOG_LIMITS: LogLimits = { fileBytes: 1_000_000, totalBytes: 5_000_000, days: 14 };

const DAY_MS = 86_400_000;
const NAME = /^lantern-(\d{4}-\d{2}-\d{2})-(\d{4})\.log$/;

const nameOf = (day: string, number: number): string =>
  `lantern-${day}-${String(Math.min(number, 9_999)).padStart(4, '0')}.log`;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export interface Rotation {
  /** The file that the next line goes to. */
  readonly write: string;
  readonly remove: readonly string[];
}

/** Where a line of `bytes` goes now, and what goes for it. Files with other names are nobody's business here. */
export function rotate(files: readonly LogFile[], bytes: number, now: number, limits: LogLimits): Rotation {
  const own = files.filter(({ name }) => NAME.test(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const today = dayOf(now);
  const last = own.findLast(({ name }) => name.startsWith(`lantern-${today}-`));
  const number = Number(NAME.exec(last?.name ?? '')?.[2] ?? 1);
  const isFull = last !== undefined && last.bytes > 0 && last.bytes + bytes > limits.fileBytes;
  const write = nameOf(today, isFull ? number + 1 : number);
  const oldest = dayOf(now - limits.days * DAY_MS);
  const remove: string[] = [];
  let total = bytes + own.reduce((sum, file) => sum + file.bytes, 0);
  for (const { name, bytes: size } of own) {
    if (name === write) continue;
    const day = NAME.exec(name)?.[1] ?? '';
    // A day that has not come yet is of a clock that was wrong.
    if (day >= oldest && day <= today && total <= limits.totalBytes) continue;
    remove.push(name);
    total -= size;
  }
  return { write, remove };
}

import { type Log, type LogEntry } from '../../../main/ports/log.ts';

export interface RecordedLog extends Log {
  readonly entries: LogEntry[];
  codes(): string[];
}

/** Keeps what is logged, so that a test can say what was reported and that nothing personal was. */
export function recordLog(): RecordedLog {
  const entries: LogEntry[] = [];
  const add = (entry: LogEntry): void => void entries.push(entry);
  return { entries, codes: () => entries.map(({ code }) => code), info: add, warn: add, error: add };
}

/** The part of an unknown error that may be logged or said. */
export { causeOf } from '../../shared/log/cause.ts';

/** What a log line may hold: a code, the name of a field, and our own words. Never contents, numbers, names, tokens. */
export interface LogEntry {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  /** As `causeOf` has it: the system's error code (ENOSPC) or a known kind, never a message. */
  readonly cause?: string;
}

export interface Log {
  info(entry: LogEntry): void;
  warn(entry: LogEntry): void;
  error(entry: LogEntry): void;
}

/** What a log line may hold: a code, the name of a field, and our own words. Never contents, numbers, names, tokens. */
export interface LogEntry {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  /** The system's error code (ENOSPC) or class name, never its message: messages quote paths and input. */
  readonly cause?: string;
}

export interface Log {
  info(entry: LogEntry): void;
  warn(entry: LogEntry): void;
  error(entry: LogEntry): void;
}

/** The part of an unknown error that is safe to log. */
export function causeOf(error: unknown): string {
  if (error instanceof Error)
    return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return typeof error;
}

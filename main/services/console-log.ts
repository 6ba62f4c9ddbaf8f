import { knownCause } from '../../shared/log/cause.ts';
import { type Clock } from '../../shared/time.ts';
import { type Log, type LogEntry } from '../ports/log.ts';

/** Says nothing: for work whose outcome is told in another way. */
export const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One line per entry, for a terminal or a service log. `write` gets the line without a line feed. */
export function consoleLog(clock: Clock, write: (line: string) => void): Log {
  const line = (level: string, { code, message, field, cause }: LogEntry): void => {
    // A code may be anything that somebody put on an error.
    const why = cause === undefined ? undefined : knownCause(cause);
    const about = [field, why].filter((part) => part !== undefined).join(', ');
    const when = new Date(clock.now()).toISOString();
    write(`${when} ${level} ${code}: ${message}${about === '' ? '' : ` (${about})`}`);
  };
  return {
    info: (entry) => line('info', entry),
    warn: (entry) => line('warn', entry),
    error: (entry) => line('error', entry),
  };
}

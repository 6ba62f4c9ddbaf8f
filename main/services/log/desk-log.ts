import { join } from 'node:path';
import { causeOf } from '../../../shared/log/cause.ts';
import { createFileLog, type FileLog } from '../../../shared/log/file-log.ts';
import { type Level, lineOfError } from '../../../shared/log/line.ts';
import { placesOf } from '../../../shared/log/place.ts';
import { type Clock } from '../../../shared/time.ts';
import { type Log, type LogEntry } from '../../ports/log.ts';
import { nodeLogFolder } from './log-folder.ts';

/** The log of one desk: words for a terminal, and lines of the closed list in `<profile>/logs`. */
export interface DeskLog extends Log {
  started(version: string): void;
  /** Says what nobody caught: its kind and place, never its message, which may hold what a caller said. */
  uncaught(event: 'program.uncaught' | 'program.rejected', error: unknown): void;
  close(): Promise<void>;
}

/** Where the log files of a profile are. */
export const logFolderOf = (profile: string): string => join(profile, 'logs');

export function openDeskLog(profile: string, console: Log, clock: Clock): DeskLog {
  const file: FileLog = createFileLog(nodeLogFolder(logFolderOf(profile)), clock);
  const both =
    (level: Level) =>
    (entry: LogEntry): void => {
      console[level](entry);
      file.entry(level, entry);
    };
  return {
    info: both('info'),
    warn: both('warn'),
    error: both('error'),
    started: (version) =>
      file.line({ at: clock.now(), level: 'info', event: 'program.started', ...versionOf(version) }),
    uncaught(event, error) {
      const where = placesOf(error instanceof Error ? error.stack : undefined)[0] ?? 'an unknown place';
      console.error({
        code: event,
        message: `nobody caught an error of ${where}`,
        cause: causeOf(error),
      });
      file.lineNow(lineOfError(event, error, clock.now()));
    },
    async close() {
      file.line({ at: clock.now(), level: 'info', event: 'program.stopped' });
      await file.close();
    },
  };
}

const versionOf = (version: string): { version?: string } =>
  /^\d{1,4}\.\d{1,4}\.\d{1,4}(-[a-z]{1,10})?$/.test(version) ? { version } : {};

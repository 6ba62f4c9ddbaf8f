import { type Clock } from '../time.ts';
import { type Level, type LogLine, lineOf, logLine, type Happened } from './line.ts';
import { type LogFile, type LogLimits, LOG_LIMITS, rotate } from './rotation.ts';

/** A folder of log files, as Node or a test has it. Each rejects as the disk does. */
export interface LogFolder {
  files(): Promise<readonly LogFile[]>;
  append(name: string, text: string): Promise<void>;
  /** At once, for a program that is about to end. False when the disk refused; never throws. */
  appendNow(name: string, text: string): boolean;
  remove(name: string): Promise<void>;
}

export interface FileLog {
  /** Of an entry with words: the words are left out. */
  entry(level: Level, entry: Happened): void;
  /** A line that was made by hand; one that is not of the closed form is written as `log.unlisted`. */
  line(line: LogLine): void;
  /** Past the queue, for a program that is about to end. */
  lineNow(line: LogLine): void;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

/** A flood of faults costs a line that counts them, not memory. */
const MOST_WAITING = 500;

/** Lines of JSON in files that are rotated. A disk that refuses loses lines and nothing else: nobody waits for a log. */
export function createFileLog(folder: LogFolder, clock: Clock, limits: LogLimits = LOG_LIMITS): FileLog {
  let waiting: string[] = [];
  let dropped = 0;
  let writing: Promise<void> | undefined;
  let current = rotate([], 0, clock.now(), limits).write;

  const textOf = (line: LogLine): string => {
    const parsed = logLine.safeParse(line);
    const { at, level } = line;
    return `${JSON.stringify(parsed.success ? parsed.data : { at, level, event: 'log.unlisted' })}\n`;
  };

  function put(line: LogLine): void {
    if (waiting.length >= MOST_WAITING) dropped += 1;
    else waiting.push(textOf(line));
    writing ??= write().finally(() => (writing = undefined));
  }

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      if (dropped > 0)
        waiting.push(textOf({ at: clock.now(), level: 'warn', event: 'log.dropped', n: dropped }));
      dropped = 0;
      const text = waiting.join('');
      waiting = [];
      try {
        const plan = rotate(await folder.files(), text.length, clock.now(), limits);
        current = plan.write;
        await folder.append(plan.write, text);
        for (const name of plan.remove) await folder.remove(name);
      } catch {
        // The disk said no. There is nowhere left to say so, and the desk itself says what that means for calls.
      }
    }
  }

  return {
    entry: (level, entry) => put(lineOf(level, entry, clock.now())),
    line: put,
    lineNow(line) {
      if (folder.appendNow(current, `${waiting.join('')}${textOf(line)}`)) waiting = [];
      else put(line);
    },
    async close() {
      while (writing !== undefined) await writing;
    },
  };
}

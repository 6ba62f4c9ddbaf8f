import { appendFileSync, mkdirSync } from 'node:fs';
import { appendFile, mkdir, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type pino from 'pino';
import { z } from 'zod';
import { createFileLog, type FileLog, type LogFolder } from '../shared/log/file-log.ts';
import { type Level, lineOf, lineOfError, type LogLine } from '../shared/log/line.ts';
import { type Clock } from '../shared/time.ts';

/** What the hub says, and the event of the closed list that is written of it. Anything else is `log.unlisted`. */
const EVENT_OF: Readonly<Record<string, string>> = {
  answered: 'hub.answered',
  'database connection broke': 'hub.databaseBroke',
  'the database died: starting it again': 'hub.databaseRestarted',
  'the hub ended': 'hub.ended',
  'replay check failed': 'hub.replayFailed',
  'used assertions and tokens were not forgotten': 'hub.notForgotten',
  'referrals were not sent': 'hub.notSent',
  'not ready': 'hub.notReady',
  'receive.page': 'hub.failed',
  'hub.internal': 'hub.failed',
};

const described = z.object({ name: z.string(), code: z.string(), at: z.array(z.string()) });
const spoken = z.object({
  level: z.int(),
  msg: z.string().default(''),
  method: z.string().optional(),
  route: z.string().optional(),
  status: z.int().optional(),
  ms: z.int().optional(),
  err: described.optional(),
  error: described.optional(),
  attempt: z.int().optional(),
});

/** One line of pino's as a line of the log file. */
export function lineOfHub(text: string, at: number): LogLine | undefined {
  const parsed = spoken.safeParse(JSON.parse(text));
  if (!parsed.success) return { at, level: 'warn', event: 'log.unlisted' };
  const { level, msg, method, route, status, ms, err, error, attempt } = parsed.data;
  // A route's answer that was well is for a debugger, and would be most of the file.
  if (level < 30) return undefined;
  const named: Level = level >= 50 ? 'error' : level >= 40 ? 'warn' : 'info';
  const event = msg.startsWith('DEMONSTRATION') ? 'hub.demonstration' : (EVENT_OF[msg] ?? msg);
  const why = err ?? error;
  return {
    ...lineOf(named, { code: event, cause: why === undefined ? undefined : why.code || why.name }, at),
    ...(method === undefined ? {} : { method: method as 'GET' }),
    ...(route === undefined || route === '(none)' ? {} : { route }),
    ...(status === undefined ? {} : { status }),
    ...(ms === undefined ? {} : { ms }),
    ...(attempt === undefined ? {} : { n: attempt }),
    ...(why === undefined || why.at.length === 0 ? {} : { where: why.at }),
  };
}

export interface HubLogFile {
  /** Takes pino's lines: on to standard error, and to the file. */
  readonly destination: pino.DestinationStream;
  readonly file: FileLog;
}

/** Rotated log files in `folder`, beside what goes to standard error. */
export function openHubLog(folder: string, onward: pino.DestinationStream, clock: Clock): HubLogFile {
  const file = createFileLog(folderOf(folder), clock);
  return {
    file,
    destination: {
      write(text) {
        onward.write(text);
        const line = lineOfHub(text, clock.now());
        if (line !== undefined) file.line(line);
      },
    },
  };
}

/** Writes of what nobody caught, and ends the hub: it may be in any state, and desks keep what they could not send. */
export function endOnUncaught(file: FileLog | undefined, clock: Clock): void {
  for (const [origin, event] of [
    ['uncaughtException', 'program.uncaught'],
    ['unhandledRejection', 'program.rejected'],
  ] as const)
    process.on(origin, (error: unknown) => {
      const line = lineOfError(event, error, clock.now());
      file?.lineNow(line);
      process.stderr.write(`${JSON.stringify(line)}\n`);
      process.exit(1);
    });
}

function folderOf(folder: string): LogFolder {
  const path = (name: string): string => join(folder, name);
  return {
    async files() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
      // Another hub on this folder may have taken a file away since it was listed.
      const sizeOf = (name: string): Promise<number> =>
        stat(path(name)).then(
          ({ size }) => size,
          () => 0,
        );
      return Promise.all(names.map(async (name) => ({ name, bytes: await sizeOf(name) })));
    },
    append: (name, text) => appendFile(path(name), text, { mode: 0o600 }),
    appendNow(name, text) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        appendFileSync(path(name), text, { mode: 0o600 });
        return true;
      } catch {
        // The disk refused: whoever asked decides.
        return false;
      }
    },
    remove: (name) => unlink(path(name)),
  };
}

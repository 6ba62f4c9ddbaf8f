import { randomBytes } from 'node:crypto';
import { type Problem } from '../../shared/problem.ts';
import { err, type Result } from '../../shared/result.ts';
import { type UtcMs } from '../../shared/time.ts';
import { migrate } from '../db/migrate.ts';
import { joinDatabase } from '../db/open.ts';
import { type PoolOptions } from '../db/pool.ts';
import { type HubSettings } from '../settings.ts';
import { type Command, type CommandEnd, wrong } from './command.ts';
import { audit } from './audit.ts';
import { directory } from './directory.ts';
import { desks, enrolCode, releaseStream, revoke } from './desks.ts';
import { exportFiles } from './export.ts';
import { receivers } from './receivers.ts';
import { backup, quarantine, restore, verify } from './stored.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['verify', verify],
  ['desks', desks],
  ['enrol-code', enrolCode],
  ['revoke', revoke],
  ['release-stream', releaseStream],
  ['quarantine', quarantine],
  ['backup', backup],
  ['restore', restore],
  ['export', exportFiles],
  ['directory', directory],
  ['audit', audit],
  ['receivers', receivers],
]);

/** Runs one command on the database of the hub that runs, or on its own while none does. */
export async function runCommand(
  [name = '', ...args]: readonly string[],
  settings: HubSettings,
  poolOptions: PoolOptions,
  now: UtcMs,
): Promise<Result<CommandEnd, Problem>> {
  const command = COMMANDS.get(name);
  if (command === undefined) {
    const message = `must be absent, or one of ${[...COMMANDS.keys()].join(', ')}`;
    return err({ code: 'command.unknown', field: 'argument', message });
  }
  const opened = await joinDatabase(settings, poolOptions);
  if (!opened.ok) return opened;
  const database = opened.value;
  const { pool } = database;
  try {
    if (command.makesSchema !== true) {
      const migrated = await migrate(pool);
      if (!migrated.ok) return migrated;
    }
    const say = (line: string): void => void process.stdout.write(`${line}\n`);
    const randomCode = (): string => randomBytes(18).toString('base64url');
    return await command.run({ pool, args, now, say, randomCode });
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return wrong('argument', `usage: npm run hub -- ${name} ${command.usage}`);
    throw error;
  } finally {
    await database.close();
  }
}

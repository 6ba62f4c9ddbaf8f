import { randomUUID } from 'node:crypto';
import { contentByVersion } from '../shared/content/packs.ts';
import { replay } from '../shared/call/replay.ts';
import { type CallId } from '../shared/ids.ts';
import { type Problem } from '../shared/problem.ts';
import { type Clock, type Timers } from '../shared/time.ts';
import { buildApp } from './app.ts';
import { ENROL_CODE_LIFETIME_MS } from './auth/enrol.ts';
import { runCommand } from './commands/run.ts';
import { readUnchecked } from './db/call-rows.ts';
import { acceptCode, forgetAssertions } from './db/desk-rows.ts';
import { migrate } from './db/migrate.ts';
import { forgetTokens } from './db/people-rows.ts';
import { type Database, openDatabase } from './db/open.ts';
import { isDatabaseAway, type PoolOptions } from './db/pool.ts';
import { DEFAULT_LIMITS, UNNAMED_SENDER } from './deps.ts';
import { loadDemonstration } from './directory/demonstration.ts';
import { nodeDigest, sha256 } from './digest.ts';
import { createCheckQueue } from './intake/check-queue.ts';
import { checkCall, type Replayer } from './intake/replay-check.ts';
import { createLog, describeError } from './log.ts';
import { endOnUncaught, openHubLog } from './log-file.ts';
import { personCheck } from './people/check.ts';
import { issuerKeys } from './people/keys.ts';
import { deliverDue } from './referrals/deliver.ts';
import { keepReferrals } from './referrals/keep.ts';
import { createHubKeys } from './referrals/keys.ts';
import { type HubSettings, readSettings } from './settings.ts';
import pino from 'pino';
import { v7 } from 'uuid';

/** ENTRY of the hub. `server.ts` serves; `server.ts NAME` runs a command beside it (see commands/run.ts) and ends. */

const clock: Clock = { now: () => Date.now() };
const timers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
/** A call is replayed when the hub has been quiet for this long, or the call itself for that much longer (ms). */
const QUIET_MS = 500;
const LATEST_MS = 10_000;
/** Stopping takes this long at most; then the process ends, and what was not acknowledged will be sent again. */
const STOP_WITHIN_MS = 20_000;
const UNCHECKED_AT_START = 10_000;
const FORGET_EVERY_MS = 60_000;
const DEMONSTRATION =
  'DEMONSTRATION: no LANTERN_SIGN_IN_ISSUER, so nobody is asked who they are and every enrolled desk may do everything';
/** How often the hub looks for referrals that are to be sent (ms). */
const DELIVER_EVERY_MS = 2_000;

const settings = readSettings(process.env, process.cwd());
if (!settings.ok) {
  end(settings.error, 2);
} else {
  const { logFolder, logLevel } = settings.value;
  const kept = logFolder === undefined ? undefined : openHubLog(logFolder, pino.destination(2), clock);
  endOnUncaught(kept?.file, clock);
  const log = createLog(logLevel, kept?.destination);
  const poolOptions: PoolOptions = {
    max: 10,
    statementTimeoutMs: 15_000,
    onError: (error) => log.error({ error }, 'database connection broke'),
  };
  try {
    if (process.argv[2] === undefined) await serve(settings.value, poolOptions, log);
    else await command(process.argv.slice(2), settings.value, poolOptions);
  } catch (error) {
    const { name, code } = describeError(error);
    log.fatal({ error: describeError(error) }, 'the hub ended');
    end(
      isDatabaseAway(error)
        ? {
            code: 'hub.databaseAway',
            field: 'DATABASE_URL',
            message: `names a database that does not answer (${code})`,
          }
        : {
            code: 'hub.ended',
            field: 'hub',
            message: `ended because of ${name} ${code}; the log says where`,
          },
      1,
    );
  }
}

type Log = ReturnType<typeof createLog>;

async function serve(value: HubSettings, poolOptions: PoolOptions, log: Log): Promise<void> {
  // 1. A stop that is asked for while we start is answered once there is something to stop.
  const stopAsked = stopSignal();

  // 2. The database: ours, or the organisation's. However we end, it is closed, and ours is stopped.
  const onRestart = (attempt: number): void => log.error({ attempt }, 'the database died: starting it again');
  const opened = await openDatabase(value, poolOptions, onRestart);
  if (!opened.ok) return end(opened.error, 1);
  try {
    await serveOn(opened.value, value, log, stopAsked);
  } finally {
    await opened.value.close();
  }
}

async function serveOn(
  database: Database,
  value: HubSettings,
  log: Log,
  stopAsked: Promise<void>,
): Promise<void> {
  const { pool } = database;

  // 3. Its schema brought up to date.
  const migrated = await migrate(pool);
  if (!migrated.ok) return end(migrated.error, 1);

  // 4. The enrolment code that whoever started us has given to a desk.
  if (value.enrolCode !== undefined) {
    await acceptCode(pool, sha256(value.enrolCode), clock.now() + ENROL_CODE_LIFETIME_MS);
  }

  if (value.demonstration) await loadDemonstration(pool, clock.now());

  // 5. The replay check, beginning with what an earlier hub has left.
  const sender = {
    name: value.serviceName ?? UNNAMED_SENDER.name,
    ods: value.serviceOds,
    publicUrl: value.publicUrl,
  };
  const replayer: Replayer = {
    contentByVersion,
    replay,
    follow: (client, checked) => keepReferrals(client, checked, { sender, newId: v7 }),
  };
  const checks = createCheckQueue({
    check: (call) => checkCall(pool, call, replayer, clock.now()),
    timers,
    quietMs: QUIET_MS,
    latestMs: LATEST_MS,
    onError: (error) => log.error({ error: describeError(error) }, 'replay check failed'),
  });
  for (const call of await readUnchecked(pool, UNCHECKED_AT_START)) checks.add(call);

  // 6. The application, and the door.
  const callsChanged = (calls: readonly CallId[]): void => calls.forEach((call) => checks.add(call));
  const people =
    value.people === undefined
      ? undefined
      : personCheck({ ...value.people, keys: issuerKeys(value.people.issuer) });
  if (people === undefined) log.warn(DEMONSTRATION);
  const deps = { pool, clock, digest: nodeDigest, limits: DEFAULT_LIMITS, log, people, sender, callsChanged };
  const app = await buildApp(deps);
  const address = await listen(() => app.listen({ host: value.host, port: value.port }));
  if (address === undefined) {
    return end({ code: 'hub.portTaken', field: 'LANTERN_HUB_PORT', message: `${value.port} is in use` }, 1);
  }
  process.stdout.write(`Lantern hub ready on ${address} (${database.description})\n`);

  const forgetting = setInterval(() => {
    const now = clock.now();
    Promise.all([forgetAssertions(pool, now), forgetTokens(pool, now)]).catch((error: unknown) =>
      log.warn({ error: describeError(error) }, 'used assertions and tokens were not forgotten'),
    );
  }, FORGET_EVERY_MS);

  // 7. What is to go to receivers goes, and comes again while they are away.
  const keys = createHubKeys(pool, () => clock.now());
  const stopDelivering = every(timers, DELIVER_EVERY_MS, async () => {
    await deliverDue({ pool, keys, fetch, now: () => clock.now(), newId: randomUUID }).catch(
      (error: unknown) => log.warn({ error: describeError(error) }, 'referrals were not sent'),
    );
  });

  // 8. Until told to stop: then answer what is under way and finish the checks.
  await stopAsked;
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  clearInterval(forgetting);
  stopDelivering();
  await app.close();
  await checks.drain();
}

async function command(args: readonly string[], value: HubSettings, poolOptions: PoolOptions): Promise<void> {
  const ended = await runCommand(args, value, poolOptions, clock.now());
  if (!ended.ok) return end(ended.error, ended.error.code.startsWith('command.') ? 2 : 1);
  if (ended.value === 'found') process.exitCode = 1;
}

/** Does something again and again, never twice at once. */
function every(by: Timers, ms: number, run: () => Promise<void>): () => void {
  let cancel = (): void => undefined;
  let stopped = false;
  const again = (): void => {
    if (!stopped) cancel = by.after(ms, () => void run().finally(again));
  };
  again();
  return () => {
    stopped = true;
    cancel();
  };
}

/** Fulfilled at the first SIGTERM or SIGINT. A second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}

/** The address, or undefined when the port is taken. */
async function listen(start: () => Promise<string>): Promise<string | undefined> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

/** Says why in one line and ends: 2 for settings that make no sense, 1 for anything else. */
function end(problem: Problem, code: 1 | 2): void {
  process.stderr.write(`Lantern hub: ${problem.field} ${problem.message} (${problem.code})\n`);
  process.exitCode = code;
}

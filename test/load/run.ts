import { layOutLantern, type Lantern } from '../support/lantern.ts';
import { rawInserts } from '../support/raw-inserts.ts';
import { makeDeskBatches } from '../bench/support/batches.ts';
import { busy, thisMachine } from '../bench/support/machine.ts';
import { keep, tableOf } from '../bench/support/report.ts';
import { type Result } from '../bench/support/result.ts';
import { round } from '../bench/support/stats.ts';
import { type Crowd, runCrowd } from './crowd.ts';
import { type Day, runDay } from './day.ts';
import { isWhole } from './verify.ts';

// npm run load                  2,000 desks come back at once; then a day of 60 desks with an outage of 8 hours
// npm run load -- crowd         only the first; "day": only the second
// npm run load -- --small       small sizes; nothing is kept
// Ends with one line of counts. Exit status 1 when anything was lost, doubled, doubted or left waiting.

const say = (line: string): void => console.log(line);
const small = process.argv.includes('--small');
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const wants = (name: string): boolean => named.length === 0 || named.includes(name);
const SIZE = small
  ? { desks: 100, events: 50, dayDesks: 6, calls: 4 }
  : { desks: 2_000, events: 200, dayDesks: 60, calls: 25 };
/** Each desk's heartbeat looks for an absent hub every two seconds: so it is how the crowd comes. */
const WITHIN_MS = 2_000;
const OUTAGE = [2, 10] as const;

const ends: string[] = [];
let whole = true;
if (wants('crowd')) await onOwnHub(crowd);
if (wants('day')) await onOwnHub(day);
say(`\n${ends.join('; ')}`);
process.exitCode = whole ? 0 : 1;

async function onOwnHub(run: (lantern: Lantern) => Promise<void>): Promise<void> {
  const lantern = await layOutLantern();
  try {
    await lantern.startHub();
    await run(lantern);
  } finally {
    await lantern.stop();
  }
}

async function crowd(lantern: Lantern): Promise<void> {
  const { desks, events } = SIZE;
  say(`${desks} desks with ${events} events each come back within ${WITHIN_MS / 1000} s`);
  const { pool } = await lantern.database();
  const before = busy();
  const came = await runCrowd({
    hubUrl: lantern.hubUrl,
    pool,
    desks,
    events,
    processes: 2,
    withinMs: WITHIN_MS,
    patienceMs: 300_000,
    say,
  });
  // The same number of rows in batches as large as a desk's queue, on the same server, right after.
  const url = await lantern.databaseUrl();
  const batches = (await makeDeskBatches(desks, events, events)).flatMap((each) => each.batches);
  const raw = await rawInserts({ url, batches, connections: 8, indexes: 'all' });
  const result = resultOf(came, raw.perSecond, before);
  say(tableOf(result));
  if (!small) keep(result);
  whole &&= isWhole(came.verified) && came.done === desks;
  ends.push(countsOf(`${desks} desks back at once`, desks * events, came));
}

async function day(lantern: Lantern): Promise<void> {
  const { dayDesks: desks, calls: callsPerDesk } = SIZE;
  say(`\na day of ${desks} desks, the hub away from ${OUTAGE[0]} to ${OUTAGE[1]} o'clock`);
  const { pool } = await lantern.database();
  const done = await runDay({ pool, desks, callsPerDesk, outage: OUTAGE, say });
  say(
    `  ${done.queued} events were waiting when the hub came back; ${done.failed} tries had met none; ` +
      `${done.pushed} batches; took ${done.seconds} s here`,
  );
  whole &&= isWhole(done.verified) && done.done === desks;
  ends.push(countsOf(`a day of ${desks} desks with 8 h without hub`, done.written, done));
}

function countsOf(name: string, written: number, { verified, done, told }: Crowd | Day): string {
  for (const sentence of told) say(`  told: ${sentence}`);
  const { stored, lost, doubled, brokenChains, otherHeads, quarantined, flagged } = verified;
  return (
    `${name}: ${written} written, ${stored} stored, ${lost} lost, ${doubled} doubled, ` +
    `${brokenChains + otherHeads} chains not whole, ${quarantined} quarantined, ${flagged} flagged, ` +
    `${done} desks with a receipt for everything`
  );
}

function resultOf(came: Crowd, rawPerSecond: number, before: number): Result {
  const { desks, events } = SIZE;
  const perSecond = (desks * events) / came.seconds;
  const ratio = round(perSecond / rawPerSecond);
  const clean = isWhole(came.verified) && came.done === desks;
  return {
    bench: 'load',
    what: `${desks} desks with ${events} events each coming back at once`,
    unit: 'events/s',
    command: 'npm run load',
    date: new Date().toISOString(),
    machine: { ...thisMachine(), chromium: 'no browser in it' },
    load: { before, after: busy() },
    ours: {
      name: 'hub and desks on this machine',
      version: '',
      durability: 'receipt after COMMIT, fsync on',
      values: {
        'events/s': Math.round(perSecond),
        seconds: round(came.seconds, 1),
        'half done (s)': round(came.halfDone, 1),
        '99 % done (s)': round(came.almostAllDone, 1),
        'asked to wait': came.busy,
        lost: came.verified.lost,
        doubled: came.verified.doubled,
      },
    },
    peers: [
      {
        name: 'raw batched inserts, same columns and indexes',
        version: '',
        durability: 'fsync on',
        values: { 'events/s': Math.round(rawPerSecond) },
      },
    ],
    ratios: { 'to raw batched inserts': ratio },
    limit: {
      text: 'nothing lost or doubled, and at least 0.6 of raw batched inserts',
      met: clean && ratio >= 0.6,
    },
    runs: 'one crowd; every event read back and every chain checked',
    how: [
      'Each desk is the real identity (Ed25519 assertions), hub link and sync engine; only its two copies are in memory. Desks run in two processes, the hub in a third, PostgreSQL beside: all share this machine’s cores, so the desks’ own work is in the figure.',
      'A desk that is asked to wait (503 with Retry-After) waits. The time ends with the last receipt of the last desk.',
    ],
  };
}

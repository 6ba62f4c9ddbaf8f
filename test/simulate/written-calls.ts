import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readUnchecked } from '../../hub/db/call-rows.ts';
import { type CallId } from '../../shared/ids.ts';
import { lastOf } from '../../shared/call/picture.ts';
import { type Happening } from '../../shared/events/event.ts';
import { verifyAllStreams } from '../../hub/verify.ts';
import { openHeadlessDesk } from '../support/headless-desk.ts';
import { layOutLantern } from '../support/lantern.ts';
import { type RunningDesk } from '../../renderer/call/desk.ts';
import { describeEvent, describeLight } from './describe.ts';
import { type CallScript, happeningOf, readScript } from './script.ts';

// npm run simulate [-- maya priya | path/to/call.json]
// Runs written calls through the real machine, store, journal, sync and hub, and prints what happened and where it is.

const SCRIPTS = join(import.meta.dirname, 'scripts');
const say = (line: string): void => console.log(line);

const names = process.argv.slice(2);
const chosen = names.length > 0 ? names : readdirSync(SCRIPTS).map((file) => file.replace('.json', ''));
const scripts = chosen.map((name) => {
  const script = readScript(name.endsWith('.json') ? resolve(name) : join(SCRIPTS, `${name}.json`));
  if (script.ok) return script.value;
  console.error(`${script.error.code}: ${script.error.field}: ${script.error.message}`);
  process.exit(2);
});

const lantern = await layOutLantern();
const failures: string[] = [];
let hubIsUp = true;
try {
  await lantern.startHub();
  const headless = await openHeadlessDesk(lantern);
  for (const script of scripts) await play(script, headless.desk);
  await untilSafe(headless.desk);
  await headless.close();
  await report();
} finally {
  await lantern.stop();
}
process.exitCode = failures.length === 0 ? 0 : 1;

async function play(script: CallScript, desk: RunningDesk): Promise<void> {
  say(`\n${script.title}`);
  const call = desk.takeCall({ source: 'handler' });
  for (const step of script.steps) {
    if ('hub' in step) {
      say(`      ── the hub is ${step.hub === 'kill' ? 'killed' : 'started again'} ──`);
      hubIsUp = step.hub === 'start';
      await (hubIsUp ? lantern.startHub() : lantern.killHub());
      continue;
    }
    record(desk, call, happeningOf(step, lastOf(pictureOf(desk, call), 'handover.sent')));
    await (hubIsUp ? untilSafe(desk) : untilKept(desk));
    const newest = desk.call(call)?.events.at(-1);
    if (newest !== undefined) say(`  ${describeEvent(newest)}  ${describeLight(desk.light())}`);
  }
  const outcome = lastOf(pictureOf(desk, call), 'call.closed')?.data.outcome;
  if (outcome !== script.endsWith) failures.push(`${script.title}: ended with ${outcome ?? 'nothing'}`);
}

function record(desk: RunningDesk, call: CallId, happening: Happening): void {
  const recorded = desk.record(call, happening);
  if (!recorded.ok) failures.push(`${happening.type} was refused: ${recorded.why.join(' ')}`);
}

function pictureOf(desk: RunningDesk, call: CallId) {
  const view = desk.call(call);
  if (view === undefined) throw new Error('the call is not on this desk');
  return view.snapshot.context.picture;
}

/** Until both local copies have everything. */
function untilKept(desk: RunningDesk): Promise<void> {
  return until(desk, () => Math.min(desk.facts().inDatabase, desk.facts().inJournal) >= desk.facts().made);
}

/** Until the hub's receipts are stored for everything. */
function untilSafe(desk: RunningDesk): Promise<void> {
  return until(desk, () => desk.unsent() === 0);
}

function until(desk: RunningDesk, holds: () => boolean): Promise<void> {
  return new Promise((done) => {
    const stop = desk.subscribe(look);
    function look(): void {
      if (!holds()) return;
      stop();
      done();
    }
    look();
  });
}

async function report(): Promise<void> {
  const { pool } = await lantern.database();
  const receipts = await pool.query<{ n: string; seq_from: string; seq_to: string }>(
    'SELECT n, seq_from, seq_to FROM receipts ORDER BY n',
  );
  say('\nReceipts at the hub');
  for (const { n, seq_from, seq_to } of receipts.rows) say(`  receipt ${n}: events ${seq_from} to ${seq_to}`);
  say('\nChains verified from the hub’s stored rows');
  for (const { stream, events, quarantined, faults } of await verifyAllStreams(pool)) {
    say(`  ${stream}: ${events} events, ${quarantined} quarantined, ${faults.length} faults`);
    if (faults.length > 0 || quarantined > 0) failures.push(`stream ${stream} is not sound`);
  }
  // The hub replays a call shortly after it has gone quiet: its doubts count only once it has looked.
  while ((await readUnchecked(pool, 1)).length > 0) await delay(100);
  const flags = await pool.query<{ count: string }>('SELECT count(*) FROM flags');
  say(`  replayed through the machine at the hub: ${flags.rows[0]?.count ?? '?'} flags`);
  for (const failure of failures) say(`FAILED: ${failure}`);
  say(failures.length === 0 ? '\nEvery event is at the hub, once and in order.' : '');
}

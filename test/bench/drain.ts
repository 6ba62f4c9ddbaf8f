import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext } from '@playwright/test';
import { type Envelope } from '../../shared/events/event.ts';
import { layLine, type Line } from '../support/line.ts';
import { layOutLantern, type Lantern } from '../support/lantern.ts';
import { runNode } from '../support/process.ts';
import { rawInserts } from '../support/raw-inserts.ts';
import { ROOT } from '../support/sources.ts';
import { makeDeskBatches } from './support/batches.ts';
import { versionOf } from './support/machine.ts';
import { type Bench } from './support/result.ts';
import { plainCalls } from '../support/plain-calls.ts';
import { median, round } from './support/stats.ts';
import { ask, launch, openBenchPage, openBrowser } from './support/window.ts';

const BATCH = 500;

interface Peer {
  fill(name: string, events: readonly object[]): Promise<void>;
  drain(name: string): Promise<{ readonly took: number; readonly sent: number }>;
}
declare global {
  interface Window {
    peer?: Peer;
  }
}

/** A queue filled during an outage, from the moment the hub is seen again until everything has its stored receipt. */
export const drain: Bench = async ({ small, say }) => {
  const [events, rounds] = small ? [1_000, 1] : [10_000, 3];
  let line: Line | undefined;
  const lantern = await layOutLantern(async (port) => (line = await layLine(port)).url);
  try {
    const ours = await drainOurs(lantern, line, events, rounds, say);
    // The peers' server and the raw inserts use the hub's own PostgreSQL; the hub itself is idle by now.
    const url = await lantern.databaseUrl();
    const [one] = await makeDeskBatches(1, events, BATCH);
    const batches = one?.batches ?? [];
    const raw: number[] = [];
    for (let at = -1; at < rounds; at += 1) {
      const { seconds } = await rawInserts({ url, batches, connections: 1, indexes: 'all' });
      if (at >= 0) raw.push(seconds * 1000);
    }
    const { pouch, rx } = await drainPeers(lantern, url, batches.flat(), rounds, say);
    const times = { ours: median(ours.drained), pouch: median(pouch), rx: median(rx), raw: median(raw) };
    const seconds = (ms: number) => ({
      seconds: round(ms / 1000, 3),
      'events/s': Math.round((events / ms) * 1000),
    });
    const own = new URL(import.meta.url);
    const [toPouch, toRx, toRaw] = [times.pouch / times.ours, times.rx / times.ours, times.raw / times.ours];
    return {
      what: `${events} queued events drained after an outage`,
      unit: 's',
      ours: {
        name: 'Lantern',
        version: '',
        durability: 'receipts stored in strict transactions; hub answers after COMMIT, fsync on',
        values: { ...seconds(times.ours), 'seen after (s)': round(median(ours.noticed) / 1000) },
      },
      peers: [
        {
          name: 'PouchDB → express-pouchdb on leveldb',
          version: `${versionOf('pouchdb-browser', own)}, ${versionOf('express-pouchdb', own)}`,
          durability: 'relaxed (it has no setting); leveldb as it comes, without sync',
          values: seconds(times.pouch),
        },
        {
          name: 'RxDB on Dexie → push endpoint on the same PostgreSQL',
          version: versionOf('rxdb', own),
          durability: 'strict; server answers after COMMIT, fsync on',
          values: seconds(times.rx),
        },
        {
          name: 'raw batched inserts, same columns and indexes',
          version: '',
          durability: 'fsync on',
          values: seconds(times.raw),
        },
      ],
      ratios: {
        'times faster than PouchDB': round(toPouch),
        'times faster than RxDB': round(toRx),
        'of raw batched inserts': round(toRaw),
      },
      limit: {
        text: 'at least 5 × faster than each peer and at least 0.6 of raw batched inserts',
        met: toPouch >= 5 && toRx >= 5 && toRaw >= 0.6,
      },
      runs: `median of ${rounds} rounds`,
      how: [
        'Ours: the real renderer’s sync engine in Chromium, the real browser host and the real hub, each a process, with the line between cut and mended; from the moment the window hears that the hub is back until the last receipt is stored. How long the heartbeat took to notice is beside it.',
        'The peers are timed from the call that starts replication until it says that everything was sent; their server is a process of its own, 500 documents a batch. Their servers check nothing; ours checks signature, schema and hash chain of every event.',
        'Everybody drains the same kind of events from a profile on the disk, one browser page at a time.',
      ],
    };
  } finally {
    await lantern.stop();
    await line?.close();
  }
};

async function drainOurs(
  lantern: Lantern,
  line: Line | undefined,
  events: number,
  rounds: number,
  say: (line: string) => void,
): Promise<{ readonly drained: readonly number[]; readonly noticed: readonly number[] }> {
  await lantern.startHub();
  await lantern.startDesk();
  const { context, origin } = await openBrowser(lantern);
  const page = await openBenchPage(context, origin);
  const scripts = plainCalls();
  // Enrols the desk and warms the way up.
  await ask(page, 'fill', scripts, Math.min(events, 1_000));
  await ask(page, 'drained');
  const drained: number[] = [];
  const noticed: number[] = [];
  for (let at = 0; at < rounds; at += 1) {
    await line?.cut();
    await page.waitForFunction(() => window.bench?.reach() === 'away');
    await ask(page, 'fill', scripts, events);
    await line?.mend();
    const upAt = await page.evaluate(() => performance.now());
    const { seenAt, doneAt, sent } = await ask(page, 'drained');
    drained.push(((doneAt - seenAt) / sent) * events);
    noticed.push(Math.max(0, seenAt - upAt));
    say(`  round ${at + 1}: ${sent} events in ${Math.round(doneAt - seenAt)} ms`);
  }
  await context.close();
  return { drained, noticed };
}

async function drainPeers(
  lantern: Lantern,
  url: string,
  events: readonly Envelope[],
  rounds: number,
  say: (line: string) => void,
): Promise<Record<'pouch' | 'rx', number[]>> {
  const folder = join(lantern.data, 'peers');
  await mkdir(folder);
  const server = runNode(['test/bench/peers/server.js'], {
    cwd: ROOT,
    env: { DATABASE_URL: url, BENCH_DATA: folder },
  });
  const context = await launch(join(folder, 'chromium'));
  try {
    const [, origin = ''] = await server.line(/ready on (http:\S+)/);
    const took = { pouch: [] as number[], rx: [] as number[] };
    for (let at = -1; at < rounds; at += 1) {
      for (const peer of ['pouch', 'rx'] as const) {
        // The first round only warms up, with a tenth.
        const some = at < 0 ? events.slice(0, Math.ceil(events.length / 10)) : events;
        const ms = await drainPeer(context, `${origin}/${peer}.html`, `${peer}-${at + 1}`, some);
        if (at < 0) continue;
        took[peer].push(ms);
        say(`  ${peer}, round ${at + 1}: ${Math.round(ms)} ms`);
      }
    }
    return took;
  } finally {
    await context.close();
    await server.end('SIGTERM');
  }
}

async function drainPeer(
  context: BrowserContext,
  address: string,
  name: string,
  events: readonly Envelope[],
): Promise<number> {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => window.peer !== undefined);
  // Another database each time, and other identities: the server keeps those of the rounds before.
  const own: object[] = events.map((event) => ({ ...event, stream: `${name}-${event.stream}` }));
  await page.evaluate(([name, all]) => window.peer?.fill(name, all), [name, own] as const);
  const done = await page.evaluate((name) => window.peer?.drain(name), name);
  await page.close();
  if (done?.sent !== events.length) throw new Error(`${name} sent ${done?.sent} of ${events.length} events`);
  return done.took;
}

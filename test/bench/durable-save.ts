import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { layOutLantern } from '../support/lantern.ts';
import { versionOf } from './support/machine.ts';
import { type Bench } from './support/result.ts';
import { latency, round } from './support/stats.ts';
import type { Saved } from './pages/desk.ts';
import { ask, openBenchPage, openBrowser } from './support/window.ts';

/** As large as one journal line of a short note. */
const LINE_BYTES = 700;
const BLOCK = 20;

/**
 * One event until both copies have confirmed it, against the plainest strict put and the plainest fsynced append.
 * In turns of a few, so that whatever else the disk does falls on all three.
 */
export const durableSave: Bench = async ({ small, say }) => {
  const blocks = small ? 3 : 100;
  const lantern = await layOutLantern();
  try {
    await lantern.startDesk();
    const { context, origin } = await openBrowser(lantern);
    const page = await openBenchPage(context, origin);
    const file = await open(join(lantern.data, 'raw-append.log'), 'a');
    const took = { ours: [] as Saved[], put: [] as number[], append: [] as number[] };
    // Once unmeasured: files are made, code is compiled.
    await ask(page, 'durable', BLOCK);
    await ask(page, 'rawPut', BLOCK);
    for (let block = 0; block < blocks; block += 1) {
      took.ours.push(...(await ask(page, 'durable', BLOCK)));
      took.put.push(...(await ask(page, 'rawPut', BLOCK)));
      for (let at = 0; at < BLOCK; at += 1) {
        const began = performance.now();
        await file.write(Buffer.alloc(LINE_BYTES, 'x'));
        await file.datasync();
        took.append.push(performance.now() - began);
      }
      if (block % 25 === 24) say(`  ${(block + 1) * BLOCK} of ${blocks * BLOCK} saves`);
    }
    await file.close();
    await context.close();
    const both = took.ours.map(({ database, journal }) => Math.max(database, journal));
    const [ours, put, append] = [latency(both), latency(took.put), latency(took.append)];
    const copies = {
      database: latency(took.ours.map(({ database }) => database)),
      journal: latency(took.ours.map(({ journal }) => journal)),
    };
    const ratio = round(ours.p99 / Math.max(put.p99, append.p99));
    return {
      what: 'one event on this PC, from record() to both copies confirmed',
      unit: 'ms',
      ours: {
        name: 'Lantern (Dexie and journal)',
        version: versionOf('dexie', new URL('../../renderer/', import.meta.url)),
        durability: 'strict transaction and fdatasync, both waited for',
        values: ours,
      },
      peers: [
        { name: 'ours: the database alone', version: '', durability: 'strict', values: copies.database },
        { name: 'ours: the journal alone', version: '', durability: 'fdatasync', values: copies.journal },
        { name: 'raw IndexedDB put', version: '', durability: 'strict', values: put },
        { name: 'raw append', version: '', durability: 'fdatasync', values: append },
      ],
      ratios: {
        'p99 to the slower raw p99': ratio,
        'p50 to the slower raw p50': round(ours.p50 / Math.max(put.p50, append.p50)),
      },
      limit: { text: 'p99 at most 1.25 × the slower of the two', met: ratio <= 1.25 },
      runs: `${took.ours.length} saves of each, in turns of ${BLOCK}`,
      how: [
        'The desk’s own code without its screens in Chromium, the real browser host as a process of its own, no hub.',
        'One event is a short note; the next is made when the one before is confirmed. The clock is the page’s (0.1 ms).',
        'The raw put is one record of an event’s size in a store with the same key; the raw append is Node’s, one line.',
      ],
    };
  } finally {
    await lantern.stop();
  }
};

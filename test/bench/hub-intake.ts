import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { insertDesk } from '../../hub/db/desk-rows.ts';
import { layOutLantern } from '../support/lantern.ts';
import { rawInserts } from '../support/raw-inserts.ts';
import { type DeskBatches, makeDeskBatches } from './support/batches.ts';
import { versionOf } from './support/machine.ts';
import { type Bench } from './support/result.ts';
import { median, round } from './support/stats.ts';

const zip = promisify(gzip);
const AT_ONCE = 8;
const BATCH = 500;

interface Ready {
  readonly desk: DeskBatches['desk'];
  readonly requests: readonly { readonly url: string; readonly body: Uint8Array<ArrayBuffer> }[];
}

/** Signed, gzipped batches through the hub's door, against the same rows put straight into the same PostgreSQL. */
export const hubIntake: Bench = async ({ small, say }) => {
  const [desks, events, rounds] = small ? [8, 500, 1] : [16, 2_500, 5];
  const lantern = await layOutLantern();
  try {
    await lantern.startHub();
    const { pool } = await lantern.database();
    const { rows: settings } = await pool.query<{ version: string; fsync: string; commit: string }>(
      `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
              current_setting('synchronous_commit') AS commit`,
    );
    const server = settings[0] ?? { version: '', fsync: '', commit: '' };
    const url = await lantern.databaseUrl();
    const speeds = { hub: [] as number[], all: [] as number[], key: [] as number[] };
    for (let at = -1; at < rounds; at += 1) {
      const made = await makeDeskBatches(desks, events, BATCH);
      const batches = byTurns(made);
      const raw = (indexes: 'all' | 'key') => rawInserts({ url, batches, connections: AT_ONCE, indexes });
      const [all, key] = [await raw('all'), await raw('key')];
      for (const { desk } of made) {
        const { id, publicKey } = desk;
        await insertDesk(pool, { id, name: 'Desk of a bench', publicKey, enrolledAt: Date.now() });
      }
      const hub = await send(
        lantern.hubUrl,
        await Promise.all(made.map((each) => ready(lantern.hubUrl, each))),
      );
      // The first round only warms both sides up.
      if (at < 0) continue;
      speeds.hub.push((desks * events) / hub);
      speeds.all.push(all.perSecond);
      speeds.key.push(key.perSecond);
      say(
        `  round ${at + 1}: hub ${Math.round(speeds.hub.at(-1) ?? 0)}, raw ${Math.round(all.perSecond)} events/s`,
      );
    }
    const durability = `fsync ${server.fsync}, synchronous_commit ${server.commit}`;
    const speed = (list: readonly number[]) => ({ 'events/s': Math.round(median(list)) });
    const ratio = round(median(speeds.hub) / median(speeds.all));
    return {
      what: 'events through the hub’s door until the receipt',
      unit: 'events/s',
      ours: {
        name: 'Lantern hub',
        version: '',
        durability: `receipt after COMMIT; ${durability}`,
        values: speed(speeds.hub),
      },
      peers: [
        {
          name: 'raw batched inserts, same columns and indexes',
          version: `PostgreSQL ${server.version}, pg ${versionOf('pg', new URL(import.meta.url))}`,
          durability,
          values: speed(speeds.all),
        },
        {
          name: 'raw batched inserts, primary key alone',
          version: '',
          durability,
          values: speed(speeds.key),
        },
      ],
      ratios: {
        'to raw with the same indexes': ratio,
        'to raw with the key alone': round(median(speeds.hub) / median(speeds.key)),
      },
      limit: { text: 'at least 0.6 of raw batched inserts', met: ratio >= 0.6 },
      runs: `median of ${rounds} rounds of ${desks * events} events: ${desks} desks, batches of ${BATCH}, ${AT_ONCE} at once`,
      how: [
        'The hub is a process of its own on its embedded PostgreSQL; both ways use that server, in turns, over 8 connections.',
        'Bodies are gzipped beforehand, each request is signed when it is sent. The hub checks signature, schema and chain, and replays calls beside.',
        'Raw: one INSERT from arrays and one COMMIT a batch, with texts made beforehand; nothing is read, hashed or answered.',
      ],
    };
  } finally {
    await lantern.stop();
  }
};

/** First batches first, so that streams grow side by side as they do at a hub. */
function byTurns(made: readonly DeskBatches[]): DeskBatches['batches'] {
  const most = Math.max(...made.map(({ batches }) => batches.length));
  return Array.from({ length: most }, (_, at) =>
    made.flatMap(({ batches }) => batches.slice(at, at + 1)),
  ).flat();
}

async function ready(hubUrl: string, { desk, batches }: DeskBatches): Promise<Ready> {
  const requests = await Promise.all(
    batches.map(async (events) => ({
      url: `${hubUrl}/v1/streams/${events[0]?.stream}/events`,
      body: new Uint8Array(await zip(JSON.stringify({ v: 1, from: events[0]?.seq, events }))),
    })),
  );
  return { desk, requests };
}

/** Seconds until every batch has its receipt. Each desk sends its own one after another. */
async function send(hubUrl: string, desks: readonly Ready[]): Promise<number> {
  const waiting = [...desks];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        for (const { url, body } of next.requests) {
          const authorization = `Bearer ${await next.desk.assertion(Date.now())}`;
          const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', authorization };
          const response = await fetch(url, { method: 'POST', headers, body });
          if (!response.ok)
            throw new Error(`${hubUrl} answered ${response.status}: ${await response.text()}`);
          await response.arrayBuffer();
        }
      }
    }),
  );
  return (performance.now() - began) / 1000;
}

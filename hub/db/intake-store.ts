import { type Envelope } from '../../shared/events/event.ts';
import { type Held } from '../intake/decide.ts';
import { type IntakeStore, type IntakeTransaction, type StreamRow } from '../intake/store.ts';
import { appendEvents } from './append-rows.ts';
import { readHolders } from './lease-rows.ts';
import { readFormerDesks } from './transfer-rows.ts';
import * as rows from './intake-rows.ts';
import { type Client, inTransaction, isRetryable, type Pool } from './pool.ts';
import { readFlags, readQuarantine, readReceipts } from './stream-rows.ts';

/** The intake's store in PostgreSQL. */
export const sqlIntakeStore = (pool: Pool): IntakeStore => ({
  transaction: (work) => inTransaction(pool, (client) => work(transactionOn(client))),
  async append(write, at) {
    try {
      return await appendEvents(pool, write, at);
    } catch (error) {
      // Ended to break a deadlock, so nothing happened: the long way tries again.
      if (isRetryable(error)) return undefined;
      throw error;
    }
  },
});

function transactionOn(client: Client): IntakeTransaction {
  let row: StreamRow | undefined;
  return {
    async lockStream(stream, desk) {
      row = await rows.lockStream(client, stream, desk);
      return row;
    },
    async readHeld(stream, from, to, calls): Promise<Held> {
      await rows.lockCalls(client, stream, calls);
      const held = await rows.readHeld(client, stream, from, to);
      const events = held.events.map(({ seq, event }) => {
        // Our own canonical text of an event that was parsed before it was stored.
        const { hash, prev } = JSON.parse(event) as Envelope;
        return [seq, { hash, prev, text: event }] as const;
      });
      return {
        events: new Map(events),
        quarantined: new Set(held.quarantined),
        holders: await readHolders(client, calls),
        formerDesks: await readFormerDesks(client, stream),
      };
    },
    async write({ stream, desk, now, events, quarantine, flags, fresh }) {
      if (row === undefined) throw new Error('the stream must be locked before it is written');
      const first = Math.min(...fresh.map((run) => run.from), ...events.map((item) => item.seq));
      const leavesGap = first !== Infinity && first > row.acked + 1;
      // Where everything follows on, each event gets its place in the hub's order as it is stored.
      const followsOn = !leavesGap && row.lastSeq <= row.acked;
      await rows.insertEvents(client, stream, desk, events, now, followsOn);
      await rows.insertQuarantine(client, stream, quarantine, now);
      await rows.insertFlags(client, stream, flags, now);
      await rows.insertReceipts(client, stream, fresh, now);
      const acked = fresh.length === 0 ? row.acked : await rows.advance(client, stream);
      if (!followsOn) await rows.placeEvents(client, stream, desk, now);
      return acked;
    },
    async readSaid(stream, from, to) {
      const range = { from, to };
      return {
        receipts: await readReceipts(client, stream, range),
        flagged: await readFlags(client, stream, range),
        quarantined: (await readQuarantine(client, stream, range)).map(({ seq, problem }) => ({
          seq,
          problem,
        })),
      };
    },
  };
}

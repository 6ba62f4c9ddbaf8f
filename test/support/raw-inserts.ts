import pg from 'pg';
import { canonicalJson } from '../../shared/canonical.ts';
import { type Envelope } from '../../shared/events/event.ts';

/**
 * The plainest way to get these rows onto this server's disk: one multi-row INSERT and one COMMIT a batch, into a
 * table with the columns of the hub's own. Nothing is checked, hashed or answered. The texts are made beforehand.
 */
export interface RawInserts {
  readonly rows: number;
  readonly seconds: number;
  readonly perSecond: number;
}

/** `indexes`: with all the indexes the hub's table has (and so its price), or with the primary key alone. */
export async function rawInserts(options: {
  readonly url: string;
  readonly batches: readonly (readonly Envelope[])[];
  readonly connections: number;
  readonly indexes: 'all' | 'key';
}): Promise<RawInserts> {
  const { url, batches, connections, indexes } = options;
  const pool = new pg.Pool({ connectionString: url, max: connections });
  try {
    await pool.query('DROP TABLE IF EXISTS raw_events');
    await pool.query('DROP SEQUENCE IF EXISTS raw_positions');
    await pool.query('CREATE SEQUENCE raw_positions');
    await pool.query(
      indexes === 'all'
        ? 'CREATE TABLE raw_events (LIKE events INCLUDING ALL)'
        : 'CREATE TABLE raw_events (LIKE events, PRIMARY KEY (stream, seq))',
    );
    const prepared = batches.map(parametersOf);
    const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
    let next = 0;
    const began = performance.now();
    await Promise.all(
      clients.map(async (client) => {
        for (let at = next++; at < prepared.length; at = next++) await client.query(INSERT, prepared[at]);
        client.release();
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    const rows = batches.reduce((sum, batch) => sum + batch.length, 0);
    await pool.query('DROP TABLE raw_events');
    return { rows, seconds, perSecond: rows / seconds };
  } finally {
    await pool.end();
  }
}

const INSERT = `INSERT INTO raw_events (stream, seq, position, call, at, type, hash, event, received_at)
  SELECT $1::uuid, seq, nextval('raw_positions'), call, at, type, hash, event, $8::bigint
  FROM unnest($2::bigint[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[])
    AS item (seq, call, at, type, hash, event)`;

const parametersOf = (batch: readonly Envelope[]): unknown[] => [
  batch[0]?.stream,
  batch.map(({ seq }) => seq),
  batch.map(({ call }) => call),
  batch.map(({ at }) => at),
  batch.map(({ type }) => type),
  batch.map(({ hash }) => hash),
  batch.map((event) => canonicalJson(event)),
  Date.now(),
];

import { type Pool } from '../../hub/db/pool.ts';
import { verifyStream } from '../../hub/verify.ts';
import { type StreamId } from '../../shared/ids.ts';

/** What a desk believes the hub has of its stream. */
export interface Claim {
  readonly stream: StreamId;
  readonly written: number;
  readonly acked: number;
  readonly receipted: number;
  readonly headHash: string;
}

export interface Verified {
  readonly stored: number;
  /** Acknowledged and not stored. */
  readonly lost: number;
  /** Stored more than once, or under a number nobody wrote. */
  readonly doubled: number;
  readonly brokenChains: number;
  /** Streams whose last stored event is not the one the desk wrote last. */
  readonly otherHeads: number;
  readonly quarantined: number;
  readonly flagged: number;
}

/** Reads every event back from the hub's database, checks each stream's chain from its rows, and compares ends. */
export async function verifyClaims(pool: Pool, claims: readonly Claim[]): Promise<Verified> {
  let [stored, lost, doubled, brokenChains, otherHeads, quarantined] = [0, 0, 0, 0, 0, 0];
  for (const { stream, written, acked, receipted, headHash } of claims) {
    const { rows } = await pool.query<{ count: number; distinct: number; upTo: number; last: string | null }>(
      `SELECT count(*) AS count, count(DISTINCT seq) AS distinct,
              count(DISTINCT seq) FILTER (WHERE seq <= $2) AS "upTo",
              (SELECT hash FROM events WHERE stream = $1 ORDER BY seq DESC LIMIT 1) AS last
       FROM events WHERE stream = $1`,
      [stream, Math.max(acked, receipted)],
    );
    const row = rows[0] ?? { count: 0, distinct: 0, upTo: 0, last: null };
    stored += row.count;
    lost += Math.max(acked, receipted) - row.upTo;
    doubled += row.count - row.distinct + Math.max(0, row.distinct - written);
    if (acked === written && row.last !== headHash) otherHeads += 1;
    const report = await verifyStream(pool, stream);
    if (report.faults.length > 0) brokenChains += 1;
    quarantined += report.quarantined;
  }
  const { rows } = await pool.query<{ count: number }>('SELECT count(*) AS count FROM flags');
  return { stored, lost, doubled, brokenChains, otherHeads, quarantined, flagged: rows[0]?.count ?? 0 };
}

/** Nothing lost, nothing doubled, every chain whole, nothing doubted. */
export const isWhole = (verified: Verified): boolean =>
  Object.entries(verified).every(([name, count]) => name === 'stored' || count === 0);

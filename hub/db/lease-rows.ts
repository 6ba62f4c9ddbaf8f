import { type CallId, type DeskId } from '../../shared/ids.ts';
import { type Lease } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Holder } from '../intake/decide.ts';
import { type CallState } from '../leases/decide-lease.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

/** Who has these calls, of those that are known. */
export async function readHolders(db: Db, calls: readonly CallId[]): Promise<Map<CallId, Holder>> {
  if (calls.length === 0) return new Map();
  const { rows } = await db.query<Holder & { call: CallId }>(
    'SELECT call, holder AS desk, held_since AS since FROM calls WHERE call = ANY ($1::uuid[])',
    [calls],
  );
  return new Map(rows.map(({ call, desk, since }) => [call, { desk, since }]));
}

const LEASE = `lease.call, lease.desk, lease.fence, granted_at AS "grantedAt", expires_at AS "expiresAt",
  taken_from AS "takenFrom", reason`;

/** The call as leases see it; undefined when nothing of it has come yet. */
export async function readCallState(db: Db, call: CallId): Promise<CallState | undefined> {
  const { rows } = await db.query<{ holder: DeskId | null; fence: number }>(
    'SELECT holder, fence FROM calls WHERE call = $1',
    [call],
  );
  const found = rows[0];
  if (found === undefined) return undefined;
  const leases = await db.query<Lease>(
    `SELECT ${LEASE} FROM leases AS lease WHERE call = $1 AND fence = $2 AND released_at IS NULL`,
    [call, found.fence],
  );
  return { desk: found.holder, fence: found.fence, lease: leases.rows[0] };
}

/** The same, under the lock that intakes take: nobody writes in the call or is given it until COMMIT. */
export async function lockCallState(client: Client, call: CallId): Promise<CallState | undefined> {
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 7110))', [call]);
  return readCallState(client, call);
}

export async function insertLease(client: Client, lease: Lease): Promise<void> {
  await client.query(
    `WITH given AS (
       INSERT INTO leases (call, fence, desk, taken_from, reason, granted_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7))
     UPDATE calls SET holder = $3, held_since = $6, fence = $2 WHERE call = $1`,
    [lease.call, lease.fence, lease.desk, lease.takenFrom, lease.reason, lease.grantedAt, lease.expiresAt],
  );
}

export async function renewLease(client: Client, lease: Lease): Promise<void> {
  await client.query('UPDATE leases SET expires_at = $3 WHERE call = $1 AND fence = $2', [
    lease.call,
    lease.fence,
    lease.expiresAt,
  ]);
}

/** The call is nobody's: the next desk that asks has it without a reason. */
export async function releaseCall(client: Client, call: CallId, now: UtcMs): Promise<void> {
  await client.query(
    `WITH ended AS (
       UPDATE leases SET released_at = $2
       WHERE call = $1 AND fence = (SELECT fence FROM calls WHERE call = $1))
     UPDATE calls SET holder = NULL, held_since = $2 WHERE call = $1`,
    [call, now],
  );
}

/** Whether the desk has written in the call. */
export async function hasWritten(db: Db, call: CallId, desk: DeskId): Promise<boolean> {
  const { rows } = await db.query<{ written: boolean }>(
    `SELECT EXISTS (SELECT FROM events JOIN streams USING (stream)
       WHERE events.call = $1 AND streams.desk = $2) AS written`,
    [call, desk],
  );
  return rows[0]?.written ?? false;
}

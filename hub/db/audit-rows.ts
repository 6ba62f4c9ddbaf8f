import { type CallId, type DeskId } from '../../shared/ids.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

/** What is written down. `refused` is an enrolled desk asking for what its person may not have. */
export type AuditKind =
  | 'signedIn'
  | 'tokenRenewed'
  | 'tokenOfAnotherDesk'
  | 'refused'
  | 'readCall'
  | 'tookOver'
  | 'gaveBack'
  | 'policyChanged'
  | 'exported'
  | 'backedUp'
  | 'auditRead';

export interface AuditLine {
  readonly at: UtcMs;
  readonly kind: AuditKind;
  readonly desk?: DeskId | undefined;
  /** The issuer's id; null in demonstration mode and for commands. */
  readonly person?: string | undefined;
  readonly call?: CallId | undefined;
  /** Our own words: a role, a route's pattern, a hash, a period. */
  readonly detail?: string;
}

export async function writeAudit(db: Db, line: AuditLine): Promise<void> {
  await db.query('INSERT INTO audit (at, kind, desk, person, call, detail) VALUES ($1, $2, $3, $4, $5, $6)', [
    line.at,
    line.kind,
    line.desk ?? null,
    line.person ?? null,
    line.call ?? null,
    line.detail ?? '',
  ]);
}

export interface StoredLine {
  readonly n: number;
  readonly at: UtcMs;
  readonly kind: string;
  readonly desk: string | null;
  readonly person: string | null;
  readonly call: string | null;
  readonly detail: string;
}

/** Lines from `from` (included) to `to` (not included), after number `after`, oldest first. */
export async function pageAudit(
  db: Db,
  range: { readonly from: UtcMs; readonly to: UtcMs; readonly after: number; readonly limit: number },
): Promise<readonly StoredLine[]> {
  const { rows } = await db.query<StoredLine>(
    `SELECT n, at, kind, desk, person, call, detail FROM audit
     WHERE at >= $1 AND at < $2 AND n > $3 ORDER BY n LIMIT $4`,
    [range.from, range.to, range.after, range.limit],
  );
  return rows;
}

/** The policy that this desk last said it works under. */
export async function lastPolicy(db: Db, desk: DeskId): Promise<string | undefined> {
  const { rows } = await db.query<{ detail: string }>(
    `SELECT detail FROM audit WHERE desk = $1 AND kind = 'policyChanged' ORDER BY n DESC LIMIT 1`,
    [desk],
  );
  return rows[0]?.detail;
}

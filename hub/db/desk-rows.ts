import { type DeskId, type Sha256Hex } from '../../shared/ids.ts';
import { type PublicKeyJwk } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

export interface Desk {
  readonly id: DeskId;
  readonly publicKey: PublicKeyJwk;
  readonly enrolledAt: UtcMs;
  readonly revokedAt: UtcMs | null;
}

export async function readDesk(db: Db, id: DeskId): Promise<Desk | undefined> {
  const { rows } = await db.query<Desk>(
    `SELECT id, public_key AS "publicKey", enrolled_at AS "enrolledAt", revoked_at AS "revokedAt"
     FROM desks WHERE id = $1`,
    [id],
  );
  return rows[0];
}

export interface Code {
  readonly expiresAt: UtcMs;
  readonly usedBy: DeskId | null;
}

/** The code's row, locked until COMMIT: two desks cannot use it at once. */
export async function lockCode(db: Db, codeSha256: Sha256Hex): Promise<Code | undefined> {
  const { rows } = await db.query<Code>(
    `SELECT expires_at AS "expiresAt", used_by AS "usedBy" FROM enrolment_codes WHERE code_sha256 = $1 FOR UPDATE`,
    [codeSha256],
  );
  return rows[0];
}

/** False when the desk is already there. */
export async function insertDesk(
  db: Db,
  desk: Omit<Desk, 'revokedAt'> & { readonly name: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO desks (id, name, public_key, enrolled_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
    [desk.id, desk.name, JSON.stringify(desk.publicKey), desk.enrolledAt],
  );
  return rowCount === 1;
}

export async function useCode(db: Db, codeSha256: Sha256Hex, desk: DeskId): Promise<void> {
  await db.query('UPDATE enrolment_codes SET used_by = $2 WHERE code_sha256 = $1', [codeSha256, desk]);
}

/** Accepts a code until it expires. An unused code given again gets the new time; a used one stays used. */
export async function acceptCode(db: Db, codeSha256: Sha256Hex, expiresAt: UtcMs): Promise<void> {
  await db.query(
    `INSERT INTO enrolment_codes (code_sha256, expires_at) VALUES ($1, $2)
     ON CONFLICT (code_sha256) DO UPDATE SET expires_at = excluded.expires_at
     WHERE enrolment_codes.used_by IS NULL`,
    [codeSha256, expiresAt],
  );
}

/** From now on nothing signed by this desk is accepted. What it has sent stays. */
export async function revokeDesk(db: Db, id: DeskId, at: UtcMs): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE desks SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1',
    [id, at],
  );
  return rowCount === 1;
}

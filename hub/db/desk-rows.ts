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
  /** Null: the enrolment does not end by itself. */
  readonly expiresAt: UtcMs | null;
}

export async function readDesk(db: Db, id: DeskId): Promise<Desk | undefined> {
  const { rows } = await db.query<Desk>(
    `SELECT id, public_key AS "publicKey", enrolled_at AS "enrolledAt", revoked_at AS "revokedAt",
            expires_at AS "expiresAt"
     FROM desks WHERE id = $1`,
    [id],
  );
  return rows[0];
}

export interface Code {
  readonly expiresAt: UtcMs;
  readonly usedBy: DeskId | null;
  /** The one desk, known already, that this code gives a new key to. */
  readonly forDesk: DeskId | null;
  /** How long the enrolment lasts (ms); null: it does not end. */
  readonly enrolsForMs: number | null;
}

/** The code's row, locked until COMMIT: two desks cannot use it at once. */
export async function lockCode(db: Db, codeSha256: Sha256Hex): Promise<Code | undefined> {
  const { rows } = await db.query<Code>(
    `SELECT expires_at AS "expiresAt", used_by AS "usedBy", for_desk AS "forDesk",
            enrols_for_ms AS "enrolsForMs"
     FROM enrolment_codes WHERE code_sha256 = $1 FOR UPDATE`,
    [codeSha256],
  );
  return rows[0];
}

/** Without `expiresAt` the enrolment does not end. */
type NewDesk = Omit<Desk, 'revokedAt' | 'expiresAt'> & {
  readonly name: string;
  readonly expiresAt?: UtcMs | null;
};

/** False when the desk is already there. */
export async function insertDesk(db: Db, desk: NewDesk): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO desks (id, name, public_key, enrolled_at, expires_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO NOTHING`,
    [desk.id, desk.name, JSON.stringify(desk.publicKey), desk.enrolledAt, desk.expiresAt ?? null],
  );
  return rowCount === 1;
}

/** A desk that is known gets a new key, or a new time, and is let in again. Its streams stay its own. */
export async function enrolAgain(db: Db, desk: NewDesk): Promise<void> {
  await db.query(
    `UPDATE desks SET name = $2, public_key = $3, enrolled_at = $4, expires_at = $5, revoked_at = NULL WHERE id = $1`,
    [desk.id, desk.name, JSON.stringify(desk.publicKey), desk.enrolledAt, desk.expiresAt ?? null],
  );
}

export async function useCode(db: Db, codeSha256: Sha256Hex, desk: DeskId): Promise<void> {
  await db.query('UPDATE enrolment_codes SET used_by = $2 WHERE code_sha256 = $1', [codeSha256, desk]);
}

/** Accepts a code until it expires. An unused code given again gets the new terms; a used one stays used. */
export async function acceptCode(
  db: Db,
  codeSha256: Sha256Hex,
  expiresAt: UtcMs,
  terms: Partial<Pick<Code, 'forDesk' | 'enrolsForMs'>> = {},
): Promise<void> {
  await db.query(
    `INSERT INTO enrolment_codes (code_sha256, expires_at, for_desk, enrols_for_ms) VALUES ($1, $2, $3, $4)
     ON CONFLICT (code_sha256) DO UPDATE
       SET expires_at = excluded.expires_at, for_desk = excluded.for_desk, enrols_for_ms = excluded.enrols_for_ms
     WHERE enrolment_codes.used_by IS NULL`,
    [codeSha256, expiresAt, terms.forDesk ?? null, terms.enrolsForMs ?? null],
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

/** Uses an assertion up. False when it has been used before, at this hub or another. */
export async function useAssertion(db: Db, jti: string, expiresAt: UtcMs): Promise<boolean> {
  const { rowCount } = await db.query(
    'INSERT INTO used_assertions (jti, expires_at) VALUES ($1, $2) ON CONFLICT (jti) DO NOTHING',
    [jti, expiresAt],
  );
  return rowCount === 1;
}

/** Forgets used assertions that would be refused as expired by now. */
export async function forgetAssertions(db: Db, now: UtcMs): Promise<void> {
  await db.query('DELETE FROM used_assertions WHERE expires_at < $1', [now]);
}

export interface ListedDesk extends Omit<Desk, 'publicKey'> {
  readonly name: string;
  readonly streams: number;
}

/** Every desk, in order of enrolment. */
export async function listDesks(db: Db): Promise<ListedDesk[]> {
  const { rows } = await db.query<ListedDesk>(
    `SELECT id, name, enrolled_at AS "enrolledAt", revoked_at AS "revokedAt", expires_at AS "expiresAt",
            (SELECT count(*) FROM streams WHERE desk = desks.id) AS streams
     FROM desks ORDER BY enrolled_at, id`,
  );
  return rows;
}

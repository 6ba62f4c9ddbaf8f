import { type DeskId, type Sha256Hex } from '../../shared/ids.ts';
import { type PersonRole } from '../../shared/identity/roles.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

/** The desk that a token belongs to: this one when nobody had shown it before (`isNew`). */
export async function bindToken(
  db: Db,
  token: { readonly sha256: Sha256Hex; readonly desk: DeskId; readonly expiresAt: UtcMs },
): Promise<{ readonly desk: DeskId; readonly isNew: boolean }> {
  const { rowCount } = await db.query(
    'INSERT INTO person_tokens (sha256, desk, expires_at) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING',
    [token.sha256, token.desk, token.expiresAt],
  );
  if (rowCount === 1) return { desk: token.desk, isNew: true };
  const { rows } = await db.query<{ desk: DeskId }>('SELECT desk FROM person_tokens WHERE sha256 = $1', [
    token.sha256,
  ]);
  // Forgotten between the two: it has expired, and whoever reads the answer has checked that it has not.
  return { desk: rows[0]?.desk ?? token.desk, isNew: false };
}

export async function forgetTokens(db: Db, now: UtcMs): Promise<void> {
  await db.query('DELETE FROM person_tokens WHERE expires_at < $1', [now]);
}

/** Writes down that a person was at a desk, in each of their roles. */
export async function seePerson(
  db: Db,
  seen: {
    readonly desk: DeskId;
    readonly person: string;
    readonly roles: readonly PersonRole[];
    readonly at: UtcMs;
  },
): Promise<void> {
  await db.query(
    `INSERT INTO desk_people (desk, person, role, first_at, last_at)
     SELECT $1, $2, role, $4, $4 FROM unnest($3::text[]) AS role
     ON CONFLICT (desk, person, role) DO UPDATE SET last_at = greatest(desk_people.last_at, excluded.last_at)`,
    [seen.desk, seen.person, seen.roles, seen.at],
  );
}

/** Of these authors, those who have not signed in at the desk in that role. */
export async function readStrangers(
  db: Db,
  desk: DeskId,
  authors: readonly { readonly id: string; readonly role: string }[],
): Promise<readonly { readonly id: string; readonly role: string }[]> {
  const { rows } = await db.query<{ id: string; role: string }>(
    `SELECT id, role FROM unnest($2::text[], $3::text[]) AS author (id, role)
     WHERE NOT EXISTS (SELECT FROM desk_people WHERE desk = $1 AND person = author.id AND role = author.role)`,
    [desk, authors.map(({ id }) => id), authors.map(({ role }) => role)],
  );
  return rows;
}

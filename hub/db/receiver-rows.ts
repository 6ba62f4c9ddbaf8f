import { type ReceiverHow } from '../../shared/referral/exchange.ts';
import { type PublicKeyJwk } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

/** A team that takes hand-overs through the hub. */
export interface ReceiverRow {
  readonly id: string;
  readonly name: string;
  readonly ods: string | null;
  readonly how: ReceiverHow;
  /** Where its system takes them; null where it answers on the page. */
  readonly endpoint: string | null;
  readonly publicKey: PublicKeyJwk | null;
  /** What it signed with before, and until when that still counts: a change of keys takes a team some days. */
  readonly previousKey: PublicKeyJwk | null;
  readonly previousUntil: UtcMs | null;
  readonly addedAt: UtcMs;
  /** From then on it takes none, and nothing it signs counts. */
  readonly endedAt: UtcMs | null;
}

const COLUMNS =
  'id, name, ods, how, endpoint, public_key AS "publicKey", previous_key AS "previousKey", previous_until AS "previousUntil", added_at AS "addedAt", ended_at AS "endedAt"';

export async function readReceiver(db: Db, id: string): Promise<ReceiverRow | undefined> {
  const { rows } = await db.query<ReceiverRow>(`SELECT ${COLUMNS} FROM receivers WHERE id = $1`, [id]);
  return rows[0];
}

/** Every team, those that have ended last. */
export async function listReceivers(db: Db): Promise<ReceiverRow[]> {
  const { rows } = await db.query<ReceiverRow>(
    `SELECT ${COLUMNS} FROM receivers ORDER BY ended_at IS NOT NULL, name, id`,
  );
  return rows;
}

export async function insertReceiver(
  db: Db,
  row: Omit<ReceiverRow, 'endedAt' | 'previousKey' | 'previousUntil'>,
): Promise<void> {
  await db.query(
    `INSERT INTO receivers (id, name, ods, how, endpoint, public_key, added_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      row.id,
      row.name,
      row.ods,
      row.how,
      row.endpoint,
      row.publicKey === null ? null : JSON.stringify(row.publicKey),
      row.addedAt,
    ],
  );
}

/** Gives a team with a system another key; the one before counts until `until`. False when there is none of that id. */
export async function changeReceiverKey(
  db: Db,
  id: string,
  key: PublicKeyJwk,
  until: UtcMs,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE receivers SET previous_key = public_key, previous_until = $3, public_key = $2
     WHERE id = $1 AND how = 'system' AND ended_at IS NULL`,
    [id, JSON.stringify(key), until],
  );
  return rowCount === 1;
}

/** Ends a team's taking; false when there is none of that id. */
export async function endReceiver(db: Db, id: string, at: UtcMs): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE receivers SET ended_at = coalesce(ended_at, $2) WHERE id = $1',
    [id, at],
  );
  return rowCount === 1;
}

export interface HubKeyRow {
  readonly kid: string;
  /** The private key as a JWK, as text. */
  readonly privateJwk: string;
}

/** Keys, the one to sign with first. */
export async function readHubKeys(db: Db): Promise<HubKeyRow[]> {
  const { rows } = await db.query<HubKeyRow>(
    `SELECT kid, private_jwk AS "privateJwk" FROM hub_keys
     ORDER BY retired_at IS NOT NULL, made_at DESC, kid`,
  );
  return rows;
}

/** The first key. Of two hubs that start at once, one is the first: read afterwards. */
export async function insertFirstHubKey(db: Db, row: HubKeyRow, at: UtcMs): Promise<void> {
  await db.query(
    `INSERT INTO hub_keys (kid, private_jwk, made_at)
     SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM hub_keys) ON CONFLICT DO NOTHING`,
    [row.kid, row.privateJwk, at],
  );
}

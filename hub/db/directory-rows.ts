import { type DirectoryService, directoryService } from '../../shared/directory/service.ts';
import { directorySnapshot } from '../../shared/directory/snapshot.ts';
import { type DirectorySnapshot, inOrder } from '../../shared/directory/exchange.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

/** A version without its services. */
export type VersionHead = Omit<DirectorySnapshot, 'services'>;
export interface ListedVersion {
  readonly version: number;
  readonly madeAt: UtcMs;
  readonly how: string;
  readonly services: number;
}

const headShape = directorySnapshot.omit({ services: true });
const { source: sourceShape, bankHolidays: holidaysShape } = headShape.shape;
interface HeadRow {
  readonly version: number;
  readonly madeAt: UtcMs;
  readonly source: string;
  readonly bankHolidays: string;
}

/** One version, or the newest; undefined when there is none. */
export async function readHead(db: Db, version?: number): Promise<VersionHead | undefined> {
  const { rows } = await db.query<HeadRow>(
    `SELECT version, made_at AS "madeAt", source, bank_holidays AS "bankHolidays" FROM directory_versions
     WHERE $1::integer IS NULL OR version = $1 ORDER BY version DESC LIMIT 1`,
    [version ?? null],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    version: row.version,
    madeAt: row.madeAt,
    source: sourceShape.parse(JSON.parse(row.source)),
    bankHolidays: holidaysShape.parse(JSON.parse(row.bankHolidays)),
  };
}

const parsed = (rows: readonly { service: string }[]): DirectoryService[] =>
  inOrder(rows.map(({ service }) => directoryService.parse(JSON.parse(service))));

/** Every service as it stood at a version. */
export async function readServicesAt(db: Db, version: number): Promise<DirectoryService[]> {
  const { rows } = await db.query<{ service: string }>(
    `SELECT service FROM directory_services
     WHERE from_version <= $1 AND (to_version IS NULL OR to_version > $1)`,
    [version],
  );
  return parsed(rows);
}

/** What changed after version `from` until `to`: as it is at `to`, and what is gone by then. */
export async function readChanges(
  db: Db,
  from: number,
  to: number,
): Promise<{ readonly put: DirectoryService[]; readonly removed: string[] }> {
  const { rows } = await db.query<{ service: string }>(
    `SELECT service FROM directory_services
     WHERE from_version > $1 AND from_version <= $2 AND (to_version IS NULL OR to_version > $2)`,
    [from, to],
  );
  const gone = await db.query<{ id: string }>(
    `SELECT id FROM directory_services AS held
     WHERE from_version <= $1 AND to_version > $1 AND to_version <= $2
       AND NOT EXISTS (SELECT FROM directory_services AS now WHERE now.id = held.id
                       AND now.from_version <= $2 AND (now.to_version IS NULL OR now.to_version > $2))
     ORDER BY id`,
    [from, to],
  );
  return { put: parsed(rows), removed: gone.rows.map(({ id }) => id) };
}

/** Only one import at a time: the next waits until this one's transaction has ended. */
export async function lockDirectory(client: Client): Promise<void> {
  await client.query('LOCK TABLE directory_versions IN SHARE ROW EXCLUSIVE MODE');
}

/** A new version: `removed` ends with it, `put` begins with it (and ends what stood there). */
export async function insertVersion(
  client: Client,
  head: VersionHead,
  how: string,
  { put, removed }: { readonly put: readonly DirectoryService[]; readonly removed: readonly string[] },
): Promise<void> {
  const { version, madeAt, source, bankHolidays } = head;
  await client.query(
    `INSERT INTO directory_versions (version, made_at, source, bank_holidays, how) VALUES ($1, $2, $3, $4, $5)`,
    [version, madeAt, canonicalJson(source), canonicalJson(bankHolidays), how],
  );
  const ended = [...removed, ...put.map(({ id }) => id)];
  await client.query(
    'UPDATE directory_services SET to_version = $1 WHERE to_version IS NULL AND id = ANY($2::text[])',
    [version, ended],
  );
  await client.query(
    `INSERT INTO directory_services (id, from_version, service)
     SELECT given.id, $1, given.service FROM unnest($2::text[], $3::text[]) AS given (id, service)`,
    [version, put.map(({ id }) => id), put.map((service) => JSON.stringify(service))],
  );
}

/** Every version, newest first. */
export async function listVersions(db: Db): Promise<ListedVersion[]> {
  const { rows } = await db.query<ListedVersion>(
    `SELECT version, made_at AS "madeAt", how,
            (SELECT count(*) FROM directory_services AS held WHERE held.from_version <= versions.version
               AND (held.to_version IS NULL OR held.to_version > versions.version)) AS services
     FROM directory_versions AS versions ORDER BY version DESC`,
  );
  return rows;
}

import { type DeskReport, type SharedFlag } from '../../shared/directory/exchange.ts';
import { type DeskId } from '../../shared/ids.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

/** Keeps reports of one desk. One that is there already stays as it came. */
export async function insertReports(
  db: Db,
  desk: DeskId,
  reports: readonly DeskReport[],
  now: UtcMs,
): Promise<void> {
  const column = (read: (report: DeskReport) => string | number | null): (string | number | null)[] =>
    reports.map(read);
  await db.query(
    `INSERT INTO directory_reports (id, desk, kind, service, version, said_by, says, at, until, received_at)
     SELECT given.id, $1, given.kind, given.service, given.version, given.said_by, given.says, least(given.at, $2),
            given.until, $2
     FROM unnest($3::uuid[], $4::text[], $5::text[], $6::integer[], $7::text[], $8::text[], $9::bigint[], $10::bigint[])
       AS given (id, kind, service, version, said_by, says, at, until)
     ON CONFLICT (id) DO NOTHING`,
    [
      desk,
      now,
      column(({ id }) => id),
      column(({ kind }) => kind),
      column(({ service }) => service),
      column(({ version }) => version),
      column(({ by }) => by),
      column((report) => (report.kind === 'takesAgain' ? '' : report.says)),
      column(({ at }) => at),
      column((report) => (report.kind === 'cannotTake' ? report.until : null)),
    ],
  );
}

/** Flags that hold now: the newest word about each service, unless it was that it takes people again. */
export async function readFlags(db: Db, now: UtcMs): Promise<SharedFlag[]> {
  const { rows } = await db.query<SharedFlag>(
    `SELECT service, says, at, until, by FROM (
       SELECT DISTINCT ON (service) service, kind, says, at, until, said_by AS by FROM directory_reports
       WHERE kind <> 'fault' ORDER BY service, at DESC, received_at DESC, id DESC) AS newest
     WHERE kind = 'cannotTake' AND until > $1 ORDER BY service`,
    [now],
  );
  return rows;
}

export interface ReportedFault {
  readonly service: string;
  readonly version: number;
  readonly says: string;
  readonly by: string;
  readonly desk: string;
  readonly at: UtcMs;
}

/** What desks have found wrong, newest first: for whoever owns the directory. */
export async function listFaults(db: Db): Promise<ReportedFault[]> {
  const { rows } = await db.query<ReportedFault>(
    `SELECT service, version, says, said_by AS by, desks.name AS desk, at
     FROM directory_reports JOIN desks ON desks.id = directory_reports.desk
     WHERE kind = 'fault' ORDER BY at DESC, directory_reports.id`,
  );
  return rows;
}

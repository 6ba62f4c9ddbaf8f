import { z } from 'zod';
import { sha256Hex } from '../../shared/ids.ts';
import { utcMs } from '../../shared/time.ts';

/**
 * A backup is gzipped lines of JSON: the header, then for each table its name and columns and one line a row (every
 * value as PostgreSQL writes it as text), then the end. The end holds the SHA-256 of every byte before it, so that a
 * file that was cut short or changed is never taken for a backup. It holds what callers said: guard it like the
 * database.
 */
export const header = z.strictObject({
  lantern: z.literal('hub-backup'),
  v: z.literal(1),
  at: utcMs,
  /** The schema it was made with. */
  migrations: z.array(z.strictObject({ number: z.int(), name: z.string(), sha256: sha256Hex })),
});
export const tableStart = z.strictObject({ table: z.string(), columns: z.array(z.string()) });
export const row = z.array(z.string().nullable());
export const end = z.strictObject({
  end: z.literal(true),
  rows: z.record(z.string(), z.int()),
  sha256: sha256Hex,
});

/** Every table with something to keep, each after those it refers to. */
export const TABLES = [
  'desks',
  'enrolment_codes',
  'streams',
  'events',
  'quarantine',
  'flags',
  'receipts',
  'calls',
  'leases',
  'stream_transfers',
  'directory_versions',
  'directory_services',
  'directory_reports',
  'desk_people',
  'audit',
  'hub_keys',
  'receivers',
  'referrals',
] as const;
/**
 * Tables that a backup leaves out, and why they may be: the schema's own, assertions of the last minute, and which desk
 * a token of the last hour belongs to.
 */
export const LEFT_OUT: readonly string[] = ['schema_migrations', 'used_assertions', 'person_tokens'];

/** Rows of every table in a backup, by table. */
export type RowCounts = Readonly<Record<string, number>>;

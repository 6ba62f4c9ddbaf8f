import { z } from 'zod';
import { uuid } from '../ids.ts';
import { type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { utcMs } from '../time.ts';
import { type CannotTake } from './asking.ts';
import { directoryService, type DirectoryService } from './service.ts';
import { directorySnapshot } from './snapshot.ts';

/** What desk and hub say to each other about the directory: versions of it, and what desks found out about services. */

export type DirectorySnapshot = z.infer<typeof directorySnapshot>;

const version = z.int().min(1);
const { madeAt, source, bankHolidays } = directorySnapshot.shape;

/** What leads from version `from` to `version`: services to put in their places, ids to take out. */
export const directoryDelta = z.strictObject({
  kind: z.literal('delta'),
  from: version,
  version,
  madeAt,
  source,
  bankHolidays,
  put: z.array(directoryService),
  removed: z.array(directoryService.shape.id),
});
export type DirectoryDelta = z.infer<typeof directoryDelta>;

/** A desk that holds a version gets the way from it; any other gets the whole. */
export const directoryAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('whole'), snapshot: directorySnapshot }),
  directoryDelta,
]);
export type DirectoryAnswer = z.infer<typeof directoryAnswer>;

/** In order of id, so that every desk and the hub hold the same list. */
export const inOrder = (services: readonly DirectoryService[]): DirectoryService[] =>
  services.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** The directory after a delta. Problem `directory.delta` when it begins at another version than the one held. */
export function applyDelta(
  held: DirectorySnapshot,
  delta: DirectoryDelta,
): Result<DirectorySnapshot, Problem> {
  if (held.version !== delta.from)
    return err({ code: 'directory.delta', field: 'from', message: 'is not the version that is held' });
  const services = new Map(held.services.map((service) => [service.id, service]));
  for (const id of delta.removed) services.delete(id);
  for (const service of delta.put) services.set(service.id, service);
  return ok({
    version: delta.version,
    madeAt: delta.madeAt,
    source: delta.source,
    bankHolidays: delta.bankHolidays,
    services: inOrder([...services.values()]),
  });
}

const line = z.string().trim().min(1).max(300);

/** A service said that it cannot take anybody: no flag holds longer than this (ms), whatever was asked. */
export const LONGEST_FLAG_MS = 48 * 60 * 60 * 1000;

const common = {
  /** Made once by the desk: the same report sent twice is one report. */
  id: uuid,
  service: directoryService.shape.id,
  /** The version the desk held when it was said. */
  version,
  at: utcMs,
  /** Who said so at the desk, by name. */
  by: line,
};

/** What a desk tells the hub about a service. `fault` is for whoever owns the directory; the others are for every desk. */
export const deskReport = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...common, kind: z.literal('cannotTake'), says: line, until: utcMs }),
    z.strictObject({ ...common, kind: z.literal('takesAgain') }),
    z.strictObject({ ...common, kind: z.literal('fault'), says: line }),
  ])
  .refine(
    (report) =>
      report.kind !== 'cannotTake' ||
      (report.until > report.at && report.until - report.at <= LONGEST_FLAG_MS),
    { path: ['until'], error: 'must be after "at", by 48 hours at the most' },
  );
export type DeskReport = z.infer<typeof deskReport>;

export const MAX_REPORTS = 100;
export const reportsRequest = z.strictObject({ reports: z.array(deskReport).min(1).max(MAX_REPORTS) });
/** Every id that is on the hub's disk now, whether it came for the first time or not. */
export const reportsResponse = z.strictObject({ kept: z.array(uuid) });

/** A flag as every desk is told of it. */
export const sharedFlag = z.strictObject({
  service: directoryService.shape.id,
  says: line,
  at: utcMs,
  until: utcMs,
  by: line,
});
export type SharedFlag = z.infer<typeof sharedFlag>;
export const sharedFlags = z.strictObject({ flags: z.array(sharedFlag) });

/**
 * The flags as this desk knows them: what the hub said, and over it what was said here and is not there yet. The newest
 * word about a service counts; one whose time is over counts for nothing.
 */
export function flagsNow(
  fromHub: readonly SharedFlag[],
  waiting: readonly DeskReport[],
  now: number,
): readonly SharedFlag[] {
  const flags = new Map(fromHub.map((flag) => [flag.service, flag]));
  for (const report of waiting.toSorted((a, b) => a.at - b.at)) {
    if (report.kind === 'fault' || (flags.get(report.service)?.at ?? 0) > report.at) continue;
    if (report.kind === 'takesAgain') flags.delete(report.service);
    else {
      const { service, says, at, until, by } = report;
      flags.set(service, { service, says, at, until, by });
    }
  }
  return [...flags.values()].filter(({ until }) => until > now);
}

/** A flag as the finder asks for it: who said so is part of what is said. */
export const asCannotTake = ({ service, says, at, until, by }: SharedFlag): CannotTake => ({
  service,
  says: `${says} (said by ${by})`,
  at,
  until,
});

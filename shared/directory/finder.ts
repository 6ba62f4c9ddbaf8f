import { type DayNumber, dayNumber, londonTime } from '../london.ts';
import { type UtcMs } from '../time.ts';
import { type Asking, type CannotTake, type Known } from './asking.ts';
import { estimatedMs, straightLine } from './distance.ts';
import { accessFits, ageFit, allOf, areaFit, hoursFit, type Reason, ruleFits } from './fits.ts';
import { type BankHolidays } from './hours.ts';
import { type DirectoryService, type Place, type ServiceKind } from './service.ts';

/** One door of one service, with every reason for and against it. */
export interface Found {
  readonly service: DirectoryService;
  /** None: it has no door, as a line that is rung. */
  readonly place?: Place;
  readonly reasons: readonly Reason[];
  /** Everything together, as the gate asks it (G6). */
  readonly fits: Readonly<Record<'age' | 'area' | 'hours' | 'medical', Known>>;
  readonly overall: Known;
  readonly metres?: number;
  readonly arrivalAt?: UtcMs;
  /** The arrival is worked out from the straight line. */
  readonly estimated: boolean;
  readonly trust: 'verified' | 'stale' | 'unverified';
  /** Ring before anybody sets out: the service says so, or the entry or a rule of it cannot be relied on (H6). */
  readonly ringFirst: boolean;
}

export interface FinderOptions {
  readonly holidays: BankHolidays;
  /** After how many days a verified entry is stale. */
  readonly staleAfterDays: number;
}

export type Finder = (asking: Asking, cannotTake: readonly CannotTake[]) => readonly Found[];

/** A service with what is the same at every search, worked out once for a version of the directory. */
interface Ready {
  readonly service: DirectoryService;
  readonly doors: readonly (Place | undefined)[];
  readonly verifiedOn: DayNumber | undefined;
}

const ready = (service: DirectoryService): Ready => ({
  service,
  doors: service.places.length === 0 ? NO_DOOR : service.places,
  verifiedOn: service.verified === undefined ? undefined : dayNumber(service.verified.on),
});
const NO_DOOR = [undefined];

/** Gets services ready to be searched. The answer of a search holds every service of the kinds asked for, fitting or not. */
export function createFinder(services: readonly DirectoryService[], options: FinderOptions): Finder {
  const byKind = new Map<ServiceKind, Ready[]>();
  for (const each of services.map(ready)) {
    for (const kind of each.service.kinds) {
      const these = byKind.get(kind);
      if (these === undefined) byKind.set(kind, [each]);
      else these.push(each);
    }
  }
  return (asking, cannotTake) => {
    const wanted = new Set(asking.kinds.flatMap((kind) => byKind.get(kind) ?? []));
    const full = new Map(
      cannotTake.filter(({ until }) => until > asking.now).map((flag) => [flag.service, flag]),
    );
    const today = londonTime(asking.now).day;
    return [...wanted]
      .map((each) => nearestDoor(each, asking, full.get(each.service.id), today, options))
      .toSorted(compareFound);
  };
}

/** The door of a service that fits best and then is nearest: a service is listed once. */
function nearestDoor(
  { service, doors, verifiedOn }: Ready,
  asking: Asking,
  full: CannotTake | undefined,
  today: DayNumber,
  options: FinderOptions,
): Found {
  const rules = ruleFits(service, asking.facts, today);
  const common: Reason[] = [
    ageFit(service, asking.age),
    areaFit(service, asking.areas),
    ...rules,
    ...accessFits(service, asking.adjustments),
  ];
  if (service.status !== 'active') common.push({ about: 'status', fit: 'no', status: service.status });
  if (full !== undefined) common.push({ about: 'capacity', fit: 'no', says: full.says, at: full.at });
  const trust = trustIn(verifiedOn, today, options.staleAfterDays);
  const isOldRule = rules.some((reason) => reason.about === 'rule' && reason.overdue);
  const found = doors.map((place): Found => {
    const { metres, arrivalAt, estimated } = wayTo(service.id, place, asking);
    const hours = hoursFit(service, place, arrivalAt, options.holidays);
    const reasons = [...common, hours];
    return {
      service,
      ...(place === undefined ? {} : { place }),
      reasons,
      fits: {
        age: reasons[0]?.fit ?? 'notKnown',
        area: reasons[1]?.fit ?? 'notKnown',
        hours: hours.fit,
        medical: allOf(rules.map(({ fit }) => fit)),
      },
      overall: allOf(reasons.map(({ fit }) => fit)),
      ...(metres === undefined ? {} : { metres }),
      ...(arrivalAt === undefined ? {} : { arrivalAt }),
      estimated,
      trust,
      ringFirst:
        trust !== 'verified' ||
        isOldRule ||
        service.access.phoneFirst === true ||
        service.access.walkIn !== true,
    };
  });
  // A service has at least one door, or is listed without one.
  return found.reduce((best, each) => (compareFound(each, best) < 0 ? each : best));
}

function wayTo(
  service: string,
  place: Place | undefined,
  { from, travelBy, said, now }: Asking,
): { readonly metres?: number; readonly arrivalAt?: UtcMs; readonly estimated: boolean } {
  const metres =
    from === undefined || place?.point === undefined ? undefined : straightLine(from, place.point);
  const far = metres === undefined ? {} : { metres };
  // A line is rung now.
  if (place === undefined) return { arrivalAt: now, estimated: false };
  const saidMs = said?.get(service);
  if (saidMs !== undefined) return { ...far, arrivalAt: now + saidMs, estimated: false };
  if (travelBy === undefined || metres === undefined) return { ...far, estimated: false };
  return { ...far, arrivalAt: now + estimatedMs(metres, travelBy), estimated: true };
}

function trustIn(on: DayNumber | undefined, today: DayNumber, staleAfterDays: number): Found['trust'] {
  if (on === undefined) return 'unverified';
  return today - on > staleAfterDays ? 'stale' : 'verified';
}

const ORDER: Readonly<Record<Known, number>> = { yes: 0, notKnown: 1, no: 2 };

/** Doors that fit, then those of which something is not known, then the others; the nearest first within each. */
function compareFound(a: Found, b: Found): number {
  if (a.overall !== b.overall) return ORDER[a.overall] - ORDER[b.overall];
  const [near, far] = [a.metres ?? Infinity, b.metres ?? Infinity];
  if (near !== far) return near - far;
  return a.service.name < b.service.name ? -1 : a.service.name > b.service.name ? 1 : 0;
}

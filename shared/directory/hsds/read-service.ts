import { cutText } from '../../typed.ts';
import { type GridPoint } from '../service.ts';
import { gridOf } from '../../geography/os-grid.ts';
import { type Problem, problemOf } from '../../problem.ts';
import { err, ok, type Result } from '../../result.ts';
import { directoryService, type DirectoryService, ruleSubjects, serviceKinds } from '../service.ts';
import { overlapIn } from '../overlap.ts';
import { readHours } from './hours.ts';
import { hsdsService, type HsdsAttribute, type HsdsLocation, type HsdsService } from './schema.ts';
import { TAXONOMIES, termsOf } from './vocabulary.ts';

/** What a feed does not say in our words, said once for an import: its own terms to kinds. */
export interface ImportTable {
  /** By term code or name in the feed, whatever its taxonomy. */
  readonly kinds: Readonly<Record<string, DirectoryService['kinds'][number]>>;
}

/**
 * One service of a feed as the desk's own. A service whose kind nobody has named is refused: it could be listed under no
 * route. What cannot be read becomes "not known" and a doubt that stands beside the entry.
 */
export function readService(input: unknown, table: ImportTable): Result<DirectoryService, Problem> {
  const read = hsdsService.safeParse(input);
  if (!read.success) return err(problemOf('directory.row', read.error));
  const feed = read.data;
  const kinds = kindsOf(feed, table);
  if (kinds.length === 0)
    return err({
      code: 'directory.row',
      field: 'attributes',
      message: 'name no kind of service that is known',
    });
  const holidays = termsOf(feed.attributes, TAXONOMIES.bankHolidays);
  const { hours, doubts } = readHours(feed.schedules, holidays);
  const places = feed.service_at_locations.flatMap(({ location, schedules, description }) =>
    location === undefined ? [] : [placeOf(location, [...schedules], description, holidays)],
  );
  const parsed = directoryService.safeParse({
    id: feed.id,
    name: feed.name,
    organisation: feed.organization ?? {
      id: feed.organization_id ?? 'not-known',
      name: 'Organisation not known',
    },
    kinds,
    status: statusOf(feed.status),
    ...only({ description: feed.description, alert: feed.alert }),
    ...only({ teamType: termsOf(feed.attributes, TAXONOMIES.team)[0]?.code }),
    places: places.map(({ place }) => place),
    hours,
    eligibility: eligibilityOf(feed),
    rules: rulesOf(feed.attributes),
    access: accessOf(
      feed,
      places.flatMap(({ adjustments }) => adjustments),
    ),
    phones: feed.phones.flatMap(({ number, description, type, attributes }) =>
      number === undefined
        ? []
        : [{ number, for: phoneFor(type, attributes), ...only({ says: description }) }],
    ),
    ...only({ verified: verifiedOf(feed) }),
    ...only({ doubts: listOrNone([...doubts, ...places.flatMap((each) => each.doubts)]) }),
  });
  if (!parsed.success) return err(problemOf('directory.row', parsed.error));
  const overlap = [parsed.data.hours, ...parsed.data.places.flatMap((place) => place.hours ?? [])]
    .map(overlapIn)
    .find((found) => found !== undefined);
  // Which of the two is meant cannot be told, and one of them is wrong (H6).
  return overlap === undefined
    ? ok(parsed.data)
    : err({ code: 'directory.row', field: 'schedules', message: `overlap: ${overlap}` });
}

/** Leaves out what is undefined: in our records a missing field means that nobody has said. */
const only = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
const listOrNone = <T>(items: readonly T[]): readonly T[] | undefined =>
  items.length === 0 ? undefined : [...new Set(items)];

function kindsOf(feed: HsdsService, table: ImportTable): DirectoryService['kinds'] {
  const own = termsOf(feed.attributes, TAXONOMIES.kind).map(({ code }) => code);
  const mapped = feed.attributes.flatMap(({ taxonomy_term: term }) => [
    table.kinds[term?.code ?? ''],
    table.kinds[term?.name ?? ''],
  ]);
  return serviceKinds.filter((kind) => own.includes(kind) || mapped.includes(kind));
}

const STATUSES = ['active', 'inactive', 'defunct', 'temporarily closed'] as const;
/** A status that is missing or unheard of is not active: nobody is sent there on a guess. */
const statusOf = (status: string | undefined): DirectoryService['status'] =>
  STATUSES.find((known) => known === status?.trim().toLowerCase()) ?? 'inactive';

function placeOf(
  location: HsdsLocation,
  schedules: HsdsService['schedules'],
  description: string | undefined,
  holidays: ReturnType<typeof termsOf>,
) {
  const own = [...schedules, ...location.schedules];
  const read = readHours(own, holidays);
  const address = location.addresses[0];
  const lines = [address?.attention, address?.address_1, address?.address_2, address?.city, address?.region];
  const point: GridPoint | undefined =
    location.latitude === undefined || location.longitude === undefined
      ? undefined
      : gridOf(location.latitude, location.longitude);
  const place = {
    id: location.id,
    ...only({ name: location.name }),
    address: lines.flatMap((line) => (line === undefined ? [] : [cutText(line.trim(), 300)])),
    ...only({ postcode: address?.postal_code?.trim(), point, note: description ?? location.description }),
    ...(own.length === 0 ? {} : { hours: read.hours }),
  };
  const adjustments = location.accessibility.flatMap((each) => each.description ?? each.details ?? []);
  return { place, doubts: read.doubts, adjustments };
}

/** The ONS code in each text that has one. */
const codesIn = (...texts: readonly (string | undefined)[]): readonly string[] =>
  texts.flatMap((text) => /[A-Z]\d{8}/.exec(text ?? '')?.[0] ?? []);

function eligibilityOf(feed: HsdsService): Record<string, unknown> {
  const open = termsOf(feed.attributes, TAXONOMIES.open).map(({ code }) => code);
  const months = (which: string): number | undefined => {
    const said = termsOf(feed.attributes, TAXONOMIES.ageMonths).find(({ code }) => code === which)?.value;
    return said === undefined || !/^\d+$/.test(said) ? undefined : Number(said);
  };
  const min = months('min') ?? wholeYears(feed.minimum_age);
  // "Up to 17" takes a person until the day before they are 18.
  const max =
    months('max') ?? (feed.maximum_age === undefined ? undefined : wholeYears(feed.maximum_age + 1, -1));
  const codes = feed.service_areas.flatMap(({ extent, uri, name }) => codesIn(extent, uri, name));
  const named = feed.service_areas.flatMap(({ extent, uri, name }) => {
    const [code] = codesIn(extent, uri);
    const says = name?.trim() ?? '';
    const isName = says !== '' && codesIn(says).length === 0;
    return code !== undefined && isName ? [[code, cutText(says, 300)] as const] : [];
  });
  const areaOf = termsOf(feed.attributes, TAXONOMIES.areaOf)[0]?.code;
  return {
    ...only({ minAgeMonths: min, maxAgeMonths: max, says: feed.eligibility_description }),
    ...(open.includes('anyAge') ? { anyAge: true } : {}),
    ...(open.includes('anywhere')
      ? { areas: 'anywhere' }
      : codes.length > 0
        ? { areas: [...new Set(codes)] }
        : {}),
    ...(named.length === 0 ? {} : { areaNames: Object.fromEntries(named) }),
    ...only({ areaOf }),
  };
}

const wholeYears = (years: number | undefined, less = 0): number | undefined =>
  years === undefined || !Number.isFinite(years) ? undefined : Math.round(years * 12) + less;

function rulesOf(attributes: readonly HsdsAttribute[]): readonly unknown[] {
  return termsOf(attributes, TAXONOMIES.rule).map(({ code, label, value }) => {
    const [about, effect] = code.split(':');
    const [owner = '', reviewOn = ''] = value.split('|').map((part) => part.trim());
    return { about: ruleSubjects.find((known) => known === about), effect, say: label, owner, reviewOn };
  });
}

function accessOf(feed: HsdsService, adjustments: readonly string[]): Record<string, unknown> {
  const terms = termsOf(feed.attributes, TAXONOMIES.access);
  const said = (code: string): boolean | undefined => {
    const term = terms.find((each) => each.code === code);
    return term === undefined
      ? undefined
      : ![term.value, term.label].some((word) => word.toLowerCase() === 'no');
  };
  const isNo = ({ value }: { readonly value: string }): boolean => value.trim().toLowerCase() === 'no';
  const own = termsOf(feed.attributes, TAXONOMIES.adjustment);
  const worded = (terms: typeof own): readonly string[] => terms.map(({ label, code }) => label || code);
  const all = [...worded(own.filter((term) => !isNo(term))), ...adjustments];
  return only({
    walkIn: said('walkIn'),
    phoneFirst: said('phoneFirst'),
    byAppointment: said('byAppointment'),
    selfReferral: said('selfReferral'),
    referral: feed.application_process,
    adjustments: listOrNone(all),
    lacks: listOrNone(worded(own.filter(isNo))),
  });
}

const phoneFor = (
  type: string | undefined,
  attributes: readonly HsdsAttribute[],
): 'public' | 'professionals' =>
  /professional/i.test(type ?? '') ||
  termsOf(attributes, TAXONOMIES.access).some(({ code }) => code === 'professionals')
    ? 'professionals'
    : 'public';

function verifiedOf(feed: HsdsService): { on: string; by: string } | undefined {
  const on = feed.assured_date?.slice(0, 10);
  const by = termsOf(feed.attributes, TAXONOMIES.assurer)[0]?.label ?? feed.assurer_email;
  return on === undefined || by === undefined ? undefined : { on, by };
}

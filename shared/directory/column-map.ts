import { z } from 'zod';
import { type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { TAXONOMIES } from './hsds/vocabulary.ts';
import { serviceKind } from './service.ts';

/** What a CSV may say about a service, one column each. Days hold `18:00-23:00`, several with a semicolon, or nothing. */
const fields = [
  'id',
  'name',
  'kind',
  'status',
  'organisation',
  'organisationId',
  'description',
  'alert',
  'phone',
  'address',
  'town',
  'postcode',
  'latitude',
  'longitude',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'bankHolidays',
  'minimumAge',
  'maximumAge',
  'areas',
  'eligibility',
  'referral',
  'checkedOn',
  'checkedBy',
] as const;
type Field = (typeof fields)[number];

/** Which column of somebody's CSV holds what, and their words for kinds: written once for each sender. */
export const columnMap = z.strictObject({
  columns: z
    .partialRecord(z.enum(fields), z.string().min(1).max(200))
    .refine(
      (columns) => columns.id !== undefined && columns.name !== undefined && columns.kind !== undefined,
      {
        error: 'must name the columns of id, name and kind',
      },
    ),
  kinds: z.record(z.string().min(1), serviceKind).default({}),
});
export type ColumnMap = z.infer<typeof columnMap>;

/** Problem `directory.columns` names the first column that the file has not. */
export function checkColumns(header: readonly string[], { columns }: ColumnMap): Result<void, Problem> {
  const missing = Object.entries(columns).find(([, column]) => !header.includes(column));
  if (missing === undefined) return ok(undefined);
  const message = `is to be in column "${missing[1]}", which the file has not`;
  return err({ code: 'directory.columns', field: missing[0], message });
}

const DAYS: readonly (readonly [Field, string])[] = [
  ['monday', 'MO'],
  ['tuesday', 'TU'],
  ['wednesday', 'WE'],
  ['thursday', 'TH'],
  ['friday', 'FR'],
  ['saturday', 'SA'],
  ['sunday', 'SU'],
];

/** One row as an HSDS service, for `readService` to take or refuse. A day that is empty while others are not is closed. */
export function rowToHsds(row: Readonly<Record<string, string>>, map: ColumnMap): Record<string, unknown> {
  const at = (field: Field): string => row[map.columns[field] ?? '']?.trim() ?? '';
  const term = (taxonomy: string, code: string, label = ''): Record<string, unknown> => ({
    taxonomy_term: { code, name: code, taxonomy },
    label,
  });
  const terms = (taxonomy: string, field: Field): readonly unknown[] =>
    at(field) === '' ? [] : [term(taxonomy, at(field), at(field))];
  const position = { latitude: at('latitude'), longitude: at('longitude') };
  const hasPlace = [at('address'), at('town'), at('postcode')].some((text) => text !== '');
  return {
    id: at('id'),
    name: at('name'),
    status: at('status'),
    organization: {
      id: at('organisationId') || at('organisation') || 'not-known',
      name: at('organisation') || 'Organisation not known',
    },
    description: at('description'),
    alert: at('alert'),
    application_process: at('referral'),
    eligibility_description: at('eligibility'),
    minimum_age: at('minimumAge'),
    maximum_age: at('maximumAge'),
    assured_date: at('checkedOn'),
    phones: at('phone') === '' ? [] : [{ number: at('phone') }],
    schedules: DAYS.flatMap(([field, byday]) =>
      listOf(at(field)).map((period) => {
        const [opens_at, closes_at] = period.split(/\s*[-–]\s*/);
        return { freq: 'WEEKLY', byday, opens_at, closes_at };
      }),
    ),
    service_areas: listOf(at('areas')).map((extent) => ({ extent, name: extent })),
    service_at_locations: hasPlace
      ? [
          {
            location: {
              id: `${at('id')}-place`,
              addresses: [{ address_1: at('address'), city: at('town'), postal_code: at('postcode') }],
              ...position,
            },
          },
        ]
      : [],
    attributes: [
      ...listOf(at('kind')).map((kind) => term(TAXONOMIES.kind, kind)),
      ...terms(TAXONOMIES.bankHolidays, 'bankHolidays'),
      ...terms(TAXONOMIES.assurer, 'checkedBy'),
    ],
  };
}

const listOf = (text: string): readonly string[] =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');

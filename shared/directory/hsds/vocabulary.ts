import { type HsdsAttribute } from './schema.ts';

/**
 * What HSDS has no field for travels as attributes of these taxonomies, whose terms are our own words. A feed without them
 * is taken all the same: what they would have said is then not known, or comes from the import's own table.
 */
export const TAXONOMIES = {
  /** Term codes are `serviceKinds`. */
  kind: 'lantern:kind',
  /** MHSDS ServTeamTypeRefToMH. */
  team: 'mhsds:ServTeamTypeRefToMH',
  /** `walkIn`, `phoneFirst`, `byAppointment`, `selfReferral`; label or value `no` says no. */
  access: 'lantern:access',
  /** BaRS reasonable adjustments, by their words; value `no` says that it has not. */
  adjustment: 'bars:ReasonableAdjustment',
  /** `medicalNeed:excludes`; label is what the service says, value is `owner|review date`. */
  rule: 'lantern:rule',
  /** `now`, `home` or `gp`: which of a person's places the area is asked of. */
  areaOf: 'lantern:areaOf',
  /** `asUsual` or `closed`, on a service or a location's schedule. */
  bankHolidays: 'lantern:bankHolidays',
  /** On a schedule: these are other hours for its days, or none when it has no times. */
  exception: 'lantern:exception',
  /** In months, where years do not say it. */
  ageMonths: 'lantern:ageMonths',
  /** `anyAge`, `anywhere`. */
  open: 'lantern:open',
  /** Who looked last: the name, because HSDS has only an address. */
  assurer: 'lantern:assurer',
} as const;

export interface Term {
  readonly code: string;
  readonly label: string;
  readonly value: string;
}

/** The terms of one taxonomy among a record's attributes. */
export const termsOf = (attributes: readonly HsdsAttribute[], taxonomy: string): readonly Term[] =>
  attributes.flatMap(({ taxonomy_term: term, label, value }) => {
    const name = term?.taxonomy ?? term?.taxonomy_detail?.name;
    if (term?.code === undefined || name !== taxonomy) return [];
    return [{ code: term.code, label: label ?? term.name ?? '', value: value ?? '' }];
  });

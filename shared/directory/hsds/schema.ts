import { z } from 'zod';

/**
 * What is read of an HSDS 3 / Open Referral UK feed. Every part the standard calls optional may be missing, null or empty,
 * numbers may come as text, and fields that are not read here are passed over: a feed is taken as it is found.
 */

/** Feeds write "no value" as null, as an empty text, or not at all. */
const maybe = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional());
/** A word as itself or as a number; a list or a record is neither, and is not made one. */
const word = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  z.string(),
);
/** A number as itself or written out. */
const count = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  z.number(),
);
const text = maybe(word.pipe(z.string().max(10_000)));
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => value ?? [], z.array(item).max(10_000));

const id = word.pipe(z.string().trim().min(1).max(100));
const name = word.pipe(z.string().trim().min(1).max(300));

export const hsdsAttribute = z.object({
  taxonomy_term: maybe(
    z.object({
      code: text,
      name: text,
      taxonomy: text,
      taxonomy_detail: maybe(z.object({ name: text })),
    }),
  ),
  value: text,
  label: text,
});
export type HsdsAttribute = z.infer<typeof hsdsAttribute>;

export const hsdsSchedule = z.object({
  valid_from: text,
  valid_to: text,
  dtstart: text,
  until: text,
  count: maybe(count),
  freq: text,
  interval: maybe(count),
  byday: text,
  byweekno: text,
  bymonthday: text,
  byyearday: text,
  opens_at: text,
  closes_at: text,
  description: text,
  notes: text,
  attributes: list(hsdsAttribute),
});
export type HsdsSchedule = z.infer<typeof hsdsSchedule>;

const hsdsAddress = z.object({
  attention: text,
  address_1: text,
  address_2: text,
  city: text,
  region: text,
  state_province: text,
  postal_code: text,
});
export const hsdsPhone = z.object({
  number: text,
  description: text,
  type: text,
  attributes: list(hsdsAttribute),
});
export const hsdsLocation = z.object({
  id,
  name: text,
  description: text,
  transportation: text,
  latitude: maybe(count),
  longitude: maybe(count),
  addresses: list(hsdsAddress),
  accessibility: list(z.object({ description: text, details: text })),
  schedules: list(hsdsSchedule),
  phones: list(hsdsPhone),
});
export type HsdsLocation = z.infer<typeof hsdsLocation>;

export const hsdsService = z.object({
  id,
  name,
  status: text,
  description: text,
  alert: text,
  application_process: text,
  eligibility_description: text,
  minimum_age: maybe(count),
  maximum_age: maybe(count),
  assured_date: text,
  assurer_email: text,
  last_modified: text,
  organization: maybe(z.object({ id, name })),
  organization_id: text,
  phones: list(hsdsPhone),
  schedules: list(hsdsSchedule),
  service_areas: list(
    z.object({ name: text, description: text, extent: text, extent_type: text, uri: text }),
  ),
  service_at_locations: list(
    z.object({ location: maybe(hsdsLocation), schedules: list(hsdsSchedule), description: text }),
  ),
  attributes: list(hsdsAttribute),
});
export type HsdsService = z.infer<typeof hsdsService>;

import { z } from 'zod';
import { sharedFlag } from '../directory/exchange.ts';
import { directoryService, gridPoint, serviceKind } from '../directory/service.ts';
import { directorySnapshot } from '../directory/snapshot.ts';
import { utcMs } from '../time.ts';

/** What of the directory and the postcodes crosses the bridge. The window never holds more than the kinds it asks for. */

const { version, madeAt, source, bankHolidays } = directorySnapshot.shape;
const line = z.string().trim().min(1).max(300);

export const directoryState = z.strictObject({
  /** Absent: this desk has no directory yet. */
  held: z
    .strictObject({
      version,
      madeAt,
      source,
      services: z.int().min(0),
      /** When the hub last said that this is the present version; absent: not since this start of the disk's copy. */
      checkedAt: utcMs.exactOptional(),
    })
    .exactOptional(),
  flags: z.array(sharedFlag),
  /** Reports on this disk that the hub has not got yet. */
  waiting: z.int().min(0),
  /** What is wrong with the directory here, in words for a person. */
  trouble: z.string().exactOptional(),
});
export type DirectoryState = z.infer<typeof directoryState>;

export const areaCodes = z.strictObject({ icb: z.string(), subIcb: z.string(), localAuthority: z.string() });

/** What areas are called, by their codes. */
const areaNames = z.record(z.string(), z.string());

/** A place as far as somebody's words could be read as a postcode, or the first half of one. */
export const placeFound = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('postcode'),
    postcode: z.string(),
    terminated: z.boolean(),
    areas: areaCodes,
    point: gridPoint.exactOptional(),
  }),
  /** Every set of areas it lies in: with several, choosing is a person's. */
  z.strictObject({ kind: z.literal('outward'), outward: z.string(), areas: z.array(areaCodes) }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type PlaceFound = z.infer<typeof placeFound>;

const about = { service: directoryService.shape.id, by: line };

export const directoryMethods = {
  'directory.state': { input: z.strictObject({}), output: directoryState },
  /** The services of some kinds, for the finder. Fault `directory.none`: this desk has no directory yet. */
  'directory.services': {
    input: z.strictObject({ kinds: z.array(serviceKind).min(1) }),
    output: z.strictObject({ version, bankHolidays, services: z.array(directoryService) }),
  },
  /** Answers once it is on the disk. The hub gets it now or later, once. */
  'directory.report': {
    input: z.discriminatedUnion('kind', [
      z.strictObject({ ...about, kind: z.literal('cannotTake'), says: line, until: utcMs }),
      z.strictObject({ ...about, kind: z.literal('takesAgain') }),
      z.strictObject({ ...about, kind: z.literal('fault'), says: line }),
    ]),
    output: z.strictObject({}),
  },
  /** Looks a place up in the postcodes on this PC. Landmark words are read too: the postcode is found among them. */
  'place.find': {
    input: z.strictObject({ text: z.string().max(500) }),
    output: z.strictObject({
      found: placeFound,
      /** Of the areas that were found. */
      names: areaNames,
      /** The issue of the postcodes and the acknowledgements that their licence asks for. */
      issue: z.string(),
      attribution: z.array(z.string()),
    }),
  },
  /** Every set of areas that the postcodes on this PC lie in: for choosing one by hand where no postcode is known. */
  'place.areas': {
    input: z.strictObject({}),
    output: z.strictObject({ areas: z.array(areaCodes), names: areaNames }),
  },
} as const;

import { type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { type PostcodeRow } from './place.ts';

/**
 * The ONS Postcode Directory's columns. Names have changed with the issues (`oslaua`, then `lad25cd`), so each is found by
 * what all its names have in common; a later year in a name needs no change here.
 */
const COLUMNS = {
  postcode: /^(?:pcds|pcd)$/,
  terminated: /^doterm$/,
  country: /^ctry(?:\d{2}cd)?$/,
  localAuthority: /^(?:oslaua|laua|lad\d{2}cd)$/,
  subIcb: /^(?:sicbl(?:\d{2}cd)?|ccg(?:\d{2}cd)?)$/,
  icb: /^icb(?:\d{2}cd)?$/,
  easting: /^(?:os)?east1m$/,
  northing: /^(?:osnrth1m|north1m)$/,
  quality: /^(?:osgrdind|gridind)$/,
} as const;
type Column = keyof typeof COLUMNS;
/** Issues before July 2022 have no ICB. */
const OPTIONAL: readonly Column[] = ['icb', 'quality'];

/** Where each column stands, from the first line of the file. Problem `onspd.columns` names the first that is missing. */
export function onspdColumns(header: readonly string[]): Result<ReadonlyMap<Column, number>, Problem> {
  const names = header.map((name) =>
    name
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase(),
  );
  const found = new Map<Column, number>();
  for (const [column, pattern] of Object.entries(COLUMNS) as [Column, RegExp][]) {
    const at = names.findIndex((name) => pattern.test(name));
    if (at >= 0) found.set(column, at);
    else if (!OPTIONAL.includes(column))
      return err({ code: 'onspd.columns', field: column, message: 'has no column in this file' });
  }
  // The variable-length form is the one people write; `pcd` stands in where an issue lacks it.
  const pcds = names.indexOf('pcds');
  if (pcds >= 0) found.set('postcode', pcds);
  return ok(found);
}

const ENGLAND = 'E92000001';
/** The code that stands where there is no such area. */
const NO_AREA = /^[A-Z]9{8}$/;

/** One line as a row; undefined for what lies outside England. Problem `onspd.row` when the line cannot be one. */
export function onspdRow(
  line: readonly string[],
  columns: ReadonlyMap<Column, number>,
): Result<PostcodeRow | undefined, Problem> {
  const at = (column: Column): string => line[columns.get(column) ?? -1]?.trim() ?? '';
  if (at('country') !== ENGLAND) return ok(undefined);
  const postcode = at('postcode');
  if (postcode === '') return err({ code: 'onspd.row', field: 'postcode', message: 'is empty' });
  const area = (column: Column): string => (NO_AREA.test(at(column)) ? '' : at(column));
  const point = pointOf(at('easting'), at('northing'), at('quality'));
  return ok({
    postcode,
    terminated: at('terminated') !== '',
    areas: { icb: area('icb'), subIcb: area('subIcb'), localAuthority: area('localAuthority') },
    ...(point === undefined ? {} : { point }),
  });
}

/** Quality 9 means that no grid reference is known; the columns then hold nought or nothing. */
function pointOf(easting: string, northing: string, quality: string): PostcodeRow['point'] {
  if (quality === '9' || !/^\d{1,6}$/.test(easting) || !/^\d{1,7}$/.test(northing)) return undefined;
  const point = { easting: Number(easting), northing: Number(northing) };
  return point.easting === 0 && point.northing === 0 ? undefined : point;
}

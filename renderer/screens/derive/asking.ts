import { fieldOf } from '../../../shared/call/facts.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type Asking } from '../../../shared/directory/asking.ts';
import { type GridPoint, type ServiceKind } from '../../../shared/directory/service.ts';
import { adjustmentsFor, factsFor } from './directory-facts.ts';
import { type UtcMs } from '../../../shared/time.ts';

/** The youngest and oldest they may be, in months; undefined when nobody has said. */
export function ageMonths(picture: Picture, { landmarks }: Content): Asking['age'] {
  const { question, years, band, bands } = landmarks.age;
  const said = Number(fieldOf(picture, question, years) ?? '');
  if (Number.isInteger(said) && said > 0) return [said * 12, said * 12 + 11];
  const range = bands[fieldOf(picture, question, band) ?? ''];
  return range === undefined ? undefined : [range[0] * 12, range[1] * 12 + 11];
}

interface Given {
  readonly kinds: readonly ServiceKind[];
  readonly now: UtcMs;
  /** By each of their places, as far as anybody has said where it is. */
  readonly areas: Partial<Asking['areas']>;
  readonly from?: GridPoint | undefined;
  readonly travelBy: string;
  /** Minutes as they say, by service. */
  readonly said: ReadonlyMap<string, number>;
}

/**
 * The call's facts as the finder asks for them. Only what is on record: a question that was not asked is not known. Where
 * they live and whose their GP is are other places than where they are.
 */
export function askingOf(picture: Picture, content: Content, given: Given): Asking {
  const { kinds, now, areas, from, travelBy, said } = given;
  const age = ageMonths(picture, content);
  return {
    kinds,
    now,
    ...(age === undefined ? {} : { age }),
    areas: { now: areas.now, home: areas.home, gp: areas.gp },
    ...(from === undefined ? {} : { from }),
    ...(travelBy === 'foot' || travelBy === 'road' ? { travelBy } : {}),
    said,
    facts: factsFor(picture),
    adjustments: adjustmentsFor(picture),
  };
}

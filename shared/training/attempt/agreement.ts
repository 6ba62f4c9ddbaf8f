import { type RubricItem } from '../script/assessment.ts';
import { type Marking } from './attempt.ts';

/** How two markers saw one item. Where one of them did not assess it, there is nothing to compare. */
export interface ItemAgreement {
  readonly item: string;
  readonly title: string;
  readonly first: number | 'notAssessed';
  readonly second: number | 'notAssessed';
  readonly result: 'same' | 'different' | 'notCompared';
}

export interface Agreement {
  readonly items: readonly ItemAgreement[];
  /** Items that both assessed, and those of them where both took the same step. */
  readonly compared: number;
  readonly same: number;
  /** Whole percent of the compared; absent where there is none. About two markers, never about the learner. */
  readonly percent?: number;
  readonly kappa: Kappa;
}

/** Cohen’s kappa: agreement beyond what two people would reach by chance. Where it says nothing, why not. */
export type Kappa = { readonly value: number } | { readonly whyNot: string };

/** Fewer items than that, and one changed mark moves kappa more than it can tell. */
const FEWEST_FOR_KAPPA = 10;

/** The agreement of two markings of one attempt. */
export function agreementOf(rubric: readonly RubricItem[], first: Marking, second: Marking): Agreement {
  const stepOf = (marking: Marking, id: string): number | 'notAssessed' =>
    marking.marks.find(({ item }) => item === id)?.step ?? 'notAssessed';
  return summary(rubric.map(({ id, title }) => compared(id, title, stepOf(first, id), stepOf(second, id))));
}

/** Of several attempts together: what one attempt alone has too few items for. */
export const agreementOfAll = (each: readonly Agreement[]): Agreement =>
  summary(each.flatMap(({ items }) => items));

function compared(
  item: string,
  title: string,
  first: number | 'notAssessed',
  second: number | 'notAssessed',
): ItemAgreement {
  const isAssessed = first !== 'notAssessed' && second !== 'notAssessed';
  return {
    item,
    title,
    first,
    second,
    result: isAssessed ? (first === second ? 'same' : 'different') : 'notCompared',
  };
}

function summary(items: readonly ItemAgreement[]): Agreement {
  const pairs = items.filter(({ result }) => result !== 'notCompared');
  const same = pairs.filter(({ result }) => result === 'same').length;
  return {
    items,
    compared: pairs.length,
    same,
    ...(pairs.length === 0 ? {} : { percent: Math.round((100 * same) / pairs.length) }),
    kappa: kappaOf(pairs, same),
  };
}

function kappaOf(pairs: readonly ItemAgreement[], same: number): Kappa {
  const count = pairs.length;
  if (count < FEWEST_FOR_KAPPA)
    return {
      whyNot: `Kappa needs at least ${FEWEST_FOR_KAPPA} items that both assessed; there are ${count}.`,
    };
  const steps = new Set(pairs.flatMap(({ first, second }) => [first, second]));
  const share = (step: number | 'notAssessed', who: 'first' | 'second'): number =>
    pairs.filter((pair) => pair[who] === step).length / count;
  const byChance = [...steps].reduce<number>(
    (sum, step) => sum + share(step, 'first') * share(step, 'second'),
    0,
  );
  if (byChance > 1 - 1e-9)
    return {
      whyNot: 'Both took the same step everywhere: agreement by chance cannot be told from any other.',
    };
  return { value: Math.round(((same / count - byChance) / (1 - byChance)) * 100) / 100 };
}

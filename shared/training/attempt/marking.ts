import { type Problem } from '../../problem.ts';
import { err, ok, type Result } from '../../result.ts';
import { type UtcMs } from '../../time.ts';
import { type Attempt, type Marking, type Reflection } from './attempt.ts';

/** Two people mark, and no third. */
const MOST_MARKERS = 2;
const MOST_SHOWN = 20;

/** The learner’s own words come first, and are written once. */
export function reflect(attempt: Attempt, reflection: Reflection): Result<Attempt, Problem> {
  if (attempt.reflection !== undefined)
    return refuse('reflection', 'The learner has already said how it was for them.');
  return ok({ ...attempt, reflection });
}

/** Adds a marking. Nobody marks before the learner has reflected, or twice, or something that is not in the rubric. */
export function addMarking(attempt: Attempt, marking: Marking): Result<Attempt, Problem> {
  const { reflection, markings, script } = attempt;
  if (reflection === undefined) return refuse('reflection', 'The learner speaks first: no reflection yet.');
  if (markings.length >= MOST_MARKERS) return refuse('markings', 'Two people have marked this already.');
  if (markings.some(({ marker }) => marker === marking.marker))
    return refuse('marker', 'This person has marked it already.');
  const items = marking.marks.map(({ item }) => item);
  if (script.rubric.length !== items.length || script.rubric.some(({ id }) => !items.includes(id)))
    return refuse('marks', 'Each item of the rubric is marked once; “not assessed” is a mark.');
  const isStep = marking.marks.every(
    ({ item, step }) =>
      step === 'notAssessed' || step < (script.rubric.find(({ id }) => id === item)?.steps.length ?? 0),
  );
  if (!isStep) return refuse('marks', 'The rubric has no such step.');
  const second = markings.length === 0 ? {} : { sight: sightOf(attempt) };
  return ok({ ...attempt, markings: [...markings, { ...marking, ...second }] });
}

/**
 * Shows the first marking before there is a second, and writes down that it was shown. By conduct and not by name: whoever sat
 * there may mark under any name, so no second marking counts as blind from then on.
 */
export function uncover(
  attempt: Attempt,
  by: { readonly at: UtcMs; readonly by: string },
): Result<Attempt, Problem> {
  if (attempt.markings.length !== 1) return refuse('markings', 'There is no covered marking.');
  const { uncovered = [] } = attempt;
  return ok({ ...attempt, uncovered: [...uncovered, by].slice(-MOST_SHOWN) });
}

/** What a second marking is, made now. */
export const sightOf = ({ uncovered = [] }: Attempt): NonNullable<Marking['sight']> =>
  uncovered.length === 0 ? 'blind' : 'firstWasShown';

/** The attempt as it may be shown: without a first marking that is covered. */
export const asShown = (attempt: Attempt): Attempt =>
  isCovered(attempt) ? { ...attempt, markings: [] } : attempt;

/** A first marking stays covered while a second may come, until somebody has it shown. Two are shown side by side. */
export const isCovered = ({ markings, uncovered = [] }: Attempt): boolean =>
  markings.length > 0 && markings.length < MOST_MARKERS && uncovered.length === 0;

const refuse = (field: string, message: string): Result<never, Problem> =>
  err({ code: 'training.marking', field, message });

import { type Problem } from '../../problem.ts';
import { err, ok, type Result } from '../../result.ts';
import { type Attempt, type Marking, type Reflection } from './attempt.ts';

/** Two people mark, and no third. */
const MOST_MARKERS = 2;

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
  return ok({ ...attempt, markings: [...markings, marking] });
}

/** A first marking stays covered while a second may come: whoever makes that has not seen it. Two are shown side by side. */
export const isCovered = ({ markings }: Attempt): boolean =>
  markings.length > 0 && markings.length < MOST_MARKERS;

const refuse = (field: string, message: string): Result<never, Problem> =>
  err({ code: 'training.marking', field, message });

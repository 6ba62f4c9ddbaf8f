import { type Content } from '../content/schema.ts';
import { csv } from '../exports/csv/csv.ts';
import { type UtcMs } from '../time.ts';
import { type Agreement, agreementOf, agreementOfAll } from './attempt/agreement.ts';
import { type Attempt } from './attempt/attempt.ts';
import { type Debrief, type KeyTime } from './debrief/debrief-types.ts';
import { debriefOf } from './debrief/debrief.ts';
import { PRACTICE_ROW } from './mark.ts';

/** One criterion of one script: an expectation, a critical fail, or a rubric item. */
export interface Criterion {
  readonly script: string;
  readonly scriptTitle: string;
  readonly kind: 'expectation' | 'critical' | 'rubric';
  readonly id: string;
  readonly title: string;
}

/** What one attempt had for a criterion. A rubric item carries each marker’s step, or that they did not assess it. */
export interface CellEntry {
  readonly attempt: string;
  readonly at: UtcMs;
  /** `covered`: one person marked it, and a second who has not seen that may come. */
  readonly result: 'met' | 'missed' | 'notReached' | 'seen' | 'notSeen' | 'marked' | 'notMarked' | 'covered';
  readonly steps?: readonly (number | 'notAssessed')[];
}

export interface Cell {
  readonly criterion: Criterion;
  /** Oldest first: what changed from one attempt to the next. Empty: this person has not practised this script. */
  readonly entries: readonly CellEntry[];
}

export interface TraineeRow {
  readonly trainee: string;
  readonly cells: readonly Cell[];
  /** The three times of each attempt, oldest first: a trend to look at, of one person and beside nobody else. */
  readonly trend: readonly {
    readonly script: string;
    readonly scriptTitle: string;
    readonly at: UtcMs;
    readonly times: readonly KeyTime[];
  }[];
}

/** What is missed again and again in a script: more about the teaching, or the script, than about anybody. */
export interface RepeatedMiss {
  readonly criterion: Criterion;
  readonly missed: number;
  readonly attempts: number;
}

export interface Cohort {
  readonly criteria: readonly Criterion[];
  /** By name, never by what they did. */
  readonly trainees: readonly TraineeRow[];
  readonly repeatedMisses: readonly RepeatedMiss[];
  /** Of all attempts whose second marker had not seen the first. */
  readonly agreement: Agreement;
  /** So many more were marked twice, and are not in it: the first marking had been shown, or nobody knows. */
  readonly notBlind: number;
}

/** Missed that often in a script, it is worth a look. */
const REPEATED_FROM = 2;

interface Seen {
  readonly attempt: Attempt;
  readonly debrief: Debrief;
}

/** Attempts side by side. `contentOf` gives the pack of an attempt’s own version. Nothing is summed up for a person. */
export function cohortOf(
  attempts: readonly Attempt[],
  contentOf: (version: string) => Content,
  covered: ReadonlySet<string> = new Set(),
): Cohort {
  const seen = attempts
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .map((attempt): Seen => ({ attempt, debrief: debriefOf(attempt, contentOf(attempt.contentVersion)) }));
  const criteria = criteriaOf(seen);
  const twice = attempts.filter(({ markings }) => markings.length > 1);
  const blind = twice.filter(({ markings }) => markings[1]?.sight === 'blind');
  const names = [...new Set(attempts.map(({ trainee }) => trainee))].toSorted((a, b) =>
    a.localeCompare(b, 'en-GB'),
  );
  return {
    criteria,
    trainees: names.map((trainee) => rowOf(trainee, seen, criteria, covered)),
    repeatedMisses: repeated(seen, criteria),
    notBlind: twice.length - blind.length,
    agreement: agreementOfAll(
      blind.flatMap(({ script, markings: [first, second] }) =>
        first === undefined || second === undefined ? [] : [agreementOf(script.rubric, first, second)],
      ),
    ),
  };
}

/** Two versions of a script share their criteria by id; the newest wording is shown. */
function criteriaOf(seen: readonly Seen[]): readonly Criterion[] {
  const all = new Map<string, Criterion>();
  for (const { attempt } of seen) {
    const { script } = attempt;
    const add = (kind: Criterion['kind'], id: string, title: string): void => {
      all.set(`${script.id} ${kind} ${id}`, {
        script: script.id,
        scriptTitle: script.title,
        kind,
        id,
        title,
      });
    };
    for (const { id, expect } of script.expectations) add('expectation', id, expect);
    for (const { id, what } of script.criticalFails ?? []) add('critical', id, what);
    for (const { id, title } of script.rubric) add('rubric', id, title);
  }
  return [...all.values()];
}

function rowOf(
  trainee: string,
  seen: readonly Seen[],
  criteria: readonly Criterion[],
  covered: ReadonlySet<string>,
): TraineeRow {
  const own = seen.filter(({ attempt }) => attempt.trainee === trainee);
  return {
    trainee,
    cells: criteria.map((criterion) => ({
      criterion,
      entries: own.flatMap((item) => entryOf(item, criterion, covered)),
    })),
    trend: own.map(({ attempt, debrief }) => ({
      script: attempt.script.id,
      scriptTitle: attempt.script.title,
      at: attempt.startedAt,
      times: debrief.times,
    })),
  };
}

function entryOf(
  { attempt, debrief }: Seen,
  criterion: Criterion,
  covered: ReadonlySet<string>,
): readonly CellEntry[] {
  if (attempt.script.id !== criterion.script) return [];
  const about = { attempt: attempt.id, at: attempt.startedAt };
  switch (criterion.kind) {
    case 'expectation': {
      const found = debrief.expectations.find(({ id }) => id === criterion.id);
      return found === undefined ? [] : [{ ...about, result: found.result }];
    }
    case 'critical': {
      const found = debrief.criticalFails.find(({ id }) => id === criterion.id);
      return found === undefined ? [] : [{ ...about, result: found.seen ? 'seen' : 'notSeen' }];
    }
    case 'rubric': {
      if (!attempt.script.rubric.some(({ id }) => id === criterion.id)) return [];
      if (covered.has(attempt.id)) return [{ ...about, result: 'covered' }];
      const steps = attempt.markings.flatMap(({ marks }) =>
        marks.filter(({ item }) => item === criterion.id).map(({ step }) => step),
      );
      return [{ ...about, result: steps.length === 0 ? 'notMarked' : 'marked', steps }];
    }
  }
}

function repeated(seen: readonly Seen[], criteria: readonly Criterion[]): readonly RepeatedMiss[] {
  return criteria.flatMap((criterion) => {
    const entries = seen.flatMap((item) => entryOf(item, criterion, new Set()));
    const missed = entries.filter(({ result }) => result === 'missed' || result === 'seen').length;
    return missed >= REPEATED_FROM ? [{ criterion, missed, attempts: entries.length }] : [];
  });
}

/** The grid as a table: one row for each trainee, criterion and attempt. */
export function cohortCsv({ trainees }: Cohort): string {
  return csv(
    ['practice', 'trainee', 'script', 'kind', 'criterion', 'attempt', 'at', 'result', 'steps'],
    trainees.flatMap(({ trainee, cells }) =>
      cells.flatMap(({ criterion, entries }) =>
        entries.map(({ attempt, at, result, steps }) => ({
          practice: PRACTICE_ROW,
          trainee,
          script: criterion.scriptTitle,
          kind: criterion.kind,
          criterion: criterion.title,
          attempt,
          at: new Date(at).toISOString(),
          result,
          ...(steps === undefined ? {} : { steps: steps.join(' / ') }),
        })),
      ),
    ),
  );
}

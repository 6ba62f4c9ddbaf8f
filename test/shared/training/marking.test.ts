import { v7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agreementOf, agreementOfAll } from '../../../shared/training/attempt/agreement.ts';
import {
  attempt as attemptSchema,
  type Attempt,
  type Mark,
  type Marking,
} from '../../../shared/training/attempt/attempt.ts';
import {
  addMarking,
  asShown,
  isCovered,
  reflect,
  uncover,
} from '../../../shared/training/attempt/marking.ts';
import { cohortCsv, cohortOf } from '../../../shared/training/cohort.ts';
import { debriefCsv } from '../../../shared/training/debrief/csv.ts';
import { debriefOf } from '../../../shared/training/debrief/debrief.ts';
import { xapiStatement, xapiStatements } from '../../../shared/training/debrief/xapi.ts';
import { type HandlerStep } from '../../../shared/training/rehearsal/steps.ts';
import { type RubricItem } from '../../../shared/training/script/assessment.ts';
import { content } from '../../support/call-builder.ts';
import { attemptBy } from './support/attempts.ts';
import { smallScript } from './support/small-script.ts';

const AT = Date.UTC(2026, 10, 20, 20, 30);
const reflection = { at: AT, wentWell: 'I asked directly.', wouldChange: 'Sooner.' };
const marking = (marker: string, step: Mark['step'], more: Partial<Marking> = {}): Marking => ({
  marker,
  at: AT,
  marks: [{ item: 'warmth', step }],
  strengths: ['Warm from the first word.', 'Asked directly.'],
  changes: ['The place sooner.', 'Hear it back.'],
  ...more,
});

let made: Attempt;
let reflected: Attempt;
beforeAll(async () => {
  made = await attemptBy([{ ask: ['O3', 'S3'] }, { finish: 'team' }], smallScript());
  const result = reflect(made, reflection);
  if (!result.ok) throw new Error(result.error.message);
  reflected = result.value;
});
const taken = (from: Attempt, item: Marking): Attempt => {
  const result = addMarking(from, item);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const refusal = (from: Attempt, item: Marking): string => {
  const result = addMarking(from, item);
  return result.ok ? 'TAKEN' : result.error.message;
};

describe('marking', () => {
  it('waits for the learner, who speaks once', () => {
    expect(refusal(made, marking('Marker 1', 1))).toContain('The learner speaks first');
    expect(reflect(reflected, reflection).ok).toBe(false);
  });

  it('takes two people, each once, on each item of the frozen rubric', () => {
    const once = taken(reflected, marking('Marker 1', 1));
    expect(refusal(once, marking('Marker 1', 2))).toContain('already');
    expect(refusal(once, marking('Marker 2', 3))).toContain('no such step');
    expect(refusal(once, marking('Marker 2', 1, { marks: [{ item: 'other', step: 1 }] }))).toContain(
      'Each item',
    );
    expect(refusal(taken(once, marking('Marker 2', 2)), marking('Marker 3', 0))).toContain('Two people');
  });

  it('hides the first marking from the second marker until theirs is in', () => {
    const once = taken(reflected, marking('Marker 1', 1));
    expect(isCovered(reflected)).toBe(false);
    expect(isCovered(once)).toBe(true);
    expect(isCovered(taken(once, marking('Marker 2', 2)))).toBe(false);
  });

  it('is blind for the second marker only while nobody had the first shown, under whatever name', () => {
    const once = taken(reflected, marking('Marker 1', 1));
    const blind = taken(once, marking('Marker 2', 1));
    expect(blind.markings.map(({ sight }) => sight)).toEqual([undefined, 'blind']);
    expect(uncover(reflected, { at: AT, by: 'Marker 2' }).ok).toBe(false);
    expect(uncover(blind, { at: AT, by: 'Marker 2' }).ok).toBe(false);
    const shown = uncover(once, { at: AT, by: 'Somebody' });
    if (!shown.ok) throw new Error(shown.error.message);
    expect([isCovered(once), isCovered(shown.value)]).toEqual([true, false]);
    expect([asShown(once).markings.length, asShown(shown.value).markings.length]).toEqual([0, 1]);
    const seen = taken(shown.value, marking('Marker 2', 1, { sight: 'blind' }));
    expect(seen.markings[1]?.sight).toBe('firstWasShown');
    // Agreement is that of the blind alone, and it says what was left out.
    const cohort = cohortOf([blind, { ...seen, id: v7() }], () => content);
    expect([cohort.agreement.compared, cohort.notBlind]).toEqual([1, 1]);
  });

  it('shows no step of a covered marking in the grid', () => {
    const once = taken(reflected, marking('Marker 1', 1));
    const cells = cohortOf([asShown(once)], () => content, new Set([once.id])).trainees[0]?.cells ?? [];
    const entries = cells.flatMap((cell) => (cell.criterion.kind === 'rubric' ? cell.entries : []));
    expect(entries.map(({ result, steps }) => [result, steps])).toEqual([['covered', undefined]]);
  });

  it('keeps “not assessed” apart from the lowest step, in agreement and in the grid', () => {
    const rubric = smallScript().rubric;
    const [same] = agreementOf(rubric, marking('a', 0), marking('b', 0)).items;
    const [apart] = agreementOf(rubric, marking('a', 0), marking('b', 'notAssessed')).items;
    expect([same?.result, apart?.result]).toEqual(['same', 'notCompared']);
    const both = taken(taken(reflected, marking('Marker 1', 0)), marking('Marker 2', 'notAssessed'));
    const cell = cohortOf([both], () => content).trainees[0]?.cells.find(
      ({ criterion }) => criterion.kind === 'rubric',
    );
    expect(cell?.entries[0]?.steps).toEqual([0, 'notAssessed']);
  });
});

describe('agreement of two markers', () => {
  const rubricOf = (count: number): RubricItem[] =>
    Array.from({ length: count }, (_none, at) => ({
      id: `i${at}`,
      title: 'T',
      look: 'L',
      steps: ['a', 'b'],
    }));
  const marks = (steps: readonly Mark['step'][]): Marking =>
    marking('x', 0, { marks: steps.map((step, at) => ({ item: `i${at}`, step })) });

  it('is the share of the items that both assessed, and kappa where there are enough', () => {
    // A published example: 50 items, 20 both yes, 15 both no, 5 and 10 apart: 70 %, kappa 0.4.
    const first = [
      ...Array<number>(20).fill(1),
      ...Array<number>(5).fill(1),
      ...Array<number>(10).fill(0),
      ...Array<number>(15).fill(0),
    ];
    const second = [
      ...Array<number>(20).fill(1),
      ...Array<number>(5).fill(0),
      ...Array<number>(10).fill(1),
      ...Array<number>(15).fill(0),
    ];
    const each = [0, 1, 2, 3, 4].map((part) => {
      const from = part * 10;
      return agreementOf(
        rubricOf(10),
        marks(first.slice(from, from + 10)),
        marks(second.slice(from, from + 10)),
      );
    });
    expect(agreementOfAll(each)).toMatchObject({
      compared: 50,
      same: 35,
      percent: 70,
      kappa: { value: 0.4 },
    });
  });

  it('says why not, where kappa would say nothing', () => {
    expect(agreementOf(rubricOf(3), marks([0, 1, 1]), marks([0, 1, 0])).kappa).toHaveProperty('whyNot');
    const alike = marks(Array<number>(12).fill(1));
    expect(agreementOf(rubricOf(12), alike, alike).kappa).toMatchObject({
      whyNot: expect.stringContaining('chance'),
    });
    expect(agreementOf(rubricOf(1), marks(['notAssessed']), marks([0]))).not.toHaveProperty('percent');
  });
});

describe('nothing anywhere says whether somebody passed', () => {
  const VERDICT = /^(pass|passed|overall|total|sum|score|grade|average|mean|rank|success|result)$/i;
  const keysIn = (value: unknown): string[] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([key, held]) => [
          ...(Array.isArray(value) ? [] : [key]),
          ...keysIn(held),
        ]);

  it('no key of an attempt, a debrief, a cohort or a statement is a verdict on a person', () => {
    const debrief = debriefOf(made, content);
    const statements = xapiStatements(made, debrief, { next: () => v7() });
    expect(keysIn(z.toJSONSchema(attemptSchema, { io: 'input' })).filter((key) => VERDICT.test(key))).toEqual(
      [],
    );
    for (const { result } of statements) expect(Object.keys(result ?? {})).toEqual(['response', 'duration']);
    // `result` of one expectation or fact is what the log says of it; no such key stands at the top or beside a person.
    expect(Object.keys(debrief).filter((key) => VERDICT.test(key))).toEqual([]);
    const cohort = cohortOf([made], () => content);
    expect(Object.keys(cohort).filter((key) => VERDICT.test(key))).toEqual([]);
    for (const row of cohort.trainees)
      expect(Object.keys(row).toSorted()).toEqual(['cells', 'trainee', 'trend']);
  });
});

describe('what leaves the training room', () => {
  it('a table says TRAINING in every row, and holds nothing that a spreadsheet would run', async () => {
    const script = smallScript({ title: '=HYPERLINK("x")', ifNothingFits: ['+1', '@cmd'] });
    const hostile = await attemptBy([{ ask: ['N2', 'N1'] }], script, { trainee: '=1+1' });
    const table = debriefCsv(debriefOf(hostile, content));
    const lines = table.trimEnd().split('\r\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines.slice(1)) expect(line).toMatch(/^"?TRAINING, NOT A REAL CALL"?,'=1\+1,/);
    expect(table).not.toMatch(/(^|,|")[=+@]/m);
    expect(cohortCsv(cohortOf([hostile], () => content))).not.toMatch(/(^|,|")[=+@]/m);
  });

  it('a statement is valid xAPI, has the pseudonym for its actor, and nothing of what was said', () => {
    const debrief = debriefOf(made, content);
    const statements = xapiStatements(made, debrief, { next: () => v7() });
    expect(statements).toHaveLength(1 + made.script.expectations.length);
    for (const statement of statements) expect(() => xapiStatement.parse(statement)).not.toThrow();
    expect(new Set(statements.map(({ id }) => id)).size).toBe(statements.length);
    expect(statements[0]?.actor).toEqual({
      objectType: 'Agent',
      name: 'Trainee 4',
      account: { homePage: 'https://lantern.invalid/training', name: 'Trainee 4' },
    });
    expect(JSON.stringify(statements)).not.toContain('Most nights');
  });
});

describe('a cohort', () => {
  it('shows each person beside the criteria by name, what changed, and what a script is missed for again and again', async () => {
    const script = smallScript();
    const late: readonly HandlerStep[] = [{ wait: '3:00' }, { ask: ['S3'] }];
    const soon: readonly HandlerStep[] = [{ ask: ['S3'] }];
    const attempts = await Promise.all([
      attemptBy(late, script, { trainee: 'Wren', startedAt: AT }),
      attemptBy(soon, script, { trainee: 'Wren', startedAt: AT + 86_400_000 }),
      attemptBy(late, script, { trainee: 'Ash', startedAt: AT + 3_600_000 }),
    ]);
    const cohort = cohortOf(attempts, () => content);
    expect(cohort.trainees.map(({ trainee }) => trainee)).toEqual(['Ash', 'Wren']);
    const wren = cohort.trainees[1];
    expect(wren?.cells[0]?.entries.map(({ result }) => result)).toEqual(['missed', 'met']);
    expect(wren?.trend.map(({ times }) => times[1]?.callMs !== undefined)).toEqual([true, true]);
    expect(
      cohort.repeatedMisses.map(({ criterion, missed, attempts: of }) => [criterion.id, missed, of]),
    ).toEqual([['direct', 2, 3]]);
  });
});

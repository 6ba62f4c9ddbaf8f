import {
  type Control,
  type EvidenceRef,
  evidenceOf,
  type HazardLog,
  type LoggedHazard,
} from '../../shared/content/hazard-log.ts';
import { type RanTest, type TestRun } from './runs.ts';
import { isWrittenIn, referenceMatches } from './titles.ts';

/** What became of a test that a control names. `notRun`: it is in its file, and the end-to-end run was not made. */
export type Outcome = 'passed' | 'failed' | 'skipped' | 'missing' | 'notRun';

export interface JudgedEvidence {
  readonly ref: EvidenceRef;
  readonly outcome: Outcome;
  /** Titles of the cases that ran: several where one title is run with several values. */
  readonly cases: readonly string[];
}
export interface JudgedControl {
  readonly control: Control;
  readonly evidence: readonly JudgedEvidence[];
}
export interface JudgedHazard {
  readonly hazard: LoggedHazard;
  readonly controls: readonly JudgedControl[];
}
export interface Judgement {
  readonly hazards: readonly JudgedHazard[];
  /** Why this build has no complete safety case, each naming its hazard. Empty means complete. */
  readonly faults: readonly string[];
}

export interface Evidence {
  readonly unit: TestRun;
  /** Absent when there is no end-to-end run of this tree. */
  readonly endToEnd?: TestRun;
  /** The text of a test file, if it is there. */
  readonly source: (file: string) => string | undefined;
}

const isEndToEnd = (file: string): boolean => /\.e2e\.tsx?$/.test(file);

/** Holds every control against the tests that ran. Pure. */
export function judge(log: HazardLog, evidence: Evidence): Judgement {
  const hazards = log.map((hazard) => ({
    hazard,
    controls: hazard.controls.map((control) => ({
      control,
      evidence: evidenceOf(control).map((ref) => judgeRef(ref, evidence)),
    })),
  }));
  return { hazards, faults: hazards.flatMap(faultsOf) };
}

function judgeRef(ref: EvidenceRef, evidence: Evidence): JudgedEvidence {
  const run = isEndToEnd(ref.file) ? evidence.endToEnd : evidence.unit;
  if (run === undefined) {
    const written = isWrittenIn(evidence.source(ref.file) ?? '', ref.test);
    return { ref, outcome: written ? 'notRun' : 'missing', cases: [] };
  }
  const ran = run.tests.filter((test) => test.file === ref.file && referenceMatches(ref.test, test.path));
  return { ref, outcome: outcomeOf(ran), cases: ran.map((test) => test.path.at(-1) ?? '') };
}

/** One failed case fails the title; only skipped cases show nothing. */
function outcomeOf(ran: readonly RanTest[]): Outcome {
  if (ran.length === 0) return 'missing';
  if (ran.some((test) => test.status === 'failed')) return 'failed';
  return ran.some((test) => test.status === 'passed') ? 'passed' : 'skipped';
}

const WORDS: Readonly<Record<'failed' | 'missing' | 'skipped', string>> = {
  failed: 'failed',
  missing: 'is not among the tests that ran: was it renamed?',
  skipped: 'was skipped',
};

function faultsOf({ hazard, controls }: JudgedHazard): string[] {
  if (controls.length === 0) return [`${hazard.id} ${hazard.title}: has no control`];
  return controls.flatMap(({ control, evidence }) => {
    const place = `${hazard.id} ${hazard.title}: “${control.does}”`;
    const bad = evidence.flatMap(({ ref, outcome }) =>
      outcome === 'passed' || outcome === 'notRun'
        ? []
        : [`${place}: the test “${ref.test}” in ${ref.file} ${WORDS[outcome]}`],
    );
    const shown = control.status === 'planned' || evidence.some((item) => item.outcome === 'passed');
    return shown ? bad : [...bad, `${place}: is called ${control.status}, and no test that passed shows it`];
  });
}

import { csv } from '../../exports/csv/csv.ts';
import { PRACTICE_ROW } from '../mark.ts';
import { clockText } from '../script/values.ts';
import { type Debrief } from './debrief-types.ts';

const COLUMNS = ['practice', 'trainee', 'script', 'part', 'id', 'what', 'result', 'at', 'why'] as const;
type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

const at = (callMs: number | undefined): { at?: string } =>
  callMs === undefined ? {} : { at: clockText(callMs) };

/** A debrief as a table: one row for each thing found, and no row that sums them up. */
export function debriefCsv(debrief: Debrief): string {
  const { times, expectations, criticalFails, facts, handover, ending, timeline } = debrief;
  const rows: readonly Row[] = [
    ...times.map(({ what, label, callMs }) => ({ part: 'time', id: what, what: label, ...at(callMs) })),
    ...expectations.map(({ id, expect, result, callMs, why }) => ({
      part: 'expectation',
      id,
      what: expect,
      result,
      why,
      ...at(callMs),
    })),
    ...criticalFails.map(({ id, what, seen, callMs }) => ({
      part: 'critical',
      id,
      what,
      result: seen ? 'seen' : 'not seen',
      ...at(callMs),
    })),
    ...facts.map(({ id, fact, result, heardMs }) => ({
      part: 'fact',
      id,
      what: fact,
      result,
      ...at(heardMs),
    })),
    {
      part: 'ending',
      id: ending.route ?? '',
      what: ending.outcome ?? '',
      result: ending.fits,
      why: ending.because ?? '',
    },
    ...handover.map(({ say, state }) => ({ part: 'handover', what: say, result: state })),
    ...timeline.map(({ kind, text, callMs, undone }) => ({
      part: 'timeline',
      id: kind,
      what: text,
      result: undone === true ? 'undone' : '',
      ...at(callMs),
    })),
  ];
  const common = { practice: PRACTICE_ROW, trainee: debrief.trainee, script: debrief.title };
  return csv(
    COLUMNS,
    rows.map((row) => ({ ...common, ...row })),
  );
}

import { type Content } from '../../shared/content/schema.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Judgement } from './judge.ts';
import { type TestRun } from './runs.ts';

/** The build that the report is about. */
export interface BuildFacts {
  readonly version: string;
  /** Git's full commit hash; absent outside a repository. */
  readonly commit?: string;
  /** Files that differ from that commit. */
  readonly changed: number;
  readonly madeAt: UtcMs;
}

/** Everything the report is generated from. */
export interface ReportFacts {
  readonly build: BuildFacts;
  readonly content: Pick<Content, 'manifest' | 'gates'>;
  readonly judgement: Judgement;
  readonly unit: TestRun;
  readonly endToEnd?: TestRun;
  /** Why there is no end-to-end run, when there is none. */
  readonly endToEndWhy?: string;
}

const TWO = 2;
const padded = (value: number): string => String(value).padStart(TWO, '0');

/** "22 November 2026, 14:05 UTC" */
export function utcText(at: UtcMs): string {
  const date = new Date(at);
  const month = date.toLocaleString('en-GB', { month: 'long', timeZone: 'UTC' });
  const time = `${padded(date.getUTCHours())}:${padded(date.getUTCMinutes())}`;
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}, ${time} UTC`;
}

/** How many controls there are of each status. */
export function controlCounts(
  judgement: Judgement,
): Readonly<Record<'built' | 'partly' | 'planned', number>> {
  const counts = { built: 0, partly: 0, planned: 0 };
  for (const { controls } of judgement.hazards)
    for (const { control } of controls) counts[control.status] += 1;
  return counts;
}

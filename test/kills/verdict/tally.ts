import { type Verdict } from './judge.ts';

export const KINDS = ['chromium', 'host', 'hub', 'postgres', 'standby', 'disk', 'proxy', 'power'] as const;
export type KindName = (typeof KINDS)[number];

/** Words in the note box may be missing for at most this long before a kill (ms; design, decision 3). */
export const DRAFT_LIMIT_MS = 500;

/** What all trials of one kind came to. */
export interface Count {
  trials: number;
  acknowledged: number;
  lost: number;
  doubled: number;
  falseLights: number;
  /** The oldest words that a kill took from the note box, in ms; undefined where no trial looked. */
  draftLagMs: number | undefined;
  /** Trials that found something, or that did not come to their end. */
  failed: number;
  seconds: number;
  notRun: string | undefined;
  /** What else the trials of this kind counted. */
  readonly extra: Map<string, number>;
}

export const emptyCount = (): Count => ({
  trials: 0,
  acknowledged: 0,
  lost: 0,
  doubled: 0,
  falseLights: 0,
  draftLagMs: undefined,
  failed: 0,
  seconds: 0,
  notRun: undefined,
  extra: new Map(),
});

export function addVerdict(count: Count, found: Partial<Verdict>): void {
  count.acknowledged += found.acknowledged ?? 0;
  count.lost += found.lost?.length ?? 0;
  count.doubled += found.doubled?.length ?? 0;
  count.falseLights += found.falseLights?.length ?? 0;
}

export function addLag(count: Count, ms: number): void {
  count.draftLagMs = Math.max(count.draftLagMs ?? 0, ms);
}

export function addExtra(count: Count, name: string, by = 1): void {
  count.extra.set(name, (count.extra.get(name) ?? 0) + by);
}

/** One line for a kind. */
export function describeCount(kind: KindName, count: Count): string {
  const name = kind.padEnd(9);
  if (count.notRun !== undefined) return `${name} not run: ${count.notRun}`;
  const parts = [
    `kills ${count.trials}`,
    `acknowledged ${count.acknowledged}`,
    `lost ${count.lost}`,
    `doubled ${count.doubled}`,
    `false lights ${count.falseLights}`,
    ...(count.draftLagMs === undefined ? [] : [`words missing at most ${count.draftLagMs} ms`]),
    ...[...count.extra].map(([what, number]) => `${what} ${number}`),
    ...(count.failed === 0 ? [] : [`FAILED ${count.failed}`]),
    `${Math.round(count.seconds)} s`,
  ];
  return `${name} ${parts.join('  ')}`;
}

/** The closing line over all kinds. */
export function describeSum(counts: readonly Count[]): string {
  const sum = (key: 'trials' | 'acknowledged' | 'lost' | 'doubled' | 'falseLights' | 'failed'): number =>
    counts.reduce((total, count) => total + count[key], 0);
  const failed = sum('failed') === 0 ? '' : ` failed ${sum('failed')}`;
  return `kills ${sum('trials')} acknowledged ${sum('acknowledged')} lost ${sum('lost')} doubled ${sum('doubled')} false lights ${sum('falseLights')}${failed}`;
}

import { Station, type StationOptions } from './parts/station.ts';
import { judgeAtEnd, type Verdict } from './verdict/judge.ts';
import { type Random, randomFrom } from './verdict/random.ts';
import { addExtra, addLag, addVerdict, type Count, DRAFT_LIMIT_MS, type KindName } from './verdict/tally.ts';

/** Which trials of a kind to run. Trial n of a seed makes the same choices whether or not others run before it. */
export interface Plan {
  readonly kind: KindName;
  readonly seed: string;
  readonly first: number;
  readonly trials: number;
  readonly count: Count;
  readonly say: (line: string) => void;
  /** Somebody asked to end: the trial under way is finished, its copies are judged, and the counts are printed. */
  readonly ending: () => boolean;
}

/** What one trial found, apart from what the end of its round will say. */
export interface Found extends Partial<Verdict> {
  /** How old the oldest words were that the kill took. */
  readonly draftLagMs?: number;
  /** Anything else that must not be, as sentences. */
  readonly wrong?: readonly string[];
  /** For the kind's line of counts. */
  readonly counted?: readonly string[];
}

export interface Rounds {
  /** Trials on one station before its copies are compared for good and a fresh one is laid out. */
  readonly perRound: number;
  readonly station: (random: Random) => Promise<StationOptions> | StationOptions;
  readonly trial: (station: Station, random: Random, name: string) => Promise<Found>;
  /** After a station was closed: what was laid out for it besides. */
  readonly after?: () => Promise<void>;
}

/** After this many failures a kind is given up: the rest would only say the same. */
const ENOUGH_FAILURES = 3;

const trialRandom = ({ kind, seed }: Plan, trial: number): Random => randomFrom(`${seed} ${kind} ${trial}`);

/** Runs a kind's trials, several on one station, and judges the station's copies at the end of each round. */
export async function inRounds(plan: Plan, rounds: Rounds): Promise<void> {
  const end = plan.first + plan.trials;
  for (let from = plan.first; from < end && plan.count.failed < ENOUGH_FAILURES && !plan.ending();) {
    from = await oneRound(plan, rounds, from, Math.min(end, from + rounds.perRound));
  }
}

/** Answers with the trial to go on with: the one after the round, or after a failure. */
async function oneRound(plan: Plan, rounds: Rounds, from: number, to: number): Promise<number> {
  const random = trialRandom(plan, -from);
  let trial = from;
  let failure: string | undefined;
  let station: Station | undefined;
  try {
    station = await Station.layOut(await rounds.station(random));
    await station.open();
    for (; trial < to && failure === undefined && !plan.ending(); trial += 1) {
      const found = await rounds.trial(station, trialRandom(plan, trial), `t${trial}`);
      plan.count.trials += 1;
      failure = record(plan.count, found);
    }
    await station.untilSafe();
    const end = judgeAtEnd(station.told, await station.readAll());
    failure = record(plan.count, end) ?? failure;
  } catch (error) {
    failure = firstLine(error);
  }
  if (failure !== undefined) {
    plan.count.failed += 1;
    sayFailure(plan, Math.max(plan.first, Math.min(trial, to) - 1), failure, station?.folder);
  }
  await station?.close({ keep: failure !== undefined });
  await rounds.after?.();
  return Math.max(trial, from + 1);
}

/** A browser's or a database's error goes on for pages. */
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 3).join(' ').slice(0, 400);

/** Counts what was found; answers with the first thing that must not be. */
function record(count: Count, found: Found): string | undefined {
  addVerdict(count, found);
  for (const what of found.counted ?? []) addExtra(count, what);
  const lag = found.draftLagMs;
  if (lag !== undefined) addLag(count, lag);
  const late =
    lag !== undefined && lag > DRAFT_LIMIT_MS ? [`words typed ${lag} ms before the kill are gone`] : [];
  const bad = [
    ...(found.lost ?? []),
    ...(found.doubled ?? []),
    ...(found.falseLights ?? []),
    ...(found.wrong ?? []),
    ...late,
  ];
  return bad.length === 0 ? undefined : bad.slice(0, 5).join('; ');
}

function sayFailure(plan: Plan, trial: number, failure: string, folder: string | undefined): void {
  plan.say(`FAILED ${plan.kind} trial ${trial}: ${failure}`);
  if (folder !== undefined) plan.say(`  its folder is kept: ${folder}`);
  plan.say(`  again: npm run kills -- --only ${plan.kind} --seed ${plan.seed} --from ${trial} --times 1`);
}

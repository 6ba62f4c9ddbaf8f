import { type Schedule } from './action.ts';
import { scheduleOf } from './draw.ts';
import { type Habits } from './habits.ts';
import { type Wrong } from './ledger.ts';
import { play, type Played } from './play.ts';
import { shrink } from './shrink.ts';

/** What a seed showed, and the shortest schedule that shows the same when it is something wrong. */
export interface SeedResult extends Played {
  readonly seed: number;
  readonly desks: number;
  readonly shortest?: Schedule;
}

/** Without a wish, seeds take turns with one, two and three desks. */
export const desksOf = (seed: number, wished: number | undefined): number => wished ?? 1 + (seed % 3);

export async function playSeed(
  seed: number,
  wishedDesks: number | undefined,
  habits: Habits = {},
  shrinking = true,
): Promise<SeedResult> {
  const desks = desksOf(seed, wishedDesks);
  const setting = { seed, desks, habits };
  const schedule = scheduleOf(seed, desks);
  const played = await play(schedule, setting);
  if (played.wrong === undefined || !shrinking) return { ...played, seed, desks };
  const { schedule: shortest } = await shrink(schedule, played.wrong, setting);
  return { ...played, seed, desks, shortest };
}

/** A planted bug's first seed, or undefined when none of so many found it. */
export async function firstSeedThatFinds(
  habits: () => Habits,
  from: number,
  seeds: number,
): Promise<{ readonly seed: number; readonly wrong: Wrong } | undefined> {
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { wrong } = await playSeed(seed, undefined, habits(), false);
    if (wrong !== undefined) return { seed, wrong };
  }
  return undefined;
}

import { type Action, type Schedule } from './action.ts';
import { play, type Setting } from './play.ts';
import { type Wrong } from './ledger.ts';

/** Runs that may be spent on making one schedule shorter. */
const BUDGET = 400;

export interface Shortest {
  readonly schedule: Schedule;
  readonly wrong: Wrong;
}

/**
 * The shortest schedule found that still ends in the same kind of wrong: halves, quarters and so on are taken out
 * (delta debugging), then numbers are made smaller.
 */
export async function shrink(schedule: Schedule, wrong: Wrong, setting: Setting): Promise<Shortest> {
  let shortest: Shortest = { schedule, wrong };
  let spent = 0;

  async function stillWrong(candidate: Schedule): Promise<boolean> {
    if (spent >= BUDGET) return false;
    spent += 1;
    const played = await play(candidate, setting);
    if (played.wrong?.kind !== wrong.kind) return false;
    shortest = { schedule: candidate, wrong: played.wrong };
    return true;
  }

  async function takeOut(): Promise<void> {
    for (
      let size = Math.ceil(shortest.schedule.length / 2);
      size >= 1;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    )
      for (let at = 0; at < shortest.schedule.length;)
        if (!(await stillWrong(shortest.schedule.toSpliced(at, size)))) at += size;
  }

  async function makeSmaller(): Promise<void> {
    for (let at = 0; at < shortest.schedule.length; at += 1) {
      for (const smaller of smallerThan(shortest.schedule[at])) {
        if (await stillWrong(shortest.schedule.with(at, smaller))) break;
      }
    }
  }

  await takeOut();
  await makeSmaller();
  await takeOut();
  return shortest;
}

/** The same action with less in it, smallest first. */
function smallerThan(action: Action | undefined): readonly Action[] {
  if (action === undefined) return [];
  if (action.do === 'note' && action.count > 1) return [{ ...action, count: 1 }];
  if (action.do === 'network' && action.count > 1) return [{ ...action, count: 1 }];
  if ('after' in action && action.after > 0)
    return [0, Math.floor(action.after / 2), action.after - 1].map((after) => ({ ...action, after }));
  return [];
}

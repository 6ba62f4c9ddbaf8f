import { firstSeedThatFinds } from '../one-seed.ts';
import { PLANTED } from './bugs.ts';

/** Plants each known bug in turn and says which seed finds it. Answers how many were not found. */
export async function findPlanted(say: (line: string) => void): Promise<number> {
  let missed = 0;
  for (const { name, habits, within } of PLANTED) {
    const found = await firstSeedThatFinds(habits, 1, within);
    if (found === undefined) missed += 1;
    const fate =
      found === undefined
        ? `NOT FOUND in ${within} seeds`
        : `seed ${found.seed} (${found.seed} tried): ${found.wrong.kind}`;
    say(`${name.padEnd(84)} ${fate}`);
  }
  say(`planted ${PLANTED.length} found ${PLANTED.length - missed} missed ${missed}`);
  return missed;
}

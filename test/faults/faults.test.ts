import { expect, test } from 'vitest';
import { scheduleOf } from './draw.ts';
import { playSeed } from './one-seed.ts';
import { countsLine, describeFailure, runSeeds } from './runner.ts';

test(
  '500 seeds: nothing kept is lost or doubled, and no light is ahead of the truth',
  { timeout: 600_000 },
  async () => {
    const sum = await runSeeds({ from: 1, seeds: 500, desks: undefined, cores: 2 });
    console.info(countsLine(sum));
    expect(sum.failures.map(describeFailure)).toEqual([]);
    expect(sum.seeds).toBe(500);
    expect(sum.acknowledged).toBeGreaterThan(2_000);
    expect(sum.purged).toBeGreaterThan(100);
  },
);

test('a seed tells the same every time', async () => {
  expect(scheduleOf(7, 2)).toEqual(scheduleOf(7, 2));
  expect(await playSeed(7, 2)).toEqual(await playSeed(7, 2));
});

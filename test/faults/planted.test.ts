import { expect, test } from 'vitest';
import { firstSeedThatFinds, playSeed } from './one-seed.ts';
import { FEW, PLANTED } from './planted/bugs.ts';
import { describeFailure } from './runner.ts';

// Those that need more seeds are left to `npm run faults -- --planted`.
const quick = PLANTED.filter(({ within }) => within <= FEW);

for (const { name, habits, within } of quick)
  test(`${name}: is found`, { timeout: 300_000 }, async () => {
    expect(await firstSeedThatFinds(habits, 1, within)).toBeDefined();
  });

test('a failure is made short, and says how to see it again', { timeout: 120_000 }, async () => {
  const bug = PLANTED.find(({ name }) => name.startsWith('the journal is written without fsync'));
  const { wrong, shortest = [], seed, desks } = await playSeed(1, 1, bug?.habits());
  if (wrong === undefined) throw new Error('the bug was not found');
  expect(shortest.length).toBeLessThanOrEqual(2);
  expect(describeFailure({ seed, desks, wrong, shortest })).toContain(
    'npm run faults -- --seeds 1 --from 1 --desks 1',
  );
});

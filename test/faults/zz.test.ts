import { test } from 'vitest';
import { play } from './play.ts';
test('x', { timeout: 60000 }, async () => {
  console.log(
    JSON.stringify(
      await play(
        [
          { do: 'note', desk: 0, count: 2 },
          { do: 'closeCall', desk: 0 },
          { do: 'advance', ms: 60000 },
          { do: 'advance', ms: 1_200_000 },
          { do: 'advance', ms: 1_200_000 },
        ] as never,
        { seed: 1, desks: 1, habits: {} },
      ),
    ),
  );
});

import { type Action, type Schedule } from './action.ts';
import { between, oneOf, type Random, randomFrom } from './world/random.ts';

type Draw = (random: Random, desk: number) => Action;

const after = (random: Random): number => (random() < 0.25 ? 0 : between(random, 1, 60));

/** What happens, and how often beside the others. */
const DRAWS: readonly (readonly [weight: number, draw: Draw])[] = [
  [14, (random, desk) => ({ do: 'note', desk, count: between(random, 1, 4) })],
  [2, (_random, desk) => ({ do: 'newCall', desk })],
  [5, (_random, desk) => ({ do: 'type', desk })],
  [12, (random) => ({ do: 'advance', ms: oneOf(random, [1, 15, 40, 300, 700, 2_500, 12_000, 60_000]) })],
  [
    12,
    (random, desk) => ({
      do: 'kill',
      desk,
      what: oneOf(random, ['window', 'main', 'both', 'power', 'power']),
      after: after(random),
      torn: oneOf(random, [0, 0.3, 0.9, 1]),
    }),
  ],
  [8, (_random, desk) => ({ do: 'start', desk })],
  [2, (_random, desk) => ({ do: 'secondWindow', desk })],
  [2, (_random, desk) => ({ do: 'closeWindow', desk })],
  [
    2,
    (random, desk) => ({ do: 'signIn', desk, role: oneOf(random, ['adviser', 'clinician', 'supervisor']) }),
  ],
  [3, (random, desk) => ({ do: 'line', desk, is: oneOf(random, ['cut', 'good', 'good']) })],
  [6, drawDisk],
  [4, (random, desk) => ({ do: 'storage', desk, is: oneOf(random, ['good', 'full', 'commit']) })],
  [
    3,
    (random, desk) => ({
      do: 'lose',
      desk,
      what: oneOf(random, ['database', 'journal', 'journalEvents', 'journalEnd']),
    }),
  ],
  [
    2,
    (random, desk) => ({
      do: 'clock',
      who: random() < 0.3 ? 'hub' : desk,
      ms: oneOf(random, [-3_600_000, -2_000, 2_000, 3_600_000, 40 * 86_400_000]),
    }),
  ],
  [7, drawNetwork],
  [
    5,
    (random) => ({
      do: 'hub',
      which: between(random, 0, 1),
      is: oneOf(random, ['kill', 'kill', 'start', 'busy', 'overrun', 'refusing', 'well', 'well']),
      after: after(random),
    }),
  ],
  [
    4,
    (random) => ({
      do: 'database',
      is: oneOf(random, ['kill', 'failOver', 'failOver', 'start', 'backUp', 'restore']),
      after: after(random),
    }),
  ],
  [5, (_random, desk) => ({ do: 'closeCall', desk })],
  [
    2,
    (random, desk) => ({
      do: 'nextPerson',
      desk,
      role: oneOf(random, ['adviser', 'clinician', 'supervisor']),
      by: oneOf(random, ['restart', 'signOut']),
    }),
  ],
];
const TOTAL = DRAWS.reduce((sum, [weight]) => sum + weight, 0);

function drawDisk(random: Random, desk: number): Action {
  const is = oneOf(random, ['good', 'good', 'full', 'slow', 'failSync', 'failWrite'] as const);
  const by = { good: 0, full: between(random, 0, 900), slow: oneOf(random, [30, 400, 7_000]) };
  return { do: 'disk', desk, is, by: is in by ? by[is as keyof typeof by] : between(random, 1, 2) };
}

function drawNetwork(random: Random, desk: number): Action {
  const is = oneOf(random, ['part', 'heal', 'drop', 'delay', 'repeat'] as const);
  const ms = oneOf(random, [5, 60, 2_000, 15_000]);
  return { do: 'network', desk, is, ms, count: between(random, 1, 4) };
}

/** The schedule of a seed. The same seed gives the same schedule for the same number of desks, for ever. */
export function scheduleOf(seed: number, desks: number): Schedule {
  const random = randomFrom(seed);
  const length = between(random, 6, 26);
  return Array.from({ length }, () => {
    let ticket = random() * TOTAL;
    const [, draw] = DRAWS.find(([weight]) => (ticket -= weight) < 0) ?? DRAWS[0] ?? [0, drawDisk];
    return draw(random, between(random, 0, desks - 1));
  });
}

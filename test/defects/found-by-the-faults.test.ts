import { expect, test } from 'vitest';
import { type Schedule } from '../faults/action.ts';
import { play } from '../faults/play.ts';

/** Schedules that `npm run faults` has found and made short. Each ended in something wrong before its mend. */
const FOUND: readonly { readonly what: string; readonly seed: number; readonly schedule: Schedule }[] = [
  {
    what: 'a hub put back to an older copy while the desk went on was never sent what it lacked',
    seed: 5107,
    schedule: [
      { do: 'database', is: 'backUp', after: 0 },
      { do: 'note', desk: 0, count: 1 },
      { do: 'advance', ms: 60_000 },
      { do: 'database', is: 'restore', after: 0 },
      { do: 'note', desk: 0, count: 1 },
    ],
  },
  {
    what: 'a hub put back to an older copy while nothing was to be sent was believed to have everything',
    seed: 1,
    schedule: [
      { do: 'database', is: 'backUp', after: 0 },
      { do: 'note', desk: 0, count: 2 },
      { do: 'advance', ms: 60_000 },
      { do: 'database', is: 'restore', after: 0 },
      { do: 'advance', ms: 60_000 },
    ],
  },
  {
    what: 'text typed while the save before it was under way was left behind by closing the window',
    seed: 1,
    schedule: [
      { do: 'disk', desk: 0, is: 'slow', by: 400 },
      { do: 'type', desk: 0 },
      { do: 'type', desk: 0 },
      { do: 'disk', desk: 0, is: 'good', by: 0 },
      { do: 'closeWindow', desk: 0 },
      { do: 'advance', ms: 12_000 },
      { do: 'start', desk: 0 },
    ],
  },
  {
    what: 'a journal that was away at the start was never looked at again while nothing was written',
    seed: 1,
    schedule: [
      { do: 'note', desk: 0, count: 3 },
      { do: 'advance', ms: 300 },
      { do: 'kill', desk: 0, what: 'both', after: 0, torn: 0 },
      { do: 'lose', desk: 0, what: 'database' },
      { do: 'disk', desk: 0, is: 'failWrite', by: 3 },
      { do: 'start', desk: 0 },
      { do: 'advance', ms: 12_000 },
    ],
  },
  {
    what: 'a half-written draft on a full disk kept every draft from coming back',
    seed: 1,
    schedule: [
      { do: 'type', desk: 0 },
      { do: 'advance', ms: 700 },
      { do: 'disk', desk: 0, is: 'failWrite', by: 1 },
      { do: 'type', desk: 0 },
      { do: 'kill', desk: 0, what: 'both', after: 0, torn: 0 },
      { do: 'disk', desk: 0, is: 'full', by: 0 },
      { do: 'start', desk: 0 },
      { do: 'advance', ms: 300 },
    ],
  },
  {
    what: 'a journal found again after a failed fsync was called kept, and no disk had it',
    seed: 148,
    schedule: [
      { do: 'disk', desk: 0, is: 'failSync', by: 2 },
      { do: 'note', desk: 0, count: 1 },
      { do: 'kill', desk: 0, what: 'main', after: 0, torn: 0.9 },
      { do: 'start', desk: 0 },
      { do: 'advance', ms: 2_500 },
    ],
  },
  {
    what: 'what only the journal had was not on the screen while the database could not be written',
    seed: 268,
    schedule: [
      { do: 'storage', desk: 0, is: 'full' },
      { do: 'note', desk: 0, count: 2 },
      { do: 'advance', ms: 300 },
      { do: 'kill', desk: 0, what: 'both', after: 0, torn: 0 },
      { do: 'start', desk: 0 },
    ],
  },
  {
    what: 'a journal that was away at the start was believed to have this window’s next numbers',
    seed: 100008,
    schedule: [
      { do: 'note', desk: 0, count: 1 },
      { do: 'advance', ms: 300 },
      { do: 'storage', desk: 0, is: 'full' },
      { do: 'note', desk: 0, count: 2 },
      { do: 'advance', ms: 300 },
      { do: 'kill', desk: 0, what: 'both', after: 0, torn: 0 },
      { do: 'storage', desk: 0, is: 'good' },
      { do: 'disk', desk: 0, is: 'failWrite', by: 3 },
      { do: 'start', desk: 0 },
      { do: 'note', desk: 0, count: 2 },
    ],
  },
  {
    what: 'the light said "safe" for a moment while a new stream was started',
    seed: 62745,
    schedule: [
      { do: 'note', desk: 0, count: 1 },
      { do: 'storage', desk: 0, is: 'full' },
      { do: 'disk', desk: 0, is: 'slow', by: 7_000 },
      { do: 'note', desk: 0, count: 1 },
      { do: 'line', desk: 0, is: 'cut' },
      { do: 'closeWindow', desk: 0 },
      { do: 'note', desk: 0, count: 1 },
    ],
  },
];

test.each(FOUND)('no longer: $what', async ({ seed, schedule }) => {
  const played = await play(schedule, { seed, desks: 1, habits: {} });
  expect(played.wrong).toBeUndefined();
  expect(played.steps).toBeGreaterThan(schedule.length);
});

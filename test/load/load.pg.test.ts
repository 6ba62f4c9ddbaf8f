import { afterAll, beforeAll, expect, it } from 'vitest';
import { layOutLantern, type Lantern } from '../support/lantern.ts';
import { runCrowd } from './crowd.ts';
import { runDay } from './day.ts';
import { isWhole } from './verify.ts';

// The short form of `npm run load`: the same code, a few desks. No time is asserted.

let lantern: Lantern;
beforeAll(async () => {
  lantern = await layOutLantern();
  await lantern.startHub();
});
afterAll(() => lantern.stop());

it('keeps every event of 50 desks that come back at once, in order and once', async () => {
  const { pool } = await lantern.database();
  const crowd = await runCrowd({
    hubUrl: lantern.hubUrl,
    pool,
    desks: 50,
    events: 20,
    processes: 1,
    withinMs: 200,
    patienceMs: 25_000,
    say: () => undefined,
  });
  expect(crowd).toMatchObject({ done: 50, told: [], verified: { stored: 1_000 } });
  expect(isWhole(crowd.verified), JSON.stringify(crowd.verified)).toBe(true);
});

// Thousands of tries meet no hub; the machine may be busy.
it('keeps every event of a day with eight hours without a hub', async () => {
  const { pool } = await lantern.database();
  const day = await runDay({ pool, desks: 2, callsPerDesk: 3, outage: [2, 10], say: () => undefined });
  expect(day.queued).toBeGreaterThan(0);
  expect(day.failed).toBeGreaterThan(0);
  expect(day).toMatchObject({ done: 2, told: [], verified: { stored: day.written } });
  expect(isWhole(day.verified), JSON.stringify(day.verified)).toBe(true);
}, 60_000);

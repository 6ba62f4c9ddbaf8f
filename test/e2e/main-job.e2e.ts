import { expect, test } from '@playwright/test';
import { join } from 'node:path';
import { verifyAllStreams } from '../../hub/verify.ts';
import { readScript } from '../simulate/script.ts';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';
import { atHub, expectLightIsTrue, inJournal, inWindow } from './support/truth.ts';

// The main job: four callers, one desk, one evening. Everything by keyboard, everything for real.

test.describe.configure({ mode: 'serial' });

let desk: OpenDesk;
test.beforeAll(async () => {
  desk = await openDesk();
});
test.afterAll(async () => {
  await desk.close();
});

for (const name of ['maya', 'ellie', 'dev', 'priya']) {
  test(`${name} is taken from offered to closed by keyboard, and the save light tells the truth`, async () => {
    const script = readScript(join(import.meta.dirname, `../simulate/scripts/${name}.json`));
    if (!script.ok) throw new Error(script.error.message);
    const handler = new Handler(desk.page());
    const light = (): Promise<string> => handler.light();
    let hubIsUp = true;

    await handler.takeCall();
    for (const step of script.value.steps) {
      if ('hub' in step) {
        hubIsUp = step.hub === 'start';
        await (hubIsUp ? desk.lantern.startHub() : desk.lantern.killHub());
        continue;
      }
      await handler.perform(step);
      const said = hubIsUp ? await expectLightIsTrue(desk.page(), desk.lantern, light) : await light();
      if (!hubIsUp) expect(said).not.toContain('Safe at hub');
    }
    await expect.poll(light).toContain('Safe at hub');
    await desk.page().screenshot({ path: test.info().outputPath(`${name}-closed.png`) });
    await handler.backToStart();
  });
}

test('at the end the hub holds every event of the four calls once, in order, with a verified chain', async () => {
  const [window, journal, hub] = [
    await inWindow(desk.page(), desk.lantern),
    await inJournal(desk.lantern),
    await atHub(desk.lantern),
  ];
  expect(hub.length).toBeGreaterThan(100);
  expect(hub).toEqual(window);
  expect(journal).toEqual(window);
  expect(hub.map((event) => event.seq)).toEqual(hub.map((_event, at) => at + 1));

  const { pool } = await desk.lantern.database();
  const reports = await verifyAllStreams(pool);
  expect(reports.map(({ events, quarantined, faults }) => ({ events, quarantined, faults }))).toEqual([
    { events: hub.length, quarantined: 0, faults: [] },
  ]);
  const closed = await pool.query("SELECT count(*)::int AS n FROM events WHERE type = 'call.closed'");
  expect(closed.rows).toEqual([{ n: 4 }]);
  // The hub ran each call through the machine again and doubts nothing.
  await expect
    .poll(
      async () => (await pool.query('SELECT 1 FROM calls WHERE last_position > checked_position')).rowCount,
    )
    .toBe(0);
  expect((await pool.query('SELECT kind, detail FROM flags')).rows).toEqual([]);
});

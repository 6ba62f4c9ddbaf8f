import { expect, test } from '@playwright/test';
import { join } from 'node:path';
import { readScript } from '../simulate/script.ts';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

// Ten more callers by keyboard alone: children, silence, relay, a lost line, an emergency, somebody overheard.

test.describe.configure({ mode: 'serial' });

let desk: OpenDesk;
test.beforeAll(async () => {
  desk = await openDesk();
});
test.afterAll(async () => {
  await desk.close();
});

const NAMES = ['aisha', 'carol', 'graham', 'kim', 'nadia', 'relay', 'rosa', 'sam', 'silent', 'yusuf'];

for (const name of NAMES) {
  test(`${name} is taken to the end that was written, with the mouse unplugged`, async () => {
    const script = readScript(join(import.meta.dirname, `../simulate/scripts/${name}.json`));
    if (!script.ok) throw new Error(script.error.message);
    const handler = new Handler(desk.page());
    await handler.takeCall();
    for (const step of script.value.steps) if (!('hub' in step)) await handler.perform(step);
    await expect(desk.page().getByRole('heading', { level: 1 })).toContainText(script.value.endsWith);
    await expect.poll(() => handler.light()).toContain('Safe at hub');
    await desk.page().screenshot({ path: test.info().outputPath(`${name}-closed.png`) });
    await handler.backToStart();
  });
}

test('the hub holds each kind of event as often as the calls were written', async () => {
  const written = new Map<string, number>();
  for (const name of NAMES) {
    const script = readScript(join(import.meta.dirname, `../simulate/scripts/${name}.json`));
    if (!script.ok) throw new Error(script.error.message);
    for (const step of script.value.steps)
      if ('record' in step) written.set(step.record.type, (written.get(step.record.type) ?? 0) + 1);
  }
  const { pool } = await desk.lantern.database();
  const { rows } = await pool.query<{ type: string; n: number }>(
    'SELECT type, count(*)::int AS n FROM events GROUP BY type',
  );
  const kept = new Map(rows.map(({ type, n }) => [type, n]));
  for (const type of ['call.closed', 'safeguarding.recorded', 'emergency.handedOver', 'line.dropped'])
    expect([type, kept.get(type)]).toEqual([type, written.get(type)]);
});

import { expect, test } from '@playwright/test';
import { type Happening } from '../../shared/events/event.ts';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { axeFindings } from './support/axe.ts';
import { Handler } from './support/handler.ts';
import { openPractice, type Practice } from './support/practice.ts';
import { answerPractice, carefulCall, reflect } from './support/practice-call.ts';
import { AT_400, cutOff, WHOLE } from './support/cut-off.ts';
import { trainingTour } from './support/training-tour.ts';
import { openStringSinks } from './support/string-sinks.ts';

/** One training world for all: its host may write below the training folder alone, and its hub's address is watched. */
let practice: Practice;
test.beforeAll(async () => {
  practice = await openPractice();
});
test.afterAll(async () => {
  const connections = practice.hubConnections();
  const beside = readdirSync(practice.data).filter((name) => !['training', 'chromium'].includes(name));
  const output = practice.output();
  await practice.close();
  expect(connections, 'connections to where its hub would be').toBe(0);
  expect(beside, 'files beside the training folder').toEqual([]);
  expect(output).not.toContain('ERR_ACCESS_DENIED');
});

/** A practice that an earlier test left is put away; one that goes on is stopped first. */
async function ready(): Promise<void> {
  const { trainee } = practice;
  await trainee.bringToFront();
  const stop = trainee.getByRole('button', { name: /Stop the practice/ });
  if (await stop.isVisible()) {
    await stop.press('Enter');
    await trainee.keyboard.press('Enter');
  }
  const away = trainee.getByRole('button', { name: 'Put it away' });
  if (await away.isVisible()) await away.press('Enter');
  await expect(away).toBeHidden();
}

/** One step of a written call by keyboard. */
async function perform(handler: Handler, record: Happening): Promise<void> {
  if (record.type !== 'handover.acknowledged') return void (await handler.perform({ record }));
  const { by, reference } = record.data;
  await handler.perform({ acknowledge: { by, ...(reference === undefined ? {} : { reference }) } });
}

test('a call whose network is pulled in the middle is kept, answered by the script, and debriefed', async () => {
  test.setTimeout(400_000);
  await ready();
  const { trainee, trainer } = practice;
  const handler = await answerPractice(practice, 'Colin', 'Robin');
  const steps = await carefulCall('thirty-one-years');
  for (const [at, record] of steps.entries()) {
    if (at === 6) {
      await trainer.getByRole('button', { name: 'Pull the network' }).press('Enter');
      await expect(trainer.getByRole('main')).toContainText('Network is down');
    }
    if (at === 12) {
      await trainer.getByRole('button', { name: 'Plug the network in' }).press('Enter');
      await expect.poll(() => handler.light(), { timeout: 60_000 }).toContain('Safe at hub');
    }
    await perform(handler, record);
    // The light never says more than is true: what is recorded now is on this PC alone.
    if (at === 6) await expect.poll(() => handler.light()).toContain('On this PC');
  }
  await expect(trainee.getByRole('log', { name: 'What is said' })).toContainText('Caller:');
  // What the trainee put on record stands on the trainer's screen.
  await expect(trainer.getByRole('region', { name: 'The trainee’s screen' })).toContainText('Quarry Lane');
  await reflect(practice, handler);
  await expect(trainee.getByRole('main')).toContainText('One the script expects');
  await expect(trainee.getByRole('listbox', { name: 'Timeline' })).toContainText('Answer recorded');
  await handler.keys.press('Escape');
});

test('a window that crashes in the middle comes back to the call and its words', async () => {
  test.setTimeout(400_000);
  await ready();
  const { trainee, trainer } = practice;
  const handler = await answerPractice(practice, 'Jules', 'Ola');
  const steps = await carefulCall('cut-off');
  for (const [at, record] of steps.entries()) {
    await perform(handler, record);
    if (at !== 3) continue;
    const loaded = trainee.waitForEvent('load');
    await trainer.getByRole('button', { name: 'Crash the window' }).press('Enter');
    await loaded;
    await expect(trainee.getByRole('navigation', { name: 'Guide' })).toBeVisible();
    await expect(trainee.getByRole('log', { name: 'What is said' })).toContainText('Caller:');
    await expect(trainee.getByRole('complementary', { name: 'Training' })).toContainText('TRAINING');
  }
  await reflect(practice, handler);
  await expect(trainee.getByRole('main')).toContainText('One the script expects');
  await handler.keys.press('Escape');
});

test('taken back to a checkpoint, the call goes on from there in a new one, to its end', async () => {
  test.setTimeout(400_000);
  await ready();
  const { trainee, trainer } = practice;
  const handler = await answerPractice(practice, 'Dex', 'Sam', 'Coached: hints are shown');
  const steps = await carefulCall('somewhere-to-sit');
  const said = trainee.getByRole('log', { name: 'What is said' });
  const screen = trainer.getByRole('region', { name: 'The trainee’s screen' });
  const checkpoint = trainer.getByRole('combobox', { name: 'Checkpoint' });
  for (const record of steps.slice(0, 1)) await perform(handler, record);
  await expect(screen).toContainText('Who the call is about');
  await trainer.getByRole('button', { name: 'Mark this moment' }).press('Enter');
  await expect(checkpoint.getByRole('option', { name: /Marked at/ })).toBeAttached();
  for (const record of steps.slice(1, 3)) await perform(handler, record);
  await expect(screen).toContainText('Tanner');
  await checkpoint.selectOption({ index: (await checkpoint.getByRole('option').count()) - 1 });
  await trainer.getByRole('button', { name: 'Take the call back to it' }).press('Enter');
  await expect(said).toContainText('Taken back to here');
  await expect(screen).not.toContainText('Tanner');
  await expect(screen).toContainText('Who the call is about');
  await trainer.getByRole('button', { name: /^Pause/ }).press('Enter');
  await expect(said).toContainText('The clock stands still');
  await trainer.getByRole('button', { name: /^Go on/ }).press('Enter');
  for (const record of steps.slice(1)) {
    await perform(handler, record);
    // The script makes its entry old once the options are looked at: the finder says so beside the check.
    if (record.type === 'service.checked')
      await expect(trainee.getByRole('region', { name: 'In the directory' })).toContainText(
        'that is long ago. Ring first.',
      );
  }
  await reflect(practice, handler);
  await expect(trainee.getByRole('main')).toContainText('One the script expects');
  await expect(trainee.getByRole('listbox', { name: 'Timeline' })).toContainText('taken back');
  await handler.keys.press('Escape');
});

test('a trainer goes from an empty file to a debrief that shows what was missed', async () => {
  test.setTimeout(240_000);
  await ready();
  const found: string[] = [];
  await trainingTour(practice, async (page, name) => {
    await page.setViewportSize(AT_400);
    found.push(...(await cutOff(page)).map((what) => `${name} at 400 %: ${what}`));
    await page.setViewportSize(WHOLE);
    found.push(...(await axeFindings(page)).map((finding) => `${name} ${finding}`));
  });
  expect(found).toEqual([]);
});

test('every screen, page and dialog of the training world says so, and nothing closes the banner', async () => {
  const { trainee, trainer, data } = practice;
  for (const page of [trainee, trainer]) {
    await expect(page.getByRole('complementary', { name: 'Training' })).toContainText('TRAINING');
    const mark = await page.evaluate(() => getComputedStyle(document.body, '::after').content);
    expect(mark).toContain('TRAINING');
    expect(await openStringSinks(page), 'texts that could become markup').toEqual([]);
  }
  await trainee.emulateMedia({ media: 'print' });
  const onPaper = await trainee.evaluate(() => getComputedStyle(document.body, '::before').content);
  expect(onPaper).toContain('TRAINING');
  await trainee.emulateMedia({ media: 'screen' });
  const databases = await trainee.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(databases).toEqual(['lantern-training']);
  expect(existsSync(join(data, 'browser'))).toBe(false);
});

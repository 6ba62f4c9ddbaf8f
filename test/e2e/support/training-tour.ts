import { expect, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Handler } from './handler.ts';
import { OWN_SCRIPT } from './own-script.ts';
import { type Practice } from './practice.ts';
import { writeOwnView } from './practice-call.ts';

const NAME = 'Kit on A first call';

/**
 * A TRAINER'S WHOLE WAY, from an empty file to a debrief that shows what was missed, marked by two, and the cohort. `visit` is
 * called at each screen of either window.
 */
export async function trainingTour(
  { trainee, trainer, scripts }: Practice,
  visit: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const room = trainer.getByRole('heading', { name: 'Scripts and practices' });
  const toRoom = async (): Promise<void> => {
    await trainer.getByRole('button', { name: 'Scripts and practices' }).press('Enter');
    await expect(room).toBeVisible();
  };

  // A fault with its place, mended.
  const file = join(scripts, 'first.yaml');
  writeFileSync(file, OWN_SCRIPT.replace('question: O3', 'qestion: O3'));
  await toRoom();
  await trainer.getByRole('button', { name: 'Read the folder again' }).press('Enter');
  const faults = trainer.getByRole('list', { name: 'What is wrong in first.yaml' });
  await expect(faults).toContainText(/first\.yaml line \d+, column \d+/);
  await expect(faults).toContainText('question');
  await visit(trainer, 'trainer-room');
  writeFileSync(file, OWN_SCRIPT);
  await trainer.getByRole('button', { name: 'Read the folder again' }).press('Enter');
  await expect(faults).toHaveCount(0);

  // Given to the trainee; a line typed before the answer stays in its box.
  await trainer.getByRole('button', { name: 'Practise A first call' }).press('Enter');
  await trainer.getByRole('textbox', { name: 'Your name in this room' }).fill('Kit');
  await trainer.getByRole('radio', { name: 'Assessed: no hints' }).check();
  await visit(trainer, 'training-begin');
  await trainer.getByRole('button', { name: 'Ready: let it ring' }).press('Enter');
  await trainee.bringToFront();
  await expect(trainee.getByRole('button', { name: /Answer the call/ })).toBeVisible();
  await visit(trainee, 'training-room');
  const line = trainer.getByRole('textbox', { name: 'What is said' });
  await line.fill('Are you still there?');
  await line.press('Enter');
  const console = trainer.getByRole('main');
  await expect(console).toContainText('Not taken: it comes before the trainee has answered');
  await trainee.keyboard.press('F4');
  await expect(trainee.getByRole('navigation', { name: 'Guide' })).toBeVisible();
  await expect(console).toContainText('goes on');
  await expect(line).toHaveValue('Are you still there?');
  await line.press('Enter');
  await expect(line).toHaveValue('');
  await expect(trainee.getByRole('log', { name: 'What is said' })).toContainText('Are you still there?');
  await visit(trainee, 'training-call');
  await visit(trainer, 'trainer-console');

  // An emergency of practice rings nobody; paper of practice says so, and no other system gets it.
  await trainee.keyboard.press('F9');
  await expect(trainee.getByText('If anybody in the room is really in danger')).toBeVisible();
  await expect(trainee.getByRole('region', { name: 'Not yet confirmed' })).toContainText(
    'Practice: ring nobody',
  );
  await expect(trainee.getByText('second line')).toHaveCount(0);
  await visit(trainee, 'training-emergency');
  await trainee.keyboard.press('Escape');
  await expect(trainee.getByRole('navigation', { name: 'Guide' })).toBeVisible();
  await trainee.keyboard.press('Control+p');
  const paper = trainee.getByRole('main', { name: 'Print' });
  await expect(paper.getByRole('heading', { level: 1 })).toContainText('TRAINING: not a real call');
  await expect(paper.getByRole('table')).toContainText('TRAINING: not a real call');
  await expect(paper.getByRole('button', { name: /FHIR/ })).toHaveCount(0);
  await visit(trainee, 'training-print');
  await trainee.keyboard.press('Escape');
  await expect(trainee.getByRole('navigation', { name: 'Guide' })).toBeVisible();

  // Stopped at once; then the learner speaks first, and the debrief opens.
  await trainee.keyboard.press('F1');
  await expect(trainee.getByRole('heading', { name: /It has stopped/ })).toBeVisible();
  await visit(trainee, 'training-stopped');
  await trainee.keyboard.press('Enter');
  await trainee.getByRole('button', { name: `Own view of ${NAME}` }).press('Enter');
  await expect(trainee.getByRole('textbox', { name: 'What went well' })).toBeVisible();
  await visit(trainee, 'training-own-view');
  await writeOwnView(new Handler(trainee));
  await expect(trainee.getByRole('region', { name: 'Facts of the story' })).toContainText('Not heard');
  await visit(trainee, 'training-debrief');
  await downloads(trainee);

  // Marked by two, the second blind.
  for (const marker of ['Ash', 'Bo']) {
    await toRoom();
    await trainer.getByRole('button', { name: `Mark ${NAME}` }).press('Enter');
    await trainer.getByRole('textbox', { name: 'Marker' }).fill(marker);
    await trainer.getByRole('radio', { name: 'Not assessed' }).check();
    for (const label of ['First strength', 'Second strength', 'First change', 'Second change'])
      await trainer.getByRole('textbox', { name: label }).fill(`${label} by ${marker}`);
    if (marker === 'Bo') await expect(trainer.getByText('by Ash')).toHaveCount(0);
    else await visit(trainer, 'trainer-marking');
    await trainer.getByRole('button', { name: 'Keep the marking' }).press('Enter');
    await expect(room).toBeVisible();
    await trainer.getByRole('button', { name: `Debrief of ${NAME}` }).press('Enter');
    const markings = trainer.getByRole('region', { name: 'Marking by rubric' });
    await markings.scrollIntoViewIfNeeded();
    if (marker === 'Ash') {
      await expect(markings).toContainText('It is covered');
      await expect(markings).not.toContainText('by Ash');
      await visit(trainer, 'trainer-covered');
    } else {
      await expect(markings).toContainText('marked without having seen the first');
      await expect(markings).toContainText('Not assessed');
      await visit(trainer, 'trainer-debrief');
    }
    await trainer.keyboard.press('Escape');
    await expect(room).toBeVisible();
  }
  await trainer.getByRole('button', { name: 'Cohort' }).press('Enter');
  await trainer
    .getByRole('combobox', { name: 'Script' })
    .selectOption({ label: 'A first call: Idris, 47, and a lost job' });
  await expect(trainer.getByRole('columnheader', { name: 'Kit' })).toBeVisible();
  await visit(trainer, 'trainer-cohort');
}

/** Every file of a debrief, and its paper: each says TRAINING. */
async function downloads(trainee: Page): Promise<void> {
  for (const name of ['CSV', 'xAPI']) {
    const download = trainee.waitForEvent('download');
    await trainee.getByRole('button', { name }).press('Enter');
    expect((await download).suggestedFilename()).toMatch(/^TRAINING /);
  }
  await trainee.emulateMedia({ media: 'print' });
  await expect(trainee.getByRole('complementary', { name: 'Training' })).toContainText('TRAINING');
  await expect(trainee.getByRole('button', { name: 'CSV' })).toBeHidden();
  const pdf = await trainee.pdf({ preferCSSPageSize: true });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  // A PDF's title is where a browser takes its file's name from.
  expect(await trainee.title()).toMatch(/^TRAINING /);
  await trainee.emulateMedia({ media: 'screen' });
}

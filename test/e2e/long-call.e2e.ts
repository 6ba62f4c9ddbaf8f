import { expect, test } from '@playwright/test';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

const NOTES = 80;

// A call that has gone on for long: only the newest entries are drawn, and nothing is out of reach.

let desk: OpenDesk;
test.beforeAll(async () => {
  desk = await openDesk();
});
test.afterAll(async () => {
  await desk.close();
});

test('older notes and answers are said by number, and are shown, kept in hand and folded by keyboard', async () => {
  const page = desk.page();
  const handler = new Handler(page);
  await handler.takeCall();
  const notes = page.getByRole('region', { name: 'Notes', exact: true });
  for (let at = 1; at <= NOTES; at += 1) {
    await page.keyboard.press('F2');
    await page.keyboard.insertText(`Note number ${at}.`);
    await page.keyboard.press('Enter');
  }
  await expect(notes.getByRole('listitem')).toHaveCount(30);
  await expect(notes).not.toContainText('Note number 50.');
  await expect(notes.getByRole('listitem').last()).toContainText('Note number 80.');

  const show = notes.getByRole('button', { name: 'Show 50 older notes', expanded: false });
  await handler.keys.push(show);
  await expect(notes.getByRole('listitem')).toHaveCount(80);
  await expect(notes.getByRole('listitem').first()).toContainText('Note number 1.');
  const hide = notes.getByRole('button', { name: 'Hide the 50 older notes', expanded: true });
  await expect(hide).toBeFocused();
  // What was brought in is as reachable as the rest.
  await page.keyboard.press('Tab');
  await expect(
    notes
      .getByRole('listitem')
      .first()
      .getByRole('button', { name: /^Strike/ }),
  ).toBeFocused();
  // A note kept meanwhile folds nothing away.
  await handler.note('Note number 81.');
  await expect(notes.getByRole('listitem')).toHaveCount(81);
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  await expect(notes.getByText('safe at hub')).toHaveCount(81);
  await handler.keys.push(notes.getByRole('button', { name: 'Hide the 51 older notes' }));
  await expect(notes.getByRole('listitem')).toHaveCount(30);

  // The palette has a line for each entry; the arrow keys go through all of them, the last ones included.
  await page.keyboard.press('Control+k');
  const options = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
  await expect(options).toHaveCount(100);
  const all = Number(await options.first().getAttribute('aria-setsize'));
  expect(all).toBeGreaterThan(100);
  await page.keyboard.press('ArrowUp');
  await expect(options).toHaveCount(all);
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await expect(options.last()).toBeInViewport();
  await page.keyboard.press('Escape');

  for (let at = 0; at < 5; at += 1)
    await handler.answer({ question: 'S1', state: at % 2 === 0 ? 'notKnown' : 'no', saidBy: 'person' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Hurt or taken something');
  await page.keyboard.press('Enter');
  const struck = page.locator('.prior').getByRole('button', { name: /^Strike/ });
  await expect(struck).toHaveCount(3);
  await handler.keys.push(page.getByRole('button', { name: 'Show 2 older answers' }));
  await expect(struck).toHaveCount(5);

  // Paper has all of them, whatever is folded on the screen.
  await handler.keys.press('Control+p');
  const paper = page.getByRole('main', { name: 'Print' });
  for (const at of [1, 50, NOTES + 1]) await expect(paper).toContainText(`Note number ${at}.`);
});

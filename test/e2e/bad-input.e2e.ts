import { expect, type Locator, test } from '@playwright/test';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

// Whatever is typed or pasted: a clear message beside the field, and nothing that can be seen is ever lost.

test.describe.configure({ mode: 'serial', timeout: 40_000 });

let desk: OpenDesk;
test.beforeAll(async () => {
  desk = await openDesk();
  await desk.page().context().grantPermissions(['clipboard-read', 'clipboard-write']);
});
test.afterAll(() => desk.close());

const LONG = 'Sie weiß es nicht 👩🏽‍⚕️. '.repeat(800);
const DIRTY = 'before\u0000\u001B[31m \u202Eafter\u2069';
const RIGHT_TO_LEFT = 'قالت إنها في المحطة 12';
const MARKS = 'e\u0301 👨‍👩‍👧‍👦 Gŵyr';

async function paste(box: Locator, text: string): Promise<void> {
  const page = desk.page();
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await box.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+v');
}

/** What a screen reader is told of a box beside its label. */
const beside = async (box: Locator): Promise<Locator> => {
  const ids = ((await box.getAttribute('aria-describedby')) ?? '').split(' ');
  return desk.page().locator(ids.map((id) => `[id="${id}"]`).join(', '));
};

async function takesAnything(box: Locator, most: number): Promise<void> {
  await paste(box, LONG);
  await expect(box).toHaveValue(LONG.trim().length > 0 ? /👩🏽‍⚕️\. $/u : '');
  expect((await box.inputValue()).length).toBe(LONG.length);
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  const said = await beside(box);
  await expect(said.getByRole('alert')).toContainText(`at most ${most.toLocaleString('en-GB')} characters`);
  await expect(said.getByText(/of [\d,]+ characters$/u)).toBeVisible();
  await paste(box, DIRTY);
  await expect(box).toHaveValue('before[31m after');
  await expect((await beside(box)).getByRole('alert')).toContainText('Characters that nobody can see');
  for (const text of [RIGHT_TO_LEFT, MARKS]) {
    await paste(box, text);
    await expect(box).toHaveValue(text);
  }
  await box.press('Control+a');
  await box.press('Delete');
  await expect((await beside(box)).getByRole('alert')).toBeEmpty();
}

test('each kind of box takes any paste whole and says beside it what cannot be kept', async () => {
  const page = desk.page();
  const handler = new Handler(page);
  await handler.takeCall();
  await page.keyboard.press('F2');
  await takesAnything(page.getByRole('textbox', { name: 'Add a note' }), 8000);
  await takesAnything(page.getByRole('textbox', { name: 'In their own words' }), 8000);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Number if cut off');
  await page.keyboard.press('Enter');
  const line = page.locator('.question-fields input').first();
  await takesAnything(line, 500);
  // The browser alone would make one word of two lines.
  await paste(line, '01632\r\n960 001');
  await expect(line).toHaveValue('01632 960 001');
});

test('a number with letters and an age of 200 are said beside their boxes, and stay in them', async () => {
  const page = desk.page();
  const box = page.locator('.question-fields input[inputmode="tel"]').first();
  await paste(box, '01632 96O OO1');
  await page.keyboard.press('Enter');
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('01632 96O OO1');
  await expect((await beside(box)).getByRole('alert')).toContainText('digits and spaces');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Ask: age');
  await page.keyboard.press('Enter');
  const age = page.locator('.question-fields input[inputmode="numeric"]').first();
  await paste(age, '200');
  await page.keyboard.press('Enter');
  await expect(age).toBeFocused();
  await expect(age).toHaveValue('200');
  await expect((await beside(age)).getByRole('alert')).toContainText('from 0 to 130');
});

test('a time that is over is refused beside its box, and one for tomorrow says so', async () => {
  const page = desk.page();
  const handler = new Handler(page);
  await handler.keys.press('Alt+7');
  await handler.keys.push(page.getByText('Open a follow-up task'));
  const form = page.getByRole('form', { name: 'Follow-up task' });
  const due = form.getByRole('textbox', { name: 'Due' });
  const day = new Date(Date.now() - 3 * 24 * 60 * 60_000);
  await paste(due, `${day.getDate()}/${day.getMonth() + 1} 09:00`);
  await page.keyboard.press('Enter');
  await expect(due).toBeFocused();
  await expect((await beside(due)).getByRole('alert')).toContainText('That day is over');
  await paste(due, '03:40');
  await expect(form).toContainText(/read as (?:today|tomorrow) 03:40/u);
});

test('a note too long to keep stays in its box; one from right to left moves nothing beside it', async () => {
  const page = desk.page();
  const handler = new Handler(page);
  await page.keyboard.press('F2');
  const box = page.getByRole('textbox', { name: 'Add a note' });
  await paste(box, LONG);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('form', { name: 'Add a note' })).toContainText('Nothing was cut');
  expect((await box.inputValue()).length).toBe(LONG.length);
  await paste(box, RIGHT_TO_LEFT);
  await page.keyboard.press('Enter');
  const row = page.getByRole('region', { name: 'Notes', exact: true }).getByRole('listitem').last();
  await expect(row.locator('bdi')).toHaveText(RIGHT_TO_LEFT);
  const [time, strike] = await Promise.all([
    row.locator('time').boundingBox(),
    row.getByRole('button').boundingBox(),
  ]);
  expect(time?.x).toBeLessThan(strike?.x ?? 0);
  await handler.keys.press('Control+p');
  await expect(page.getByRole('main', { name: 'Print' }).getByRole('table')).toContainText(
    `\u2068${RIGHT_TO_LEFT}\u2069`,
  );
});

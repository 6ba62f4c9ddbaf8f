import { mkdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';
import { openStringSinks } from './support/string-sinks.ts';

test.describe('on paper, in the middle of a call', () => {
  let desk: OpenDesk;
  test.beforeAll(async () => {
    desk = await openDesk({ dark: true, hub: false });
  });
  test.afterAll(() => desk.close());

  test('no and not known differ without colour, nothing is shared before consent, and F9 works over it', async () => {
    const page = desk.page();
    const handler = new Handler(page);
    await handler.takeCall();
    const saidBy = 'person' as const;
    await handler.answer({ question: 'S1', state: 'no', saidBy });
    await handler.answer({ question: 'S2', state: 'notKnown', saidBy, words: 'It is dark here.' });
    await handler.keys.press('Control+p');
    const paper = page.getByRole('main', { name: 'Print' });
    await expect(paper.getByRole('heading', { name: 'The whole record' })).toBeVisible();
    await page.evaluate(() => {
      window.print = () => undefined;
    });
    await handler.keys.push(paper.getByRole('button', { name: 'Print the card' }));
    await expect(paper).toContainText('hand-over card, the print dialogue was opened');
    await expect(paper.getByRole('table')).toContainText('Printed');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect(paper.getByRole('heading', { name: 'The whole record' })).toBeHidden();
    await expect(paper.getByRole('article')).toBeVisible();
    await page.emulateMedia({ media: null });
    await handler.keys.push(paper.getByRole('button', { name: 'Print the whole record' }));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect(paper.getByRole('article')).toBeHidden();
    await expect(paper.getByRole('button', { name: 'Print the card' })).toBeHidden();
    const record = paper.getByRole('table');
    const no = record.locator('tr', { hasText: 'Hurt or taken something' }).locator('.chip');
    const notKnown = record.locator('tr', { hasText: 'Danger at this moment' }).locator('.chip');
    await expect(no).toHaveText('No');
    await expect(notKnown).toHaveText('Not known');
    await expect(no).toHaveCSS('border-top-style', 'solid');
    await expect(notKnown).toHaveCSS('border-top-style', 'dashed');
    await expect(record).toContainText('“It is dark here.”');
    await expect(paper).toContainText('Not yet safe at the hub');
    await expect(paper.locator('article')).toContainText('Nothing they said goes to anybody yet');
    await expect(paper.locator('article')).not.toContainText('It is dark here.');
    mkdirSync('test-results', { recursive: true });
    const pdf = await page.pdf({ path: 'test-results/print.pdf', preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.screenshot({ path: 'test-results/print-paper.png', fullPage: true });
    await page.emulateMedia({ media: null });
    await page.screenshot({ path: 'test-results/print-screen.png' });
    expect(await openStringSinks(page), 'texts that could become markup').toEqual([]);

    // Without consent and a route there is nothing to give out, and that is said.
    await handler.keys.push(paper.getByRole('button', { name: 'Save the FHIR file' }));
    await expect(paper.getByText('No FHIR file: no route is chosen.')).toBeVisible();
    await handler.keys.push(paper.getByRole('button', { name: 'Print the GP letter' }));
    await expect(paper.getByText(/^No letter: .*Nothing they said goes to anybody yet/)).toBeVisible();

    await handler.keys.press('F9');
    await expect(
      page
        .getByText('Not confirmed')
        .or(page.getByRole('main', { name: 'Emergency' }))
        .first(),
    ).toBeVisible();
  });
});

import { expect, type Locator, type Page } from '@playwright/test';
import { Keyboard } from './keyboard.ts';

/** Somewhere in the window while a call is open: how hands get there, and what shows that they have. */
export interface Place {
  readonly name: string;
  readonly go: (page: Page) => Promise<void>;
  readonly there: (page: Page) => Locator;
}

const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
const typed =
  (key: string, text: string) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press(key);
    await page.keyboard.type(text);
  };
/** By the palette: waits until the command is the one in hand before it is taken. */
const command =
  (words: string) =>
  async (page: Page): Promise<void> => {
    await typed('Control+k', words)(page);
    await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toContainText(words, {
      ignoreCase: true,
    });
    await page.keyboard.press('Enter');
  };
const heading =
  (name: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole('heading', { name, level: 1 });
const stage =
  (name: string) =>
  (page: Page): Locator =>
    page.getByRole('navigation', { name: 'Guide' }).locator('[aria-current="step"]', { hasText: name });
const dialog = (page: Page): Locator => page.getByRole('dialog');
const main =
  (name: string) =>
  (page: Page): Locator =>
    page.getByRole('main', { name });

/** Every place of an open call that a handler may be in: screens, dialogs, half-typed text and what is printed. */
export const PLACES: readonly Place[] = [
  { name: 'a question', go: press('Alt+1'), there: stage('Opening') },
  { name: 'safety check', go: press('Alt+2'), there: stage('Safety check') },
  { name: 'needs', go: press('Alt+3'), there: stage('Needs') },
  { name: 'options', go: press('Alt+4'), there: heading('What could help') },
  { name: 'agree', go: press('Alt+5'), there: heading(/./) },
  { name: 'hand over', go: press('Alt+6'), there: heading(/./) },
  { name: 'close', go: press('Alt+7'), there: stage('Close') },
  {
    name: 'half a note',
    go: typed('F2', 'half a no'),
    there: (page) => page.getByRole('textbox', { name: 'Add a note' }).and(page.locator(':focus')),
  },
  { name: 'how they can talk', go: press('F3'), there: heading('How can they talk') },
  { name: 'consult', go: press('F6'), there: heading(/clinician/) },
  { name: 'safeguarding', go: press('F7'), there: heading('Is somebody to be kept safe') },
  { name: 'the call dropped', go: press('F8'), there: heading('Has the line gone?') },
  { name: 'palette open', go: press('Control+k'), there: dialog },
  { name: 'palette, half typed', go: typed('Control+k', 'sa'), there: dialog },
  { name: 'giving the call back, asked', go: press('Alt+g'), there: dialog },
  { name: 'key sheet open', go: press('Alt+1', '?'), there: heading('Keys') },
  {
    name: 'find, half typed',
    go: typed('Control+f', 'cal'),
    there: (page) => page.getByRole('search', { name: 'Find in this call' }),
  },
  { name: 'the whole record on paper', go: press('Control+p'), there: main('Print') },
  { name: 'looking back', go: press('Alt+l'), there: main('Looking back') },
  { name: 'outage and paper', go: press('F10'), there: heading('Outage and paper') },
  {
    name: 'the downtime pack on paper',
    async go(page) {
      await page.keyboard.press('F10');
      await new Keyboard(page).push(page.getByRole('button', { name: 'Print the downtime pack' }));
    },
    there: main('Downtime pack'),
  },
  { name: 'settings', go: command('settings: theme'), there: heading('Settings') },
  {
    name: 'what the hub doubts, and could not read',
    go: command('doubts'),
    there: heading('What the hub doubts'),
  },
  { name: 'enrolment', go: command('enrolment code'), there: heading('Enrol this desk') },
  {
    name: 'the service finder',
    async go(page) {
      await page.keyboard.press('Alt+4');
      await heading('What could help')(page).waitFor();
      await press('6', 'Enter')(page);
    },
    there: (page) => page.getByRole('heading', { name: 'In the directory' }),
  },
  {
    name: 'print open',
    // The window's own printing, as Ctrl+P asks for it; headless Chromium shows no dialog of its own over it.
    go: (page) => page.evaluate(() => window.print()),
    there: (page) => page.getByRole('button', { name: /Emergency/ }).first(),
  },
];

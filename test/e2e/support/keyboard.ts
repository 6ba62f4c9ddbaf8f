import { expect, type Locator, type Page } from '@playwright/test';

/** Hands on a keyboard: reaches every control by Tab and arrow keys, as a person without a mouse does. */
export class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** Tabs until the control has focus. Fails when it cannot be reached. */
  async reach(control: Locator): Promise<void> {
    await expect(control).toBeAttached();
    for (let presses = 0; presses < 120; presses += 1) {
      if (await hasFocus(control)) return;
      await this.press('Tab');
    }
    throw new Error(`not reached by Tab: ${control.toString()}`);
  }

  /** Types into a text box, over whatever stands there. */
  async write(box: Locator, text: string): Promise<void> {
    await this.reach(box);
    await this.press('Control+a');
    await this.page.keyboard.type(text);
    await expect(box).toHaveValue(text);
  }

  /** Chooses one radio of its group: Tab to the group, arrows to the option, space where it is not yet chosen. */
  async choose(group: Locator, name: string | RegExp): Promise<void> {
    const option = group.getByRole('radio', {
      name: typeof name === 'string' ? new RegExp(`^(✓ )?${name}$`) : name,
    });
    await expect(option).toBeAttached();
    for (let presses = 0; presses < 120; presses += 1) {
      if (await holdsFocus(group)) break;
      await this.press('Tab');
    }
    for (let presses = 0; presses < 20 && !(await hasFocus(option)); presses += 1)
      await this.press('ArrowDown');
    if (!(await option.isChecked())) await this.press('Space');
    await expect(option).toBeChecked();
  }

  /** Presses a button that is reached by Tab. */
  async push(button: Locator): Promise<void> {
    await this.reach(button);
    await this.press('Enter');
  }
}

const hasFocus = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => element === document.activeElement);
const holdsFocus = (group: Locator): Promise<boolean> =>
  group.evaluate((element) => element.contains(document.activeElement));

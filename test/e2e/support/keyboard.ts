import { type ElementHandle, expect, type Locator, type Page } from '@playwright/test';

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
    if (!(await this.walk(control, 'Tab', 120, isFocused)))
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
    await this.walk(group, 'Tab', 120, holdsFocus);
    await this.walk(option, 'ArrowDown', 20, isFocused);
    if (!(await option.isChecked())) await this.press('Space');
    await expect(option).toBeChecked();
  }

  /** Presses a button that is reached by Tab. */
  async push(button: Locator): Promise<void> {
    await this.reach(button);
    await this.press('Enter');
  }

  /**
   * Presses a key until the control is where the focus is. The control is looked up by its role and name once, and again
   * only when the page has drawn another in its place: looking up costs more than a press.
   */
  private async walk(control: Locator, key: string, presses: number, isThere: Look): Promise<boolean> {
    let found = await attached(control);
    for (let press = 0; ; press += 1) {
      let seen = await found.evaluate(isThere);
      if (seen === 'gone') {
        found = await attached(control);
        seen = await found.evaluate(isThere);
      }
      if (seen === 'here' || press === presses) return seen === 'here';
      await this.press(key);
    }
  }
}

type Look = (element: Element) => 'here' | 'elsewhere' | 'gone';

const isFocused: Look = (element) =>
  element.isConnected ? (element === document.activeElement ? 'here' : 'elsewhere') : 'gone';
const holdsFocus: Look = (element) =>
  element.isConnected ? (element.contains(document.activeElement) ? 'here' : 'elsewhere') : 'gone';

async function attached(control: Locator): Promise<ElementHandle<Element>> {
  await expect(control).toBeAttached();
  return control.elementHandle();
}

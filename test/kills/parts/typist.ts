import { type Page } from '@playwright/test';
import { type Random } from '../verdict/random.ts';

const WORDS = 'said she has not slept since the letter came and the house is too quiet now'.split(' ');

/** Types notes into the real page by real key presses. Each note begins with its trial and number, so it is unique. */
export class Typist {
  private readonly page: Page;
  private readonly random: Random;
  private readonly name: string;
  private made = 0;
  private stopped = false;

  constructor(page: Page, random: Random, name: string) {
    this.page = page;
    this.random = random;
    this.name = name;
  }

  /** Ends the typing after the key press under way. */
  stop(): void {
    this.stopped = true;
  }

  /** A text of `words` words, with its name before it. */
  private text(words: number): string {
    this.made += 1;
    const more = Array.from({ length: words }, () => WORDS[this.random.between(0, WORDS.length - 1)] ?? '');
    return [this.name, `n${this.made}`, ...more].join(' ');
  }

  /** Notes one after another as fast as keys can be sent; long ones in one go, as an input method does. */
  async notes(count: number): Promise<void> {
    for (let done = 0; done < count && !this.stopped; done += 1) {
      await this.page.keyboard.press('F2');
      if (this.random.next() < 0.3) await this.page.keyboard.type(this.text(this.random.between(1, 6)));
      else await this.page.keyboard.insertText(this.text(this.random.between(4, 40)));
      await this.page.keyboard.press('Enter');
    }
  }

  /** One note at a hand's speed, left standing in the box unless it is ended by `enter`. */
  async slowly(ms: number, enter: boolean): Promise<void> {
    await this.page.keyboard.press('F2');
    const text = this.text(12);
    for (const character of text) {
      if (this.stopped) return;
      await this.page.keyboard.type(character, { delay: ms / text.length });
    }
    if (enter) await this.page.keyboard.press('Enter');
  }
}

import { type BrowserContext } from '@playwright/test';
import { z } from 'zod';
import { type Shown } from '../verdict/told.ts';

const shown = z.object({
  light: z.string(),
  notes: z.array(z.tuple([z.string(), z.string()])),
  box: z.object({ text: z.string(), at: z.number() }).exactOptional(),
});

/**
 * Reports what stands on the screen each time it changes: the save light, the mark of each note, the note box. The
 * report leaves the page in the same turn, so that what was shown before a kill is heard of after it.
 */
export async function watchScreen(context: BrowserContext, hear: (seen: Shown) => void): Promise<void> {
  await context.exposeBinding('tellTheTest', (_source, report: unknown) => {
    hear(shown.parse(report));
  });
  await context.addInitScript(() => {
    const told = new Map<string, string>();
    let light = '';
    let box = '';
    const look = (): void => {
      const notes: [string, string][] = [];
      for (const row of document.querySelectorAll('ol.notes > li')) {
        const text = row.children[1]?.textContent ?? '';
        const where = row.querySelector('.where .unseen')?.textContent ?? '';
        if (told.get(text) === where) continue;
        told.set(text, where);
        notes.push([text, where]);
      }
      const group = document.querySelector('.save-light .stack');
      const said = [...(group?.children ?? [])].map((part) => part.textContent ?? '').join(' ');
      const typed = document.querySelector<HTMLTextAreaElement>('#note-box textarea')?.value ?? '';
      if (notes.length === 0 && said === light && typed === box) return;
      const report = {
        light: said,
        notes,
        ...(typed === box ? {} : { box: { text: typed, at: Date.now() } }),
      };
      light = said;
      box = typed;
      (window as unknown as { tellTheTest(report: unknown): void }).tellTheTest(report);
    };
    const seen = new MutationObserver(look);
    seen.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    document.addEventListener('input', look, true);
  });
}
